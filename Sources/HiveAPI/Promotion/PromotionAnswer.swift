/// What a promotion did. In JSON: the copy's fields with the others beside them.
public struct PromotionAnswer: JSONRecord {
    /// The copy as it is now.
    public var memory: Memory
    /// Whether the copy was made by this, and not by an earlier promotion.
    public var created: Bool
    /// Whether anything about the copy was changed by this.
    public var changed: Bool
    /// The id of the original.
    public var original: String
    public var originalForgotten: Bool
    /// Fields that name memories which the wider scope may not know of, and were left out of the copy.
    public var leftOut: [String]

    public init(
        memory: Memory, created: Bool, changed: Bool, original: String, originalForgotten: Bool = false,
        leftOut: [String] = []
    ) {
        self.memory = memory
        self.created = created
        self.changed = changed
        self.original = original
        self.originalForgotten = originalForgotten
        self.leftOut = leftOut
    }
}

extension PromotionAnswer {
    public init(reading fields: inout FieldReader) throws {
        memory = try Memory(reading: &fields)
        created = try fields.value("created", default: false)
        changed = try fields.value("changed", default: false)
        original = try fields.required("original")
        originalForgotten = try fields.value("originalForgotten", default: false)
        leftOut = try fields.value("leftOut", default: [])
    }

    public func write(to fields: inout FieldWriter) {
        memory.write(to: &fields)
        fields.put("created", created)
        fields.put("changed", changed)
        fields.put("original", original)
        fields.put("originalForgotten", originalForgotten)
        fields.put("leftOut", leftOut)
    }
}
