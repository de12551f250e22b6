import HiveAPI

/// The parameters of a DELETE.
struct ForgetQuery: JSONRecord {
    var version: String?
    var requireCurrent: Bool
    var agent: String?

    init(reading fields: inout FieldReader) throws {
        version = try fields.optional("version")
        requireCurrent = try fields.value("requireCurrent", default: false)
        agent = try fields.optional("agent")
    }

    func write(to fields: inout FieldWriter) {
        fields.putIfPresent("version", version)
        fields.put("requireCurrent", requireCurrent)
        fields.putIfPresent("agent", agent)
    }
}
