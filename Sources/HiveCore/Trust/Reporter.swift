/// Who said something: the node that signed it, and the agent that it says acted. The agent is claimed, not proven.
public struct Reporter: Sendable, Hashable, Comparable {
    public let node: NodeID
    public let agent: String?

    public init(node: NodeID, agent: String? = nil) {
        self.node = node
        self.agent = agent
    }

    public static func < (left: Reporter, right: Reporter) -> Bool {
        left.node == right.node ? (left.agent ?? "") < (right.agent ?? "") : left.node < right.node
    }
}
