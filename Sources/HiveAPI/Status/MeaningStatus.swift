/// How far a node is with finding memories by what they mean.
public struct MeaningStatus: JSONRecord {
    /// Names the model that was chosen.
    public var model: String
    /// Memories that have a vector of it.
    public var memories: Int
    /// Memories that await one.
    public var unseen: Int
    /// The model that answers questions until the chosen one is complete; nil once it is.
    public var former: String?
    /// The server that the model runs on: `openai` or `ollama`; nil for the table inside the node.
    public var provider: String?
    public var url: String?
    /// `closed`, `half-open` or `open`, by what the calls are for.
    public var circuits: [String: String]
    /// Calls since the start, and those that failed.
    public var requests: Int
    public var failures: Int
    /// Texts that the server would not embed.
    public var refused: Int
    /// Why it does not work at present, and what to do.
    public var problem: String?

    public init(model: String, memories: Int, unseen: Int) {
        self.model = model
        self.memories = memories
        self.unseen = unseen
        circuits = [:]
        requests = 0
        failures = 0
        refused = 0
    }

    /// For people, in one line.
    public var line: String {
        var text = "\(memories) memories by \(model)"
        if let url { text += " at \(url)" }
        if unseen > 0 { text += ", \(unseen) awaited" }
        if let former { text += ", \(former) serves meanwhile" }
        return text
    }
}

extension MeaningStatus {
    public init(reading fields: inout FieldReader) throws {
        self.init(
            model: try fields.required("model"), memories: try fields.value("memories", default: 0),
            unseen: try fields.value("unseen", default: 0))
        former = try fields.optional("former")
        provider = try fields.optional("provider")
        url = try fields.optional("url")
        circuits = try fields.value("circuits", default: [:])
        requests = try fields.value("requests", default: 0)
        failures = try fields.value("failures", default: 0)
        refused = try fields.value("refused", default: 0)
        problem = try fields.optional("problem")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("model", model)
        fields.put("memories", memories)
        fields.put("unseen", unseen)
        fields.put("former", former)
        fields.put("provider", provider)
        fields.put("url", url)
        fields.put("circuits", circuits)
        fields.put("requests", requests)
        fields.put("failures", failures)
        fields.put("refused", refused)
        fields.put("problem", problem)
    }
}
