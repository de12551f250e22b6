/// What spoke for an agent and against it when one was sought for a task.
public struct TaskJudgement: JSONRecord {
    public var agent: String
    public var node: String?
    public var score: Double
    /// From 0 to 1: `capability`, `load`, `trust`, `recency`.
    public var parts: [String: Double]
    /// Why it could not be chosen.
    public var obstacle: String?

    public init(
        agent: String, node: String? = nil, score: Double, parts: [String: Double] = [:], obstacle: String? = nil
    ) {
        self.agent = agent
        self.node = node
        self.score = score
        self.parts = parts
        self.obstacle = obstacle
    }
}

extension TaskJudgement {
    public init(reading fields: inout FieldReader) throws {
        agent = try fields.required("agent")
        node = try fields.optional("node")
        score = try fields.required("score")
        parts = try fields.value("parts", default: [:])
        obstacle = try fields.optional("obstacle")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("agent", agent)
        fields.putIfPresent("node", node)
        fields.put("score", score)
        fields.put("parts", parts)
        fields.putIfPresent("obstacle", obstacle)
    }
}
