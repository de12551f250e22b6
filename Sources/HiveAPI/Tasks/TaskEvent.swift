/// Something that was asked or ruled about a task.
public struct TaskEvent: JSONRecord {
    /// RFC 3339.
    public var at: String
    /// `claim`, `progress`, `success`, `failure`, `cancel`; by the home `offer`, `grant`, `refuse`, `requeue`,
    /// `accept`, `close`, `adopt`.
    public var act: String
    public var agent: String?
    /// The node that said so.
    public var node: String?
    public var text: String?
    public var fence: Int?
    public var percent: Int?
    /// `counts`, `pending`, `refused` or `void`.
    public var standing: String
    /// Why it does not count.
    public var why: String?

    public init(
        at: String, act: String, agent: String? = nil, node: String? = nil, text: String? = nil, fence: Int? = nil,
        percent: Int? = nil, standing: String, why: String? = nil
    ) {
        self.at = at
        self.act = act
        self.agent = agent
        self.node = node
        self.text = text
        self.fence = fence
        self.percent = percent
        self.standing = standing
        self.why = why
    }
}

extension TaskEvent {
    public init(reading fields: inout FieldReader) throws {
        at = try fields.required("at")
        act = try fields.required("act")
        agent = try fields.optional("agent")
        node = try fields.optional("node")
        text = try fields.optional("text")
        fence = try fields.optional("fence")
        percent = try fields.optional("percent")
        standing = try fields.required("standing")
        why = try fields.optional("why")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("at", at)
        fields.put("act", act)
        fields.putIfPresent("agent", agent)
        fields.putIfPresent("node", node)
        fields.putIfPresent("text", text)
        fields.putIfPresent("fence", fence)
        fields.putIfPresent("percent", percent)
        fields.put("standing", standing)
        fields.putIfPresent("why", why)
    }
}
