/// What a synchronisation that was asked for did.
public struct SyncReport: JSONRecord {
    /// Nodes that were synchronised with.
    public var peers: [String]
    /// Nodes that could not be reached, and why.
    public var failed: [String: String]
    public var operationsSent: Int
    public var operationsReceived: Int
    public var durationMilliseconds: Double

    public init(
        peers: [String] = [], failed: [String: String] = [:], operationsSent: Int = 0, operationsReceived: Int = 0,
        durationMilliseconds: Double = 0
    ) {
        self.peers = peers
        self.failed = failed
        self.operationsSent = operationsSent
        self.operationsReceived = operationsReceived
        self.durationMilliseconds = durationMilliseconds
    }
}

extension SyncReport {
    public init(reading fields: inout FieldReader) throws {
        peers = try fields.value("peers", default: [])
        failed = try fields.value("failed", default: [:])
        operationsSent = try fields.value("operationsSent", default: 0)
        operationsReceived = try fields.value("operationsReceived", default: 0)
        durationMilliseconds = try fields.value("durationMilliseconds", default: 0)
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("peers", peers)
        fields.put("failed", failed)
        fields.put("operationsSent", operationsSent)
        fields.put("operationsReceived", operationsReceived)
        fields.put("durationMilliseconds", durationMilliseconds)
    }
}
