/// How soon a message wants to be read.
public enum MessagePriority: Int64, Sendable, Hashable, CaseIterable, Comparable {
    case low = 0
    case normal = 1
    case high = 2
    case urgent = 3

    public var name: String {
        switch self {
        case .low: "low"
        case .normal: "normal"
        case .high: "high"
        case .urgent: "urgent"
        }
    }

    public init?(name: String) {
        guard let priority = MessagePriority.allCases.first(where: { $0.name == name }) else { return nil }
        self = priority
    }

    public static func < (left: MessagePriority, right: MessagePriority) -> Bool { left.rawValue < right.rawValue }
}
