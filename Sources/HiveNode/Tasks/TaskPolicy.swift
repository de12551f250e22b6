public import HiveCore

/// How tasks are handed out, as the operator chose.
public struct TaskPolicy: Sendable {
    /// Where tasks go unless their delegator says otherwise.
    public var scope = ScopeName.main
    /// For how many seconds an agent that was chosen may think about it.
    public var offer: Int64 = 600
    /// After how many seconds a closed task is listed only when it is asked for.
    public var archive: Int64 = 30 * 86_400
    /// What counts when an agent is chosen.
    public var weights = TaskChoice.Weights()

    public init() {}
}
