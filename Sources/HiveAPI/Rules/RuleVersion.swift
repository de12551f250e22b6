/// One version of a rule.
public struct RuleVersion: JSONRecord {
    public var version: Int
    public var time: String
    public var author: Author
    public var set: String?
    public var digest: String?
    public var active: Bool

    public init(
        version: Int, time: String, author: Author, set: String? = nil, digest: String? = nil, active: Bool = false
    ) {
        self.version = version
        self.time = time
        self.author = author
        self.set = set
        self.digest = digest
        self.active = active
    }
}

extension RuleVersion {
    public init(reading fields: inout FieldReader) throws {
        version = try fields.required("version")
        time = try fields.required("time")
        author = try fields.required("author")
        set = try fields.optional("set")
        digest = try fields.optional("digest")
        active = try fields.value("active", default: false)
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("version", version)
        fields.put("time", time)
        fields.put("author", author)
        fields.put("set", set)
        fields.put("digest", digest)
        fields.put("active", active)
    }
}
