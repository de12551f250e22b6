import HiveAPI

/// The body of an erasure.
struct EraseMemory: JSONRecord {
    var now: Bool
    var version: String?
    var requireCurrent: Bool
    var agent: String?

    init(reading fields: inout FieldReader) throws {
        now = try fields.value("now", default: false)
        version = try fields.optional("version")
        requireCurrent = try fields.value("requireCurrent", default: false)
        agent = try fields.optional("agent")
    }

    func write(to fields: inout FieldWriter) {
        fields.put("now", now)
        fields.putIfPresent("version", version)
        fields.put("requireCurrent", requireCurrent)
        fields.putIfPresent("agent", agent)
    }
}
