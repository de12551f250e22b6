import Foundation

/// How either API takes texts and gives vectors, as it is published.
extension RemoteModelSettings {
    func embeddingBody(_ texts: [String]) throws -> [UInt8] {
        switch provider {
        case .openai:
            let request = OpenAIRequest(model: model, input: texts, encoding_format: "float", dimensions: dimensions)
            return Array(try JSONEncoder().encode(request))
        case .ollama:
            let request = OllamaRequest(model: model, input: texts, truncate: true, dimensions: dimensions)
            return Array(try JSONEncoder().encode(request))
        }
    }

    /// As many vectors as there were texts, in their order.
    func vectors(in body: [UInt8], count: Int) throws(RemoteModelError) -> [[Float]] {
        let check = AnswerCheck(settings: self)
        let vectors: [[Float]]
        switch provider {
        case .openai:
            let items = try check.decode(OpenAIAnswer.self, from: body).data
            vectors = try inOrder(items, check)
        case .ollama: vectors = try check.decode(OllamaAnswer.self, from: body).embeddings
        }
        guard vectors.count == count else {
            throw check.wrong("\(vectors.count) vectors for \(count) texts")
        }
        return vectors
    }

    /// The API numbers its vectors; servers that do not are taken to keep the order.
    private func inOrder(_ items: [OpenAIAnswer.Item], _ check: AnswerCheck) throws(RemoteModelError) -> [[Float]] {
        let numbers = items.compactMap(\.index)
        if numbers.isEmpty { return items.map(\.embedding) }
        guard numbers.sorted() == Array(items.indices) else { throw check.wrong("vectors that are numbered wrongly") }
        return items.sorted { ($0.index ?? 0) < ($1.index ?? 0) }.map(\.embedding)
    }
}

private struct OpenAIRequest: Encodable {
    let model: String
    let input: [String]
    let encoding_format: String
    let dimensions: Int?
}

private struct OpenAIAnswer: Decodable {
    struct Item: Decodable {
        let index: Int?
        let embedding: [Float]
    }
    let data: [Item]
}

private struct OllamaRequest: Encodable {
    let model: String
    let input: [String]
    let truncate: Bool
    let dimensions: Int?
}

private struct OllamaAnswer: Decodable {
    let embeddings: [[Float]]
}

extension RemoteModelSettings.Provider {
    /// Where the API lives on a server whose address has no path.
    var root: String {
        switch self {
        case .openai: "/v1"
        case .ollama: "/api"
        }
    }

    var embeddings: String {
        switch self {
        case .openai: "/embeddings"
        case .ollama: "/embed"
        }
    }

    var chat: String {
        switch self {
        case .openai: "/chat/completions"
        case .ollama: "/chat"
        }
    }
}
