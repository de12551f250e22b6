/// Asking the fleet.
public protocol KnowledgeService: Sendable {
    /// Who knows about something, with evidence, and what is known.
    func whoKnows(_ query: KnowledgeQuery, as caller: Caller) async throws -> KnowledgeAnswer
}
