/// Where copies of other nodes' backups are kept, and backups of one's own that are fetched back. Nothing of what is in
/// them can be read here: backups are encrypted by keys that stay with their owners.
public protocol MirrorShelf: Sendable {
    /// All that is here, halves as well.
    func all() throws -> [MirrorHolding]
    /// Makes room for a backup or finds what is there of it already, and answers how far it is.
    ///
    /// - Parameter limit: how many bytes all owners' backups may take, by the sizes that they will have; nil for no limit.
    /// - Throws: `full` where there is no room for it.
    func begin(_ offer: MirrorOffer, of owner: NodeID, limit: Int?) throws -> MirrorHolding
    /// Adds what follows the bytes that are there. Answers with how many there are now.
    func append(_ bytes: [UInt8], at offset: Int, to name: MirrorName) throws -> Int
    /// Whether all bytes are there and are the right ones: then it is on disk and counts, else what is here of it goes.
    ///
    /// - Parameter path: where the file is put instead of staying here; nothing may be there.
    func finish(_ name: MirrorName, to path: String?) throws -> Bool
    /// Bytes of a backup that is whole. Throws `missing` for any other.
    func read(_ name: MirrorName, at offset: Int, count: Int) throws -> [UInt8]
    /// Removes what is here of it.
    func drop(_ name: MirrorName) throws
}

/// A backup of a node.
public struct MirrorName: Sendable, Hashable {
    public let owner: NodeID
    /// 16 hexadecimal digits.
    public let id: String

    public init(owner: NodeID, id: String) {
        self.owner = owner
        self.id = id
    }
}

/// A backup file as its owner describes it.
public struct MirrorOffer: Sendable, Hashable {
    /// 16 hexadecimal digits.
    public let id: String
    /// In bytes, at least one.
    public let size: Int
    /// The SHA-256 of the whole file.
    public let digest: Digest
    public let created: Timestamp
    /// When the owner destroys its key: from then on nobody needs a copy.
    public let keptUntil: Timestamp

    public init(id: String, size: Int, digest: Digest, created: Timestamp, keptUntil: Timestamp) {
        self.id = id
        self.size = size
        self.digest = digest
        self.created = created
        self.keptUntil = keptUntil
    }

    /// Whether a text can be the id of a backup. Ids name files, so nothing else may pass.
    public static func isID(_ text: String) -> Bool {
        text.utf8.count == 16 && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }
}

/// What is held of a backup.
public struct MirrorHolding: Sendable, Hashable {
    public let owner: NodeID
    public let offer: MirrorOffer
    /// How many bytes are there.
    public let held: Int
    /// Whether all are there and were found right.
    public let isWhole: Bool
    public var name: MirrorName { MirrorName(owner: owner, id: offer.id) }

    public init(owner: NodeID, offer: MirrorOffer, held: Int, isWhole: Bool) {
        self.owner = owner
        self.offer = offer
        self.held = held
        self.isWhole = isWhole
    }
}
