/// Why a memory was taken back.
public struct RetractionNote: JSONRecord {
    public var reason: String
    /// The id of the memory that stands in its place.
    public var kept: String?

    public init(reason: String, kept: String? = nil) {
        self.reason = reason
        self.kept = kept
    }
}

extension RetractionNote {
    public init(reading fields: inout FieldReader) throws {
        reason = try fields.required("reason")
        kept = try fields.optional("kept")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("reason", reason)
        fields.put("kept", kept)
    }
}
