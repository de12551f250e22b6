public import HiveCore

/// Everything that two nodes say to each other. Every message explains itself: any may be lost, repeated or come late.
public enum SyncMessage: Sendable, Hashable {
    /// Opens a conversation, and is repeated now and then: who is there, and the hash of all that both may read.
    case hello(Hello)
    /// The answer to a hello whose hash is the same here.
    case helloAck(digest: Digest)
    /// Where hashes differ: the hash of every stream that both may read.
    case have([StreamDigest])
    /// The logs of one stream.
    case logs(ScopeID, HiveCore.Stream, [LogHead])
    /// Of a stream of many logs the hashes of its buckets, one after the other.
    case buckets(ScopeID, HiveCore.Stream, [UInt8])
    /// Some logs of a stream: nothing is said of the others.
    case bucketLogs(ScopeID, HiveCore.Stream, [LogHead])
    /// Asks for operations of a log, from a number on, as many as the credit allows.
    case syncRequest(LogID, from: UInt64, credit: Credit = .standard)
    /// How much there is to come of a log: operations, and about how many bytes.
    case plan(LogID, operations: UInt64, bytes: UInt64)
    /// The log was looked through up to this number, and nothing of it is for the receiver.
    case cursor(LogID, UInt64)
    /// Operations that were asked for.
    case syncResponse(LogRange)
    /// What is on disk here.
    case syncAck([LogHead])
    /// Operations that nobody asked for: they have just been written.
    case push(LogRange)
    case blobRequest(BlobAddress)
    case blob(BlobAddress, [UInt8])
    case joinRequest(JoinRequest)
    case joinResponse(JoinResponse)
    case joinRefusal(code: String, message: String)
    /// Says goodbye and why.
    case leave(code: String, message: String)
    case ping(UInt64)
    case pong(UInt64)
    /// Tells of documents whose siblings differ. Informs only.
    case conflictNotification([DocumentAddress])
    /// Tells of documents whose conflict was settled. Informs only.
    case conflictResolution([DocumentAddress])
    /// About copies of backups.
    case mirror(MirrorMessage)
    /// Who pushes what to whom, and who is where.
    case overlay(OverlayMessage)
    /// About logs with two histories.
    case fork(ForkMessage)
    /// What nodes say of the present. It is in no log.
    case soft([SoftState])

    /// What opens a conversation.
    public struct Hello: Sendable, Hashable {
        /// The newest version of the protocol that the sender speaks, and the oldest.
        public let newest: UInt64
        public let oldest: UInt64
        public let hive: HiveID
        public let name: String
        /// Where the sender's peer listener can be reached, or empty.
        public let address: String
        public let digest: Digest
        /// What the sender can do beyond the version, such as `deflate`. Names that are not known are passed over.
        public let features: [String]

        public init(
            versions: (newest: UInt64, oldest: UInt64) = (SyncMessage.version, SyncMessage.oldestVersion),
            hive: HiveID, name: String, address: String, digest: Digest, features: [String] = []
        ) {
            (newest, oldest) = versions
            self.hive = hive
            self.name = name
            self.address = address
            self.digest = digest
            self.features = features
        }
    }

    /// A stream's hash, with the founding that lets a newcomer check whose scope it is.
    public struct StreamDigest: Sendable, Hashable {
        public let founding: ScopeFounding
        public let stream: HiveCore.Stream
        public let digest: Digest

        public init(founding: ScopeFounding, stream: HiveCore.Stream, digest: Digest) {
            self.founding = founding
            self.stream = stream
            self.digest = digest
        }
    }

    /// A blob and the document whose holders may have it.
    public struct BlobAddress: Sendable, Hashable {
        public let hash: Digest
        public let document: DocumentAddress

        public init(hash: Digest, document: DocumentAddress) {
            self.hash = hash
            self.document = document
        }
    }

    /// Asks to become part of a hive, with the secret of an invitation.
    public struct JoinRequest: Sendable, Hashable {
        public let secret: [UInt8]
        public let name: String
        public let address: String

        public init(secret: [UInt8], name: String, address: String) {
            self.secret = secret
            self.name = name
            self.address = address
        }
    }

    /// Welcomes a node: the hive it belongs to now, and the scopes it was given.
    public struct JoinResponse: Sendable, Hashable {
        public let hive: HiveFounding
        public let name: String
        public let scopes: [ScopeFounding]
        /// Other members and where they can be reached.
        public let peers: [KnownPeer]

        public init(hive: HiveFounding, name: String, scopes: [ScopeFounding], peers: [KnownPeer]) {
            self.hive = hive
            self.name = name
            self.scopes = scopes
            self.peers = peers
        }
    }

    /// Where a node can be reached.
    public struct KnownPeer: Sendable, Hashable {
        public let key: PublicKey
        public let name: String
        public let address: String

        public init(key: PublicKey, name: String, address: String) {
            self.key = key
            self.name = name
            self.address = address
        }
    }

    /// The version of the protocol that this code speaks.
    public static let version: UInt64 = 1
    /// The oldest version that it still speaks. Version 0 had no features in a hello, no credit, cursors and buckets.
    public static let oldestVersion: UInt64 = 0

    /// The lane that a message travels on. What changes the law of a scope, such as a revocation, waits for nothing.
    public var lane: Lane {
        switch self {
        case .push(let range): range.descriptor.stream == .law ? .emergency : .live
        case .syncResponse, .blob, .mirror, .fork(.branch): .bulk
        default: .control
        }
    }
}
