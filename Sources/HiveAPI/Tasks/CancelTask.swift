/// Takes a task back.
public struct CancelTask: JSONRecord {
    /// Who delegated it.
    public var agent: String?
    public var reason: String?
    /// How long to wait for the home's answer, 0 to 50; default 10.
    public var waitSeconds: Int

    public init(agent: String? = nil, reason: String? = nil, waitSeconds: Int = 10) {
        self.agent = agent
        self.reason = reason
        self.waitSeconds = waitSeconds
    }
}

extension CancelTask {
    public init(reading fields: inout FieldReader) throws {
        agent = try fields.optional("agent")
        reason = try fields.optional("reason")
        waitSeconds = try fields.value("waitSeconds", default: 10)
    }

    public func write(to fields: inout FieldWriter) {
        fields.putIfPresent("agent", agent)
        fields.putIfPresent("reason", reason)
        fields.put("waitSeconds", waitSeconds)
    }
}
