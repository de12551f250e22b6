/// Asks for a backup of this node that a peer keeps.
public struct FetchBackup: JSONRecord {
    /// The whole path of the file on the node's machine; nil for a name of its own in the configured directory.
    public var path: String?
    /// The peer's name, or its id or the beginning of it; nil for whoever has it.
    public var from: String?

    public init(path: String? = nil, from: String? = nil) {
        self.path = path
        self.from = from
    }
}

extension FetchBackup {
    public init(reading fields: inout FieldReader) throws {
        path = try fields.optional("path")
        from = try fields.optional("from")
    }

    public func write(to fields: inout FieldWriter) {
        fields.putIfPresent("path", path)
        fields.putIfPresent("from", from)
    }
}

/// A backup that came back from a peer, whole and checked.
public struct FetchedBackup: JSONRecord {
    public var id: String
    public var createdAt: String
    public var path: String
    public var bytes: Int
    /// The id of the peer that kept it.
    public var from: String

    public init(id: String, createdAt: String, path: String, bytes: Int, from: String) {
        self.id = id
        self.createdAt = createdAt
        self.path = path
        self.bytes = bytes
        self.from = from
    }
}

extension FetchedBackup {
    public init(reading fields: inout FieldReader) throws {
        id = try fields.required("id")
        createdAt = try fields.required("createdAt")
        path = try fields.required("path")
        bytes = try fields.required("bytes")
        from = try fields.required("from")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("id", id)
        fields.put("createdAt", createdAt)
        fields.put("path", path)
        fields.put("bytes", bytes)
        fields.put("from", from)
    }
}
