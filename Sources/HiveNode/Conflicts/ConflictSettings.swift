public import HiveCore

/// What the operator chose for concurrent writes that disagree.
public struct ConflictSettings: Sendable {
    /// What is shown, and which conflicts a node settles, or brings before people, by itself.
    public var policies = ConflictPolicies()
    /// How long a handler may think, in seconds; then the fallback of the policies holds.
    public var deadline = 30.0
    /// How long a conflict that waits for a person is left in peace before they are reminded, in seconds.
    public var reminder: Int64 = 86_400

    public init() {}
}
