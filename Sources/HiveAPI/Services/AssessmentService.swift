/// What readers say of memories.
public protocol AssessmentService: Sendable {
    /// Says that a memory holds. Of one reader the last word counts, and counts once.
    func verify(_ id: String, with request: AssessMemory, as caller: Caller) async throws -> MemoryAnswer
    /// Says that it does not hold, naming another memory or the reason.
    func contradict(_ id: String, with request: AssessMemory, as caller: Caller) async throws -> MemoryAnswer
    /// Takes it back, until an update gives it another status.
    func retract(_ id: String, with request: RetractMemory, as caller: Caller) async throws -> MemoryAnswer
    /// Counts that it was of use here.
    func use(_ id: String, with request: UseMemory, as caller: Caller) async throws -> UseReport
}
