import HiveCore
public import HiveSync
import Logging
import Synchronization

/// What all links of a node share.
final class SyncShared: Sendable {
    let traffic: SyncTraffic
    let push: PushDesk
    let addresses = AddressBook()
    private let board: PeerBoard
    private let penalties = Mutex(PenaltyBox())
    private let uptime: @Sendable () -> Int64
    private let logger: Logger

    init(kernel: NodeKernel, board: PeerBoard, settings: SyncSettings, logger: Logger) {
        uptime = kernel.surroundings.uptime
        traffic = SyncTraffic(bandwidth: settings.bandwidth, compressor: settings.compressor, uptime: uptime)
        push = PushDesk(kernel: kernel, settings: settings.overlay, logger: logger)
        self.board = board
        self.logger = logger
    }

    /// A peer sent what had to be refused: counted, and too much of it cuts the peer off.
    func fault(of peer: NodeID, code: String) {
        board.faulted(peer, code: code)
        guard penalties.withLock({ $0.fault(of: peer, now: uptime()) }) else { return }
        board.cutOff(peer)
        logger.warning(
            "a peer is cut off for a while: it sent too much that was refused", metadata: ["peer": "\(peer.short)"])
    }

    /// For how many milliseconds a peer stays cut off; nil where it is not.
    func cutOff(_ peer: NodeID) -> Int64? { penalties.withLock { $0.remaining(for: peer, now: uptime()) } }

    /// How many peers are cut off right now.
    var cutOffCount: Int { penalties.withLock { $0.count(now: uptime()) } }
}

/// How a node syncs, as its operator wants it.
public struct SyncSettings: Sendable {
    /// Bytes of bulk that go out for each second, over all peers; nil for no limit.
    public var bandwidth: Int64?
    /// How bulk is made shorter; nil to send it as it is.
    public var compressor: (any MessageCompressing)?
    public var overlay = PushOverlay.Settings()

    public init() {}
}
