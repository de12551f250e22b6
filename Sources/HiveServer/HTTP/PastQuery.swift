import HiveAPI

/// `?at=TIME`: a memory as it was then.
struct PastQuery: JSONRecord {
    /// RFC 3339; nil for now.
    var at: String?

    init(reading fields: inout FieldReader) throws { at = try fields.optional("at") }
    func write(to fields: inout FieldWriter) { fields.putIfPresent("at", at) }
}
