/// Whether the journal of access is as it was written.
public struct AccessVerification: JSONRecord {
    public var ok: Bool
    /// How many entries there are.
    public var entries: Int
    /// The number of the oldest entry that is kept; nil where there is none.
    public var first: Int?
    /// The number of the newest.
    public var last: Int?
    /// The hash of the newest: whoever keeps it elsewhere can tell later that nothing before was changed.
    public var hash: String?
    /// What is wrong, one line each.
    public var problems: [String]

    public init(entries: Int, first: Int?, last: Int?, hash: String?, problems: [String]) {
        ok = problems.isEmpty
        self.entries = entries
        self.first = first
        self.last = last
        self.hash = hash
        self.problems = problems
    }
}

extension AccessVerification {
    public init(reading fields: inout FieldReader) throws {
        ok = try fields.required("ok")
        entries = try fields.required("entries")
        first = try fields.optional("first")
        last = try fields.optional("last")
        hash = try fields.optional("hash")
        problems = try fields.value("problems", default: [])
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("ok", ok)
        fields.put("entries", entries)
        fields.put("first", first)
        fields.put("last", last)
        fields.put("hash", hash)
        fields.put("problems", problems)
    }
}
