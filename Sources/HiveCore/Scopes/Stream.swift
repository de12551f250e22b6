/// One of the three streams that every scope has. Law is synced first and never pruned.
public enum Stream: UInt8, Sendable, Hashable, Comparable, CaseIterable, CustomStringConvertible {
    /// Members, grants, rules, emergencies, seals, evidence.
    case law = 0
    /// Memories.
    case knowledge = 1
    /// Messages, tasks, roster.
    case traffic = 2

    public static func < (left: Stream, right: Stream) -> Bool { left.rawValue < right.rawValue }

    public var description: String {
        switch self {
        case .law: "law"
        case .knowledge: "knowledge"
        case .traffic: "traffic"
        }
    }
}
