import HiveCore
import HiveTesting
import Synchronization

/// An embedder as if on a server: counts what it is asked, and fails when it is told to.
final class ServedEmbedder: Embedder {
    struct Down: Error, CustomStringConvertible { let description = "the server is down" }

    struct State {
        var isDown = false
        var texts: [String] = []
        var questions: [String] = []
        /// Texts that have no vector.
        var refused: Set<String> = []
        var dimensions: Int
    }

    let model: String
    let state: Mutex<State>

    init(_ model: String = "ollama/m", dimensions: Int = 64) {
        self.model = model
        state = Mutex(State(dimensions: dimensions))
    }

    /// As a server that decides: unknown until something was asked.
    var dimensions: Int { 0 }
    var texts: [String] { state.withLock { $0.texts } }
    var questions: [String] { state.withLock { $0.questions } }

    var server: ModelServerReport? {
        var report = ModelServerReport(provider: "ollama", url: "http://127.0.0.1:1")
        report.circuits = ["texts": state.withLock { $0.isDown } ? .open : .closed]
        report.requests = UInt64(texts.count + questions.count)
        report.problem = state.withLock { $0.isDown } ? Down().description : nil
        return report
    }

    func embed(_ texts: [String]) async throws -> [[Float]?] {
        let state = try state.withLock { state in
            guard !state.isDown else { throw Down() }
            state.texts += texts
            return state
        }
        let words = WordHashEmbedder(dimensions: state.dimensions, synonyms: ["undo": "rollback"])
        return texts.map { state.refused.contains($0) ? nil : words.vector(of: $0) }
    }

    func embed(question: String) async throws -> [Float]? {
        let dimensions = try state.withLock { state in
            guard !state.isDown else { throw Down() }
            state.questions.append(question)
            return state.dimensions
        }
        return WordHashEmbedder(dimensions: dimensions, synonyms: ["undo": "rollback"]).vector(of: question)
    }
}
