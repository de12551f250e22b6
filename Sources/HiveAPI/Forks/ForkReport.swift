/// A log with two histories: where they part, and what became of them.
public struct ForkReport: JSONRecord {
    public var id: String
    public var scope: String
    /// `law`, `knowledge` or `traffic`.
    public var stream: String
    public var log: String
    /// Who signed both.
    public var node: String
    public var name: String?
    /// Whether that is the node that answers.
    public var own: Bool
    /// How many operations both have in common; the log ends there.
    public var common: Int
    public var branches: [Branch]
    /// Whether all histories were issued anew, or given up.
    public var settled: Bool
    /// When the evidence was stated.
    public var found: String

    /// One history.
    public struct Branch: JSONRecord {
        /// How many operations its author signed.
        public var size: Int
        public var root: String
        public var settled: Bool
        /// Whether the node that answers holds what lies behind the common part.
        public var held: Bool

        public init(size: Int, root: String, settled: Bool, held: Bool) {
            self.size = size
            self.root = root
            self.settled = settled
            self.held = held
        }
    }

    public init(
        id: String, scope: String, stream: String, log: String, node: String, name: String?, own: Bool, common: Int,
        branches: [Branch], settled: Bool, found: String
    ) {
        self.id = id
        self.scope = scope
        self.stream = stream
        self.log = log
        self.node = node
        self.name = name
        self.own = own
        self.common = common
        self.branches = branches
        self.settled = settled
        self.found = found
    }
}

extension ForkReport {
    public init(reading fields: inout FieldReader) throws {
        id = try fields.required("id")
        scope = try fields.required("scope")
        stream = try fields.required("stream")
        log = try fields.required("log")
        node = try fields.required("node")
        name = try fields.optional("name")
        own = try fields.required("own")
        common = try fields.required("common")
        branches = try fields.required("branches")
        settled = try fields.required("settled")
        found = try fields.required("found")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("id", id)
        fields.put("scope", scope)
        fields.put("stream", stream)
        fields.put("log", log)
        fields.put("node", node)
        fields.put("name", name)
        fields.put("own", own)
        fields.put("common", common)
        fields.put("branches", branches)
        fields.put("settled", settled)
        fields.put("found", found)
    }
}

extension ForkReport.Branch {
    public init(reading fields: inout FieldReader) throws {
        size = try fields.required("size")
        root = try fields.required("root")
        settled = try fields.required("settled")
        held = try fields.required("held")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("size", size)
        fields.put("root", root)
        fields.put("settled", settled)
        fields.put("held", held)
    }
}
