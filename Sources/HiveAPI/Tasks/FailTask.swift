/// Says that the holder of a task could not do it.
public struct FailTask: JSONRecord {
    /// Who holds it.
    public var agent: String?
    /// The claim, or its number; default: the agent's own.
    public var claim: String?
    public var fence: Int?
    public var reason: String
    /// Whether somebody may try again, as often as the task allows.
    public var retry: Bool
    /// How long to wait for the home's answer, 0 to 50; default 10.
    public var waitSeconds: Int

    public init(
        agent: String? = nil, claim: String? = nil, fence: Int? = nil, reason: String, retry: Bool = true,
        waitSeconds: Int = 10
    ) {
        self.agent = agent
        self.claim = claim
        self.fence = fence
        self.reason = reason
        self.retry = retry
        self.waitSeconds = waitSeconds
    }
}

extension FailTask {
    public init(reading fields: inout FieldReader) throws {
        agent = try fields.optional("agent")
        claim = try fields.optional("claim")
        fence = try fields.optional("fence")
        reason = try fields.required("reason")
        retry = try fields.value("retry", default: true)
        waitSeconds = try fields.value("waitSeconds", default: 10)
    }

    public func write(to fields: inout FieldWriter) {
        fields.putIfPresent("agent", agent)
        fields.putIfPresent("claim", claim)
        fields.putIfPresent("fence", fence)
        fields.put("reason", reason)
        fields.put("retry", retry)
        fields.put("waitSeconds", waitSeconds)
    }
}
