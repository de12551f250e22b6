/// When a node makes backups by itself, and how long each can be read.
public struct BackupPolicy: Sendable, Hashable {
    /// Seconds between two; nil for none but those that are asked for.
    public var interval: Int64?
    /// How many of its own a node leaves.
    public var keep = 7
    /// Seconds until the key of a backup is destroyed.
    public var retention: Int64 = 30 * 24 * 3600
    /// Where backups go that are fetched back and named nowhere else; nil where there is no such directory.
    public var directory: String?
    /// Which peers are to keep copies.
    public var mirrors: [MirrorRequest] = []
    /// Whose backups are kept here; nil for nobody's.
    public var accepts: AcceptedMirrors?

    public init() {}
}

/// A peer that is to keep copies of backups.
public struct MirrorRequest: Sendable, Hashable {
    /// Its name, or its id or the beginning of it.
    public var peer: String
    /// How many of the newest.
    public var copies: Int

    public init(peer: String, copies: Int) {
        self.peer = peer
        self.copies = copies
    }
}

/// Whose backups a node keeps.
public struct AcceptedMirrors: Sendable, Hashable {
    /// How much room all of them may take.
    public var maximumBytes: Int
    /// Names, or ids or the beginnings of them; nil for all members of the hive.
    public var peers: [String]?

    public init(maximumBytes: Int, peers: [String]? = nil) {
        self.maximumBytes = maximumBytes
        self.peers = peers
    }
}
