/// Hands in the result of a task.
public struct CompleteTask: JSONRecord {
    /// Who holds it.
    public var agent: String?
    /// The claim, or its number; default: the agent's own.
    public var claim: String?
    public var fence: Int?
    public var result: String?
    /// How long to wait for the home's answer, 0 to 50; default 10.
    public var waitSeconds: Int

    public init(
        agent: String? = nil, claim: String? = nil, fence: Int? = nil, result: String? = nil, waitSeconds: Int = 10
    ) {
        self.agent = agent
        self.claim = claim
        self.fence = fence
        self.result = result
        self.waitSeconds = waitSeconds
    }
}

extension CompleteTask {
    public init(reading fields: inout FieldReader) throws {
        agent = try fields.optional("agent")
        claim = try fields.optional("claim")
        fence = try fields.optional("fence")
        result = try fields.optional("result")
        waitSeconds = try fields.value("waitSeconds", default: 10)
    }

    public func write(to fields: inout FieldWriter) {
        fields.putIfPresent("agent", agent)
        fields.putIfPresent("claim", claim)
        fields.putIfPresent("fence", fence)
        fields.putIfPresent("result", result)
        fields.put("waitSeconds", waitSeconds)
    }
}
