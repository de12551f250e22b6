public import HiveCore

/// How agents are known, and how long messages stay, as the operator chose.
public struct AgentSettings: Sendable, Hashable {
    /// Where agents are known and messages go unless their writer says otherwise.
    public var scope = ScopeName.main
    /// Seconds without a sign of life after which an agent counts as idle, at most an hour.
    public var idleAfter: Int64 = 300
    /// Seconds that a message to one agent stays.
    public var messageExpiry: Int64 = 7 * 86_400
    /// Seconds that a message to many stays.
    public var broadcastExpiry: Int64 = 86_400

    public init() {}
}
