/// Where a memory went, and where it comes from.
public struct PromotionTrace: JSONRecord {
    /// The copies in wider scopes.
    public var copies: [Place]
    /// Of a copy: an opaque name of its original, the same for everybody.
    public var reference: String?
    /// Of a copy: the original, where this node holds it.
    public var original: Place?

    public init(copies: [Place] = [], reference: String? = nil, original: Place? = nil) {
        self.copies = copies
        self.reference = reference
        self.original = original
    }

    /// A memory with the scope that it is in.
    public struct Place: JSONRecord {
        public var id: String
        /// Nil where this node does not hold it.
        public var scope: String?

        public init(id: String, scope: String? = nil) {
            self.id = id
            self.scope = scope
        }
    }
}

extension PromotionTrace {
    public init(reading fields: inout FieldReader) throws {
        copies = try fields.value("copies", default: [])
        reference = try fields.optional("reference")
        original = try fields.optional("original")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("copies", copies)
        fields.putIfPresent("reference", reference)
        fields.putIfPresent("original", original)
    }
}

extension PromotionTrace.Place {
    public init(reading fields: inout FieldReader) throws {
        id = try fields.required("id")
        scope = try fields.optional("scope")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("id", id)
        fields.put("scope", scope)
    }
}
