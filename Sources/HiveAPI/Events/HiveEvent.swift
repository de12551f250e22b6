/// Something that happened on a node.
public struct HiveEvent: JSONRecord {
    /// A number that ascends, over restarts too.
    public var id: String
    /// Topic and what happened, joined by a dot: `memory.created`.
    public var type: String
    public var time: String
    public var data: JSONValue

    public init(id: String, type: String, time: String, data: JSONValue = .null) {
        self.id = id
        self.type = type
        self.time = time
        self.data = data
    }
}

extension HiveEvent {
    public init(reading fields: inout FieldReader) throws {
        id = try fields.required("id")
        type = try fields.required("type")
        time = try fields.required("time")
        data = try fields.value("data", default: .null)
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("id", id)
        fields.put("type", type)
        fields.put("time", time)
        fields.put("data", data)
    }
}

extension HiveEvent {
    /// Tells a listener that it has missed events and should read anew what it shows.
    public static let gap = "gap"

    /// What listeners choose by: the part of the type before the first dot.
    public var topic: String { String(type.prefix { $0 != "." }) }
}
