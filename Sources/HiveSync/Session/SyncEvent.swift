public import HiveCore

/// What happens to a session. Times are in milliseconds of the node's own clock and never run backwards.
public enum SyncEvent: Sendable, Hashable {
    /// The connection stands.
    case opened
    case received(SyncMessage)
    /// What was asked for with `summarize`.
    case summarized(ExchangeView)
    /// What was asked for with `load`; nil where there is nothing, or nothing that this peer may have.
    case loaded(LogID, LogRange?, LoadPurpose)
    /// A range that was handed over with `commit` is on disk.
    case committed(LogHead, lawChanged: Bool)
    /// A range was refused; nothing changed.
    case rejected(LogID, RejectionCause, held: UInt64)
    /// Logs of this node grew: by its own writes, or by what another peer sent.
    case grew([LogHead])
    /// Logs grew, and the overlay does not want them pushed to this peer.
    case noted([LogHead])
    /// What the overlay wants said.
    case overlay(OverlayWish)
    /// What was asked for with `loadBlob`; nil where it is not here or not for this peer.
    case blobLoaded(SyncMessage.BlobAddress, [UInt8]?)
    /// What was asked for with `seekBlobs`, and where the next page begins.
    case blobsMissing([SyncMessage.BlobAddress], next: Digest?)
    /// A blob that was handed over with `commitBlob` was taken or found wrong.
    case blobCommitted
    /// What came of a `fork` directive.
    case fork(ForkEvent)
    /// Blobs arrived here, from whomever.
    case blobsArrived(Set<Digest>)
    case tick
    /// Somebody asked for a sync.
    case nudged
}

/// Why a range is loaded.
public enum LoadPurpose: Sendable, Hashable {
    /// It was asked for, and so much of it is taken.
    case answer(Credit)
    case push

    public var credit: Credit {
        switch self {
        case .answer(let credit): credit
        case .push: .standard
        }
    }
}

/// Why a range was refused.
public struct RejectionCause: Sendable, Hashable {
    public let code: String
    public let message: String
    /// Whether the sender is to blame; if not, the range may be asked for again later.
    public let isFault: Bool

    public init(code: String, message: String, isFault: Bool) {
        self.code = code
        self.message = message
        self.isFault = isFault
    }
}

/// What a session wants done. The shell does it and reports back with events.
public enum SyncDirective: Sendable, Hashable {
    case send(SyncMessage)
    /// Find out what may be exchanged with this peer, own logs signed up to their ends.
    case summarize
    /// Fetch operations of a log for this peer, if it may have them.
    case load(LogID, from: UInt64, LoadPurpose)
    /// Verify and store a range, then report.
    case commit(LogRange)
    /// Remember a scope of this hive that the peer named.
    case learn(ScopeFounding)
    /// Fetch a blob for this peer, if it may have it.
    case loadBlob(SyncMessage.BlobAddress)
    /// Find some blobs that are missing here and that this peer may have.
    case seekBlobs(after: Digest?, limit: Int)
    /// Store a blob if it is what was wanted, then report.
    case commitBlob(SyncMessage.BlobAddress, [UInt8])
    /// Something about a log with two histories.
    case fork(ForkRequest)
    /// The peer has this on disk.
    case acknowledged([LogHead])
    /// The peer introduced itself.
    case introduced(SyncMessage.Hello)
    /// There is so much of a log to come: operations, and about how many bytes.
    case planned(LogID, operations: UInt64, bytes: UInt64)
    /// The peer pushed what was here already.
    case duplicate(ScopeID, LogID)
    /// The peer has these and did not push them.
    case announced(ScopeID, [LogHead])
    /// The peer wants to be pushed to in a scope, or not to be.
    case grafted(ScopeID)
    case pruned(ScopeID)
    /// The peer says where others are.
    case heardOf([SyncMessage.KnownPeer])
    /// Both hold the same: all of these.
    case converged([LogHead])
    /// End the connection; the peer is told why.
    case close(code: String, message: String)
}
