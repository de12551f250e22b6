/// Somebody whose word a memory rests on.
public struct BeliefWitness: JSONRecord {
    /// As it called itself; nil where nobody claimed to be an agent.
    public var agent: String?
    public var node: String
    /// The id of the memory that says so, where it is another one.
    public var memory: String?
    /// What that memory names as its source.
    public var source: String?
    /// 0 to 1.
    public var trust: Double

    public init(agent: String? = nil, node: String, memory: String? = nil, source: String? = nil, trust: Double) {
        self.agent = agent
        self.node = node
        self.memory = memory
        self.source = source
        self.trust = trust
    }
}

extension BeliefWitness {
    public init(reading fields: inout FieldReader) throws {
        agent = try fields.optional("agent")
        node = try fields.required("node")
        memory = try fields.optional("memory")
        source = try fields.optional("source")
        trust = try fields.required("trust")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("agent", agent)
        fields.put("node", node)
        fields.put("memory", memory)
        fields.put("source", source)
        fields.put("trust", trust)
    }
}
