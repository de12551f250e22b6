import HiveAPI

/// Requests that are one yes or no.
enum Switch {
    /// `?explain=true`
    struct Explain: JSONRecord {
        var explain: Bool

        init(reading fields: inout FieldReader) throws { explain = try fields.value("explain", default: false) }
        func write(to fields: inout FieldWriter) { fields.put("explain", explain) }
    }

    /// `{"rebuild":true}`
    struct Rebuild: JSONRecord {
        var rebuild: Bool

        init(reading fields: inout FieldReader) throws { rebuild = try fields.value("rebuild", default: false) }
        func write(to fields: inout FieldWriter) { fields.put("rebuild", rebuild) }
    }

    /// `{}`
    struct Nothing: JSONRecord {
        init(reading fields: inout FieldReader) throws {}
        func write(to fields: inout FieldWriter) {}
    }
}
