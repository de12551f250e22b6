/// Asks the home of a task for it.
public struct ClaimTask: JSONRecord {
    /// Who wants it.
    public var agent: String?
    /// Begin at once where the home is out of reach. The task may then run twice, and one result at most is accepted.
    public var optimistic: Bool
    /// How long to wait for the home's answer, 0 to 50; default 10.
    public var waitSeconds: Int

    public init(agent: String? = nil, optimistic: Bool = false, waitSeconds: Int = 10) {
        self.agent = agent
        self.optimistic = optimistic
        self.waitSeconds = waitSeconds
    }
}

extension ClaimTask {
    public init(reading fields: inout FieldReader) throws {
        agent = try fields.optional("agent")
        optimistic = try fields.value("optimistic", default: false)
        waitSeconds = try fields.value("waitSeconds", default: 10)
    }

    public func write(to fields: inout FieldWriter) {
        fields.putIfPresent("agent", agent)
        fields.put("optimistic", optimistic)
        fields.put("waitSeconds", waitSeconds)
    }
}
