import HiveCore
import HiveTesting
import Synchronization

/// An embedder that fails in the ways that a server may.
final class MoodyEmbedder: Embedder {
    enum Mood: Sendable { case well, failing, wrongDimension, tooFew }
    struct Failure: Error {}

    let mood = Mutex(Mood.well)
    private let words = WordHashEmbedder()
    var model: String { words.model }
    var dimensions: Int { words.dimensions }

    func embed(_ texts: [String]) async throws -> [[Float]?] {
        let vectors = try await words.embed(texts)
        switch mood.withLock({ $0 }) {
        case .well: return vectors
        case .failing: throw Failure()
        case .wrongDimension: return vectors.map { $0.map { Array($0.dropLast()) } }
        case .tooFew: return Array(vectors.dropLast())
        }
    }
}
