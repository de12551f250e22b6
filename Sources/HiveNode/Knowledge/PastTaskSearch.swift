import HiveCore

/// A task that somebody completed.
struct PastTask: Sendable, Hashable {
    let id: String
    let title: String
    let agent: String
    let node: NodeID
    let completedAt: Timestamp
    /// The share of the question's words that the task has, from 0 to 1.
    let score: Double
}

/// Finds who has done something like it before.
protocol PastTaskSearch: Sendable {
    /// Completed tasks that have words of a text, the most alike first, of equal ones the last first.
    func pastTasks(like text: String, limit: Int) throws -> [PastTask]
}
