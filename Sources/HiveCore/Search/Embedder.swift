/// Turns texts into vectors for the stage of search that finds by meaning. Owned by search; implementations live
/// in an outer ring.
public protocol Embedder: Sendable {
    /// Names the model and its version: vectors of different models are never compared.
    var model: String { get }
    /// How many components every vector has; 0 where a server decides and none of its answers has told yet.
    var dimensions: Int { get }
    /// One unit vector for each text, in order; nil where a text has nothing to embed.
    func embed(_ texts: [String]) async throws -> [[Float]?]
    /// The unit vector of a question that somebody waits for: soon, or not at all.
    func embed(question: String) async throws -> [Float]?
    /// How many texts are best given at once.
    var batch: Int { get }
    /// How it is with the server that the model runs on; nil for a model in this process.
    var server: ModelServerReport? { get }
}

extension Embedder {
    public func embed(question: String) async throws -> [Float]? { try await embed([question]).first ?? nil }

    public var batch: Int { 64 }

    public var server: ModelServerReport? { nil }
}
