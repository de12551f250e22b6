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
}
