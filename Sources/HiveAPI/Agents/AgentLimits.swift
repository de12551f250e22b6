/// What an agent asks not to be given more of.
public struct AgentLimits: JSONRecord {
    /// Tasks that it works on at the same time.
    public var maxConcurrentTasks: Int?
    /// Tokens that it can take in at once.
    public var maxContextTokens: Int?
    /// How long it works on one task.
    public var maxTaskSeconds: Int?

    public init(maxConcurrentTasks: Int? = nil, maxContextTokens: Int? = nil, maxTaskSeconds: Int? = nil) {
        self.maxConcurrentTasks = maxConcurrentTasks
        self.maxContextTokens = maxContextTokens
        self.maxTaskSeconds = maxTaskSeconds
    }
}

extension AgentLimits {
    public init(reading fields: inout FieldReader) throws {
        maxConcurrentTasks = try fields.optional("maxConcurrentTasks")
        maxContextTokens = try fields.optional("maxContextTokens")
        maxTaskSeconds = try fields.optional("maxTaskSeconds")
    }

    public func write(to fields: inout FieldWriter) {
        fields.putIfPresent("maxConcurrentTasks", maxConcurrentTasks)
        fields.putIfPresent("maxContextTokens", maxContextTokens)
        fields.putIfPresent("maxTaskSeconds", maxTaskSeconds)
    }
}
