/// Turns texts into vectors for the stage of search that finds by meaning. Owned by search; implementations live
/// in an outer ring.
public protocol Embedder: Sendable {
    /// Names the model and its version: vectors of different models are never compared.
    var model: String { get }
    /// How many components every vector has.
    var dimensions: Int { get }
    /// One unit vector for each text, in order; nil where a text has nothing to embed.
    func embed(_ texts: [String]) async throws -> [[Float]?]
}
