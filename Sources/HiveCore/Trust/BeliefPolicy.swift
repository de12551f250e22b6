/// How far a node believes whom, and how fast what it was told grows old. Every node has its own: it is never
/// replicated, and changes nothing that is.
public struct BeliefPolicy: Sendable, Hashable {
    /// Trust by the hexadecimal digits that a node's id begins with, from 0 to 1. The longest beginning counts.
    public var nodes: [String: Double] = [:]
    /// Trust by the name that an agent goes by.
    public var agents: [String: Double] = [:]
    /// Trust by what a memory names as its source.
    public var sources: [String: Double] = [:]
    /// Trust of everybody else.
    public var fallback: Double = 1
    /// By category. A category may be named as one that does not age.
    public var halfLives: [String: Aging] = [:]
    public var usualAging = Aging.halves(every: .days(365))

    /// Whether something is believed less as it grows older.
    public enum Aging: Sendable, Hashable {
        case never
        case halves(every: HalfLife)

        /// The share of a confidence that is left after so many seconds.
        public func share(after elapsed: Int64) -> Double {
            switch self {
            case .never: 1
            case .halves(let halfLife): halfLife.share(after: elapsed)
            }
        }
    }

    public init() {}

    /// The lower of what is said of the node and of the agent; what is said of everybody where nothing is.
    public func trust(in reporter: Reporter) -> Double {
        let id = reporter.node.description
        let node = nodes.filter { id.hasPrefix($0.key) }.max { $0.key.utf8.count < $1.key.utf8.count }?.value
        let agent = reporter.agent.flatMap { agents[$0] }
        return [node, agent].compactMap(\.self).min() ?? fallback
    }

    /// Nil where nothing is said of the source.
    public func trust(inSource source: String) -> Double? { sources[source] }

    public func aging(of category: String?) -> Aging { category.flatMap { halfLives[$0] } ?? usualAging }
}
