/// Where copies of this node's backups are, and what this node keeps for others.
public struct MirrorReport: JSONRecord {
    /// The peers that are to keep copies, and others that said to hold some.
    public var peers: [MirrorPeer]
    public var held: [HeldMirrors]
    /// How much room there is for the backups of others, in bytes; nil where none are taken.
    public var maximumBytes: Int?

    public init(peers: [MirrorPeer] = [], held: [HeldMirrors] = [], maximumBytes: Int? = nil) {
        self.peers = peers
        self.held = held
        self.maximumBytes = maximumBytes
    }
}

extension MirrorReport {
    public init(reading fields: inout FieldReader) throws {
        peers = try fields.value("peers", default: [])
        held = try fields.value("held", default: [])
        maximumBytes = try fields.optional("maximumBytes")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("peers", peers)
        fields.put("held", held)
        fields.putIfPresent("maximumBytes", maximumBytes)
    }
}

/// A peer and what it holds of this node's backups, as it last said since this node started.
public struct MirrorPeer: JSONRecord {
    /// Its id, or what the configuration calls it where no single member is called so.
    public var node: String
    public var name: String?
    /// How many of the newest backups it is to keep.
    public var copies: Int
    public var connected: Bool
    public var backups: [MirroredBackup]
    /// Why there are fewer than there should be.
    public var problem: String?

    public init(
        node: String, name: String? = nil, copies: Int, connected: Bool, backups: [MirroredBackup] = [],
        problem: String? = nil
    ) {
        self.node = node
        self.name = name
        self.copies = copies
        self.connected = connected
        self.backups = backups
        self.problem = problem
    }
}

extension MirrorPeer {
    public init(reading fields: inout FieldReader) throws {
        node = try fields.required("node")
        name = try fields.optional("name")
        copies = try fields.required("copies")
        connected = try fields.required("connected")
        backups = try fields.value("backups", default: [])
        problem = try fields.optional("problem")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("node", node)
        fields.putIfPresent("name", name)
        fields.put("copies", copies)
        fields.put("connected", connected)
        fields.put("backups", backups)
        fields.putIfPresent("problem", problem)
    }
}

/// A copy of a backup.
public struct MirroredBackup: JSONRecord {
    public var id: String
    public var createdAt: String
    public var keptUntil: String
    /// The size of the file.
    public var bytes: Int
    /// How much of it is there.
    public var heldBytes: Int
    /// Whether it is all there, was checked and can be fetched.
    public var whole: Bool

    public init(id: String, createdAt: String, keptUntil: String, bytes: Int, heldBytes: Int, whole: Bool) {
        self.id = id
        self.createdAt = createdAt
        self.keptUntil = keptUntil
        self.bytes = bytes
        self.heldBytes = heldBytes
        self.whole = whole
    }
}

extension MirroredBackup {
    public init(reading fields: inout FieldReader) throws {
        id = try fields.required("id")
        createdAt = try fields.required("createdAt")
        keptUntil = try fields.required("keptUntil")
        bytes = try fields.required("bytes")
        heldBytes = try fields.required("heldBytes")
        whole = try fields.required("whole")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("id", id)
        fields.put("createdAt", createdAt)
        fields.put("keptUntil", keptUntil)
        fields.put("bytes", bytes)
        fields.put("heldBytes", heldBytes)
        fields.put("whole", whole)
    }
}

/// What this node keeps for another one. It can read none of it.
public struct HeldMirrors: JSONRecord {
    public var node: String
    public var name: String?
    public var backups: Int
    public var bytes: Int

    public init(node: String, name: String? = nil, backups: Int, bytes: Int) {
        self.node = node
        self.name = name
        self.backups = backups
        self.bytes = bytes
    }
}

extension HeldMirrors {
    public init(reading fields: inout FieldReader) throws {
        node = try fields.required("node")
        name = try fields.optional("name")
        backups = try fields.required("backups")
        bytes = try fields.required("bytes")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("node", node)
        fields.putIfPresent("name", name)
        fields.put("backups", backups)
        fields.put("bytes", bytes)
    }
}
