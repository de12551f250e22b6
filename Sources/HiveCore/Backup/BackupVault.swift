/// Where a node's backups and their keys are kept. Every backup has a key of its own, so that it can be made unreadable
/// wherever its copies are, by destroying that key.
public protocol BackupVault: Sendable {
    /// Writes a checked, encrypted copy of the whole node; it is there whole and on disk, or not at all. May take long.
    func make(_ order: BackupOrder) throws -> BackupRecord
    /// The backups whose keys are there, newest first.
    func records() throws -> [BackupRecord]
    /// The line of text that is a backup's key; from then on its record says that it was handed out.
    func exportKey(of id: String) throws -> String
    /// Destroys the key of a backup, and its file where the schedule made it.
    func destroy(_ id: String) throws
    /// Bytes of a backup's file as it lies on the disk. Throws `missing` where the file is gone or another one's.
    func read(_ id: String, at offset: Int, count: Int) throws -> [UInt8]
}

/// A backup that is wanted.
public struct BackupOrder: Sendable, Hashable {
    /// Nil for a name of its own in the configured directory.
    public var path: String?
    public var now: Timestamp
    public var keptUntil: Timestamp
    public var isScheduled: Bool

    public init(path: String?, now: Timestamp, keptUntil: Timestamp, isScheduled: Bool) {
        self.path = path
        self.now = now
        self.keptUntil = keptUntil
        self.isScheduled = isScheduled
    }
}

/// What is remembered of a backup beside its key.
public struct BackupRecord: Sendable, Hashable {
    public let id: String
    public let created: Timestamp
    public let keptUntil: Timestamp
    public let path: String
    /// The size of the file in bytes.
    public let size: Int
    public let isScheduled: Bool
    public var isExported: Bool

    public init(
        id: String, created: Timestamp, keptUntil: Timestamp, path: String, size: Int, isScheduled: Bool,
        isExported: Bool
    ) {
        self.id = id
        self.created = created
        self.keptUntil = keptUntil
        self.path = path
        self.size = size
        self.isScheduled = isScheduled
        self.isExported = isExported
    }
}

/// The documents that were erased, remembered outside of the database, so that a restored copy of it does not bring
/// them back.
public protocol ErasureList: Sendable {
    /// Adds what is not there yet; on disk when it returns.
    func note(_ erasures: [Erasure]) throws
    /// Nil where nothing was ever noted, not even that there was nothing.
    func all() throws -> [Erasure]?
}

/// A document that was erased, and from when its bytes may go, in Unix milliseconds. Nothing of what it said.
public struct Erasure: Sendable, Hashable {
    public let address: DocumentAddress
    public let due: Int64

    public init(address: DocumentAddress, due: Int64) {
        self.address = address
        self.due = due
    }
}
