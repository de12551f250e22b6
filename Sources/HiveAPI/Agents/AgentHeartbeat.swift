/// What an agent says of itself just now. It lasts until its time is over, and is in no log.
public struct AgentHeartbeat: JSONRecord {
    /// How busy it is, from 0 to 1.
    public var load: Double?
    /// What it is doing, in a few words.
    public var status: String?
    /// The task that it is at.
    public var task: String?
    /// How many tasks it has begun.
    public var running: Int?

    public init(load: Double? = nil, status: String? = nil, task: String? = nil, running: Int? = nil) {
        self.load = load
        self.status = status
        self.task = task
        self.running = running
    }
}

extension AgentHeartbeat {
    public init(reading fields: inout FieldReader) throws {
        load = try fields.optional("load")
        status = try fields.optional("status")
        task = try fields.optional("task")
        running = try fields.optional("running")
    }

    public func write(to fields: inout FieldWriter) {
        fields.putIfPresent("load", load)
        fields.putIfPresent("status", status)
        fields.putIfPresent("task", task)
        fields.putIfPresent("running", running)
    }
}
