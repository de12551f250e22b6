/// What a node may do in a scope. Stricter roles come first.
public enum Role: UInt8, Sendable, Hashable, Comparable, CaseIterable {
    /// Holds and reads.
    case reader = 1
    /// Exchanges only its own log: for inboxes.
    case appender = 2
    /// Reads and writes knowledge and traffic.
    case writer = 3
    /// Writes law too: members, rules, emergencies.
    case steward = 4

    public static func < (left: Role, right: Role) -> Bool { left.rawValue < right.rawValue }

    public var name: String {
        switch self {
        case .reader: "reader"
        case .appender: "appender"
        case .writer: "writer"
        case .steward: "steward"
        }
    }

    public init?(name: String) {
        guard let role = Role.allCases.first(where: { $0.name == name }) else { return nil }
        self = role
    }

    /// Whether operations of this kind count when a node with this role wrote them.
    public func mayWrite(_ stream: Stream) -> Bool {
        switch stream {
        case .law: self == .steward
        case .knowledge: self >= .writer
        case .traffic: self >= .appender
        }
    }
}
