/// How far this node and its peers are apart.
public struct SyncStatus: JSONRecord {
    public var peers: [PeerSync]
    public var lastSync: String?
    /// Operations stored here that some peer has not acknowledged.
    public var pending: Int
    public var conflicts: Int
    /// Operations stored here that wait for others before they show.
    public var invisible: Int
    /// Large values that documents here refer to and that have not arrived.
    public var missingBlobs: Int

    public init(
        peers: [PeerSync] = [], lastSync: String? = nil, pending: Int = 0, conflicts: Int = 0, invisible: Int = 0,
        missingBlobs: Int = 0
    ) {
        self.peers = peers
        self.lastSync = lastSync
        self.pending = pending
        self.conflicts = conflicts
        self.invisible = invisible
        self.missingBlobs = missingBlobs
    }
}

extension SyncStatus {
    public init(reading fields: inout FieldReader) throws {
        peers = try fields.value("peers", default: [])
        lastSync = try fields.optional("lastSync")
        pending = try fields.value("pending", default: 0)
        conflicts = try fields.value("conflicts", default: 0)
        invisible = try fields.value("invisible", default: 0)
        missingBlobs = try fields.value("missingBlobs", default: 0)
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("peers", peers)
        fields.put("lastSync", lastSync)
        fields.put("pending", pending)
        fields.put("conflicts", conflicts)
        fields.put("invisible", invisible)
        fields.put("missingBlobs", missingBlobs)
    }
}
