/// Which model on which server, and how it is asked.
public struct RemoteModelSettings: Sendable, Hashable {
    /// The API that a server speaks.
    public enum Provider: String, Sendable, Hashable, CaseIterable {
        /// `POST /v1/embeddings` and `POST /v1/chat/completions`, which many servers have.
        case openai
        /// `POST /api/embed` and `POST /api/chat`.
        case ollama
    }

    public let provider: Provider
    public let url: ServerURL
    public let model: String
    public let key: APIKey?
    /// How many components vectors are asked to have; nil leaves it to the model.
    public var dimensions: Int?
    /// How long one call may take.
    public var timeout: Duration = .seconds(30)
    /// How long a question may take, for which somebody waits.
    public var questionTimeout: Duration = .milliseconds(800)
    /// How many texts go into one call.
    public var batch = 64
    /// What stands before each question and each text, for models that want to be told which is which.
    public var questionPrefix = ""
    public var textPrefix = ""
    /// The largest answer that is read, in bytes.
    public var largestAnswer = 64 << 20

    public init(provider: Provider, url: ServerURL, model: String, key: APIKey? = nil) {
        self.provider = provider
        self.url = url
        self.model = model
        self.key = key
    }

    /// Names vectors that may be compared: they come from one model, asked in one way.
    public var vectorSpace: String {
        var name = "\(provider.rawValue)/\(model)"
        if let dimensions { name += "@\(dimensions)" }
        return textPrefix.isEmpty ? name : name + "+\(textPrefix)"
    }

    /// How the same server is asked for vectors of another space; nil where it is not one of this kind of server.
    public func serving(_ vectorSpace: String) -> RemoteModelSettings? {
        let start = "\(provider.rawValue)/"
        guard vectorSpace.hasPrefix(start) else { return nil }
        let parts = vectorSpace.dropFirst(start.count).split(
            separator: "+", maxSplits: 1, omittingEmptySubsequences: false)
        guard var model = parts.first else { return nil }
        var dimensions: Int?
        if let place = model.lastIndex(of: "@"), let count = Int(model[model.index(after: place)...]) {
            (model, dimensions) = (model[..<place], count)
        }
        var other = RemoteModelSettings(provider: provider, url: url, model: String(model), key: key)
        (other.timeout, other.questionTimeout, other.batch) = (timeout, questionTimeout, batch)
        (other.dimensions, other.textPrefix) = (dimensions, parts.count > 1 ? String(parts[1]) : "")
        other.questionPrefix = other.textPrefix.isEmpty ? "" : questionPrefix
        return other.vectorSpace == vectorSpace ? other : nil
    }
}
