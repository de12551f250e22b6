/// Some lines of a file that is being imported.
public struct ImportBatch: JSONRecord {
    /// At most 1000, and at most 2 MiB of JSON in all.
    public var lines: [ImportLine]
    /// Where all of them go; nil for the scope that each names, or else the one for its kind.
    public var scope: String?
    /// Says what would be done, and does nothing.
    public var dryRun: Bool

    public init(lines: [ImportLine], scope: String? = nil, dryRun: Bool = false) {
        self.lines = lines
        self.scope = scope
        self.dryRun = dryRun
    }

    public static let largest = 1000
}

extension ImportBatch {
    public init(reading fields: inout FieldReader) throws {
        lines = try fields.required("lines")
        scope = try fields.optional("scope")
        dryRun = try fields.value("dryRun", default: false)
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("lines", lines)
        fields.putIfPresent("scope", scope)
        fields.put("dryRun", dryRun)
    }
}

/// One memory of a file, and where it stands there.
public struct ImportLine: JSONRecord {
    /// The number of the line, or of the memory in its file.
    public var number: Int
    /// A `PortableMemory`. Read one by one, so that one that is wrong does not stop the others.
    public var memory: JSONValue

    public init(number: Int, memory: JSONValue) {
        self.number = number
        self.memory = memory
    }
}

extension ImportLine {
    public init(reading fields: inout FieldReader) throws {
        number = try fields.required("number")
        memory = try fields.required("memory")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("number", number)
        fields.put("memory", memory)
    }
}
