public import HiveCore

/// What every embedder promises. Each check makes an embedder of its own and throws a `ContractViolation` that says what
/// failed.
public struct EmbedderContract: Sendable {
    /// One promise by name.
    public enum Check: String, Sendable, CaseIterable {
        case oneUnitVectorForEachText
        case nothingToEmbed
        case batchesDoNotMatter
        case sharedWordsAreClose
        case questionsHaveDirections
    }

    private let makeEmbedder: @Sendable () throws -> any Embedder

    public init(makeEmbedder: @escaping @Sendable () throws -> any Embedder) { self.makeEmbedder = makeEmbedder }

    public func verify(_ check: Check) async throws {
        let embedder = try makeEmbedder()
        switch check {
        case .oneUnitVectorForEachText: try await oneUnitVectorForEachText(embedder)
        case .nothingToEmbed: try await nothingToEmbed(embedder)
        case .batchesDoNotMatter: try await batchesDoNotMatter(embedder)
        case .sharedWordsAreClose: try await sharedWordsAreClose(embedder)
        case .questionsHaveDirections: try await questionsHaveDirections(embedder)
        }
    }

    private static let texts = [
        "kube-proxy on web-3 needs a restart", "the ledger rejects empty postings", "内存泄漏 in the tracking service",
        String(repeating: "a long text goes on and on ", count: 500), "ERR_CONN_RESET", "naïve café",
    ]

    private func demand(_ condition: Bool, _ message: String) throws {
        guard condition else { throw ContractViolation(message) }
    }

    private func oneUnitVectorForEachText(_ embedder: any Embedder) async throws {
        try demand(!embedder.model.isEmpty, "the model has no name")
        try demand(try await embedder.embed([]).isEmpty, "no texts have vectors")
        let vectors = try await embedder.embed(Self.texts)
        try demand(embedder.dimensions > 0, "the model has no dimensions after its first answer")
        try demand(vectors.count == Self.texts.count, "\(Self.texts.count) texts have \(vectors.count) vectors")
        for (text, vector) in zip(Self.texts, vectors) {
            guard let vector else { throw ContractViolation("`\(text.prefix(40))` has no vector") }
            try demand(vector.count == embedder.dimensions, "a vector has \(vector.count) components")
            let length = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
            try demand(abs(length - 1) < 1e-3, "a vector has the length \(length)")
        }
    }

    private func nothingToEmbed(_ embedder: any Embedder) async throws {
        let vectors = try await embedder.embed(["", " \n\t", "words"])
        try demand(vectors.count == 3, "texts without words were dropped")
        try demand(vectors[0] == nil && vectors[1] == nil && vectors[2] != nil, "a text without words has a vector")
    }

    private func batchesDoNotMatter(_ embedder: any Embedder) async throws {
        let together = try await embedder.embed(Self.texts)
        for (text, vector) in zip(Self.texts, together) {
            let alone = try await embedder.embed([text])
            try demand(alone == [vector], "`\(text.prefix(40))` has another vector when it is alone")
        }
    }

    private func questionsHaveDirections(_ embedder: any Embedder) async throws {
        let texts = try await embedder.embed(["the proxy needs a restart", "invoices leave on mondays"])
        let asked = try await embedder.embed(question: "restart the proxy")
        guard let asked, let right = texts[0], let wrong = texts[1] else {
            throw ContractViolation("a question of plain words has no direction")
        }
        func cosine(_ other: [Float]) -> Float { zip(asked, other).reduce(0) { $0 + $1.0 * $1.1 } }
        try demand(abs(cosine(asked) - 1) < 1e-3, "a question has no unit vector")
        try demand(cosine(right) > cosine(wrong), "a question is further from its answer than from anything else")
        try demand(try await embedder.embed(question: " ") == nil, "a question without words has a direction")
    }

    private func sharedWordsAreClose(_ embedder: any Embedder) async throws {
        let vectors = try await embedder.embed([
            "restart the proxy", "the proxy needs a restart", "invoices leave on mondays",
        ])
        guard let question = vectors[0], let right = vectors[1], let wrong = vectors[2] else {
            throw ContractViolation("a text of plain words has no vector")
        }
        func cosine(_ other: [Float]) -> Float { zip(question, other).reduce(0) { $0 + $1.0 * $1.1 } }
        try demand(cosine(right) > cosine(wrong), "a text of the same words is further away than one of others")
    }
}
