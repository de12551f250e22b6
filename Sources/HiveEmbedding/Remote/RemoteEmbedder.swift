public import HiveCore
import Synchronization

/// A model on a server, asked over HTTP: one that speaks the OpenAI API for embeddings, or Ollama.
public final class RemoteEmbedder: Embedder {
    /// A text that every model can read: tells whether a refusal is about a text or about everything.
    private static let probe = "hello"
    /// A refused text is halved until it has no more characters than this.
    private static let shortest = 256

    private let remote: RemoteModelServer
    private let learned = Mutex(0)
    private var settings: RemoteModelSettings { remote.settings }

    public init(_ settings: RemoteModelSettings, surroundings: CallSurroundings = .real) {
        remote = RemoteModelServer(settings: settings, purposes: [.texts, .questions], surroundings: surroundings)
    }

    public var model: String { settings.vectorSpace }

    /// As configured, else what the last answer had; 0 before the first.
    public var dimensions: Int { settings.dimensions ?? learned.withLock { $0 } }

    public var batch: Int { settings.batch }

    public var server: ModelServerReport? { remote.report }

    /// Throws a `RemoteModelError`. A text that the server does not take is cut; one that it takes in no length has no
    /// vector.
    public func embed(_ texts: [String]) async throws -> [[Float]?] {
        let readable = texts.indices.filter { texts[$0].contains { !$0.isWhitespace } }
        var vectors = [[Float]?](repeating: nil, count: texts.count)
        for start in stride(from: 0, to: readable.count, by: settings.batch) {
            let places = readable[start..<min(start + settings.batch, readable.count)]
            let found = try await vectorsOf(places.map { settings.textPrefix + texts[$0] })
            for (place, vector) in zip(places, found) { vectors[place] = vector }
        }
        return vectors
    }

    /// Throws a `RemoteModelError` where there is no vector soon.
    public func embed(question: String) async throws -> [Float]? {
        guard question.contains(where: { !$0.isWhitespace }) else { return nil }
        var call = try call(.questions, [settings.questionPrefix + question])
        call.schedule = RetrySchedule(attempts: 2, firstPause: 20)
        // A connection that was closed while it was idle; anything else takes too long for who waits.
        call.repeats = [.unreachable]
        return try await ask(call, count: 1).first
    }

    // MARK: Texts that a server does not take

    private func vectorsOf(_ texts: [String]) async throws -> [[Float]?] {
        do { return try await ask(try call(.texts, texts), count: texts.count) } catch let error as RemoteModelError {
            guard error.mayBeAboutText else { throw error }
            do { _ = try await ask(try careful([Self.probe]), count: 1) } catch let probing as RemoteModelError {
                remote.note(error, for: .texts)
                throw probing.mayBeAboutText || probing.code == .badAnswer ? error : probing
            }
            return try await apart(texts[...], after: error)
        }
    }

    /// Looks for the texts that are refused, half by half.
    private func apart(_ texts: ArraySlice<String>, after error: RemoteModelError) async throws -> [[Float]?] {
        if let only = texts.first, texts.count == 1 { return [try await shortened(only, after: error)] }
        let middle = texts.startIndex + texts.count / 2
        var vectors: [[Float]?] = []
        for half in [texts[..<middle], texts[middle...]] {
            do {
                vectors += try await ask(try careful(Array(half)), count: half.count)
            } catch let error as RemoteModelError {
                guard error.mayBeAboutText else { throw error }
                vectors += try await apart(half, after: error)
            }
        }
        return vectors
    }

    private func shortened(_ text: String, after error: RemoteModelError) async throws -> [Float]? {
        var (text, error) = (text, error)
        while error.code == .refused, text.count > Self.shortest {
            text = String(text.prefix(text.count / 2))
            do { return try await ask(try careful([text]), count: 1).first } catch let next as RemoteModelError {
                guard next.mayBeAboutText else { throw next }
                error = next
            }
        }
        remote.countRefused()
        return nil
    }

    // MARK: One call

    private func call(_ purpose: RemoteModelServer.Purpose, _ texts: [String]) throws -> RemoteModelServer.Call {
        RemoteModelServer.Call(
            purpose: purpose, path: settings.provider.embeddings, body: try settings.embeddingBody(texts),
            timeout: purpose == .questions ? settings.questionTimeout : settings.timeout)
    }

    private func careful(_ texts: [String]) throws -> RemoteModelServer.Call {
        var call = try call(.texts, texts)
        call.repeats = [.unreachable, .timedOut, .overloaded]
        call.blamesServer = false
        return call
    }

    private func ask(_ call: RemoteModelServer.Call, count: Int) async throws -> [[Float]] {
        try await remote.answer(call) { body in
            let vectors = try settings.vectors(in: body, count: count)
            try check(vectors)
            return try vectors.map(unit)
        }
    }

    /// Vectors of one answer have one number of components: the configured one, where one is.
    private func check(_ vectors: [[Float]]) throws {
        guard let count = vectors.first?.count else { return }
        let expected = settings.dimensions ?? count
        guard let other = vectors.first(where: { $0.count != expected || $0.isEmpty }) else {
            return learned.withLock { $0 = count }
        }
        throw RemoteModelError(
            .badAnswer,
            "the model `\(settings.model)` at \(settings.url) answered with \(other.count) components instead of "
                + "\(expected)",
            hint: "does the server run another model? If that is meant, say so: dimensions: \(other.count)")
    }

    private func unit(_ vector: [Float]) throws(RemoteModelError) -> [Float] {
        let length = vector.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
        guard length.isFinite, length > 0 else {
            throw AnswerCheck(settings: settings).unusable("a vector that has no direction")
        }
        return vector.map { Float(Double($0) / length) }
    }
}
