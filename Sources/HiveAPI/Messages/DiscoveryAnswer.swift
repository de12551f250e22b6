/// What was shared.
public struct DiscoveryAnswer: JSONRecord {
    /// The id of the memory.
    public var memory: String
    public var message: MessageRecord
    /// How many agents of the roster it is for.
    public var interested: Int

    public init(memory: String, message: MessageRecord, interested: Int) {
        self.memory = memory
        self.message = message
        self.interested = interested
    }
}

extension DiscoveryAnswer {
    public init(reading fields: inout FieldReader) throws {
        memory = try fields.required("memory")
        message = try fields.required("message")
        interested = try fields.required("interested")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("memory", memory)
        fields.put("message", message)
        fields.put("interested", interested)
    }
}
