/// A backup that this node made, and until when it can be read.
public struct Backup: JSONRecord {
    public var id: String
    public var createdAt: String
    /// When its key is destroyed: from then on nobody can read it, unless the key was handed out before.
    public var keptUntil: String
    /// Where the file was written on the node's machine.
    public var path: String
    /// The size of the file.
    public var bytes: Int
    /// Made by the schedule, which also removes it.
    public var scheduled: Bool
    /// Whether the key was handed out: such a backup stays readable for whoever has it.
    public var exported: Bool
    /// The peers that hold a whole copy, as far as was heard since the node started.
    public var mirrors: [String] = []

    public init(
        id: String, createdAt: String, keptUntil: String, path: String, bytes: Int, scheduled: Bool = false,
        exported: Bool = false
    ) {
        self.id = id
        self.createdAt = createdAt
        self.keptUntil = keptUntil
        self.path = path
        self.bytes = bytes
        self.scheduled = scheduled
        self.exported = exported
    }
}

extension Backup {
    public init(reading fields: inout FieldReader) throws {
        id = try fields.required("id")
        createdAt = try fields.required("createdAt")
        keptUntil = try fields.required("keptUntil")
        path = try fields.required("path")
        bytes = try fields.required("bytes")
        scheduled = try fields.value("scheduled", default: false)
        exported = try fields.value("exported", default: false)
        mirrors = try fields.value("mirrors", default: [])
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("id", id)
        fields.put("createdAt", createdAt)
        fields.put("keptUntil", keptUntil)
        fields.put("path", path)
        fields.put("bytes", bytes)
        fields.put("scheduled", scheduled)
        fields.put("exported", exported)
        fields.put("mirrors", mirrors)
    }
}
