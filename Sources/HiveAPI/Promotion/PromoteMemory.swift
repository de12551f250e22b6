/// Copies a memory into a wider scope.
public struct PromoteMemory: JSONRecord {
    /// The scope: wider than the memory's own, in the order instance, agent, collective, universal.
    public var to: String
    /// Whether the original is forgotten once the copy stands.
    public var forgetOriginal: Bool
    /// Who does this; default: the caller.
    public var agent: String?

    public init(to: String, forgetOriginal: Bool = false, agent: String? = nil) {
        self.to = to
        self.forgetOriginal = forgetOriginal
        self.agent = agent
    }
}

extension PromoteMemory {
    public init(reading fields: inout FieldReader) throws {
        to = try fields.required("to")
        forgetOriginal = try fields.value("forgetOriginal", default: false)
        agent = try fields.optional("agent")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("to", to)
        fields.put("forgetOriginal", forgetOriginal)
        fields.putIfPresent("agent", agent)
    }
}
