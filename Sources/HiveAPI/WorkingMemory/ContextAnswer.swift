/// A context block, and what went into it.
public struct ContextAnswer: JSONRecord {
    public var format: String
    /// The block itself, in its format.
    public var block: String
    public var budget: Int
    /// What the block takes, estimated on the high side; never more than the budget.
    public var tokens: Int
    /// What is in the block, in its order.
    public var items: [ContextEntry]
    /// The ids of what there was no room for, in order.
    public var leftOut: [String]

    public init(format: String, block: String, budget: Int, tokens: Int, items: [ContextEntry], leftOut: [String]) {
        self.format = format
        self.block = block
        self.budget = budget
        self.tokens = tokens
        self.items = items
        self.leftOut = leftOut
    }
}

extension ContextAnswer {
    public init(reading fields: inout FieldReader) throws {
        format = try fields.required("format")
        block = try fields.required("block")
        budget = try fields.required("budget")
        tokens = try fields.required("tokens")
        items = try fields.required("items")
        leftOut = try fields.required("leftOut")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("format", format)
        fields.put("block", block)
        fields.put("budget", budget)
        fields.put("tokens", tokens)
        fields.put("items", items)
        fields.put("leftOut", leftOut)
    }
}
