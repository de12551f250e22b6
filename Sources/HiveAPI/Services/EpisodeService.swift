/// What happened, told as it happens.
public protocol EpisodeService: Sendable {
    func startEpisode(_ request: StartEpisode, as caller: Caller) async throws -> MemoryAnswer
    /// Throws `episode_ended` where it takes nothing more.
    func append(_ event: AppendEvent, toEpisode id: String, as caller: Caller) async throws -> MemoryAnswer
    func endEpisode(_ id: String, with request: EndEpisode, as caller: Caller) async throws -> MemoryAnswer
    func reopenEpisode(_ id: String, with request: ReopenEpisode, as caller: Caller) async throws -> MemoryAnswer
    func episodes(_ query: EpisodeQuery, as caller: Caller) async throws -> Page<MemoryHit>
    /// The episodes that are most like one, without itself.
    func episodes(similarTo id: String, _ query: SimilarQuery, as caller: Caller) async throws -> Page<MemoryHit>
}
