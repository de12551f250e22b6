/// Messages that were read.
public struct MarkMessages: JSONRecord {
    public var ids: [String]
    /// All in the inbox.
    public var all: Bool
    /// Whose inbox; default: the caller.
    public var agent: String?

    public init(ids: [String] = [], all: Bool = false, agent: String? = nil) {
        self.ids = ids
        self.all = all
        self.agent = agent
    }
}

extension MarkMessages {
    public init(reading fields: inout FieldReader) throws {
        ids = try fields.value("ids", default: [])
        all = try fields.value("all", default: false)
        agent = try fields.optional("agent")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("ids", ids)
        fields.put("all", all)
        fields.putIfPresent("agent", agent)
    }
}
