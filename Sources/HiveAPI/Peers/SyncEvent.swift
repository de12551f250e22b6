/// One synchronisation that happened.
public struct SyncEvent: JSONRecord {
    public var id: String
    public var time: String
    /// The peer.
    public var node: String
    /// `ok` or the code of what went wrong.
    public var outcome: String
    public var message: String?
    public var operationsSent: Int
    public var operationsReceived: Int
    public var bytesSent: Int
    public var bytesReceived: Int
    public var durationMilliseconds: Double?

    public init(
        id: String, time: String, node: String, outcome: String, message: String? = nil, operationsSent: Int = 0,
        operationsReceived: Int = 0, bytesSent: Int = 0, bytesReceived: Int = 0, durationMilliseconds: Double? = nil
    ) {
        self.id = id
        self.time = time
        self.node = node
        self.outcome = outcome
        self.message = message
        self.operationsSent = operationsSent
        self.operationsReceived = operationsReceived
        self.bytesSent = bytesSent
        self.bytesReceived = bytesReceived
        self.durationMilliseconds = durationMilliseconds
    }
}

extension SyncEvent {
    public init(reading fields: inout FieldReader) throws {
        id = try fields.required("id")
        time = try fields.required("time")
        node = try fields.required("node")
        outcome = try fields.required("outcome")
        message = try fields.optional("message")
        operationsSent = try fields.value("operationsSent", default: 0)
        operationsReceived = try fields.value("operationsReceived", default: 0)
        bytesSent = try fields.value("bytesSent", default: 0)
        bytesReceived = try fields.value("bytesReceived", default: 0)
        durationMilliseconds = try fields.optional("durationMilliseconds")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("id", id)
        fields.put("time", time)
        fields.put("node", node)
        fields.put("outcome", outcome)
        fields.put("message", message)
        fields.put("operationsSent", operationsSent)
        fields.put("operationsReceived", operationsReceived)
        fields.put("bytesSent", bytesSent)
        fields.put("bytesReceived", bytesReceived)
        fields.put("durationMilliseconds", durationMilliseconds)
    }
}
