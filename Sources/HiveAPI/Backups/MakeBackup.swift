/// Asks for a backup.
public struct MakeBackup: JSONRecord {
    /// The whole path of the file on the node's machine; nil for a name of its own in the configured directory.
    public var path: String?

    public init(path: String? = nil) { self.path = path }
}

extension MakeBackup {
    public init(reading fields: inout FieldReader) throws { path = try fields.optional("path") }
    public func write(to fields: inout FieldWriter) { fields.putIfPresent("path", path) }
}

/// The key of one backup, for somebody who keeps it elsewhere.
public struct BackupKey: JSONRecord {
    public var id: String
    /// What a key file holds: one line of text.
    public var key: String

    public init(id: String, key: String) {
        self.id = id
        self.key = key
    }
}

extension BackupKey {
    public init(reading fields: inout FieldReader) throws {
        id = try fields.required("id")
        key = try fields.required("key")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("id", id)
        fields.put("key", key)
    }
}
