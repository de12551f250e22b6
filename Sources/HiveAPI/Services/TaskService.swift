/// Work that agents hand to each other. A task is decided about by its home, the node that it was delegated at.
public protocol TaskService: TaskWorkService {
    func delegate(_ request: DelegateTask, as caller: Caller) async throws -> TaskRecord
    func task(_ id: String, as caller: Caller) async throws -> TaskRecord
    func tasks(_ query: TaskQuery, as caller: Caller) async throws -> Page<TaskRecord>
    /// Throws `illegal_transition` for a task that is closed, `forbidden` for one that somebody else delegated.
    func cancelTask(_ id: String, with request: CancelTask, as caller: Caller) async throws -> TaskRecord
    /// Makes this node the home of a task whose home will not come back. Operators of stewards only.
    func adoptTask(_ id: String, as caller: Caller) async throws -> TaskRecord
}

/// What the holder of a task does.
public protocol TaskWorkService: Sendable {
    /// Answers with a claim that waits where the home did not answer in time. Throws `claim_refused` where it said no.
    func claimTask(_ id: String, with request: ClaimTask, as caller: Caller) async throws -> ClaimAnswer
    /// Throws `fenced` where the claim does not hold the task any more.
    func reportProgress(_ id: String, with request: ReportProgress, as caller: Caller) async throws -> TaskRecord
    /// Throws `fenced` where the claim does not hold the task any more: the result is kept as evidence.
    func completeTask(_ id: String, with request: CompleteTask, as caller: Caller) async throws -> TaskRecord
    /// Throws `fenced` where the claim does not hold the task any more.
    func failTask(_ id: String, with request: FailTask, as caller: Caller) async throws -> TaskRecord
}
