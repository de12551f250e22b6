import HiveCore
import HiveSync

/// One connection's share of what nodes say of the present.
struct SoftLink: Sendable {
    private let desk: SoftDesk
    private let connection: any PeerConnection
    private let board: PeerBoard
    private var peer: NodeID { connection.peerKey.nodeID }
    /// A slow connection loses the oldest: the next state under a key says all that the one before said.
    private static let waiting = 8

    init(desk: SoftDesk, connection: any PeerConnection, board: PeerBoard) {
        self.desk = desk
        self.connection = connection
        self.board = board
    }

    /// A message arrived; never waits.
    func take(_ states: [SoftState]) { desk.take(states, from: peer) }

    /// Runs until cancelled, or until nothing can be sent any more.
    func run() async {
        let (outbox, mail) = AsyncStream.makeStream(
            of: SyncMessage.self, bufferingPolicy: .bufferingNewest(Self.waiting))
        let number = desk.connected(peer) { mail.yield($0) }
        defer { desk.disconnected(peer, number: number) }
        for await message in outbox {
            let bytes = message.encoded()
            board.sent(peer, bytes: bytes.count)
            // The conversation beside this one ends with the connection, and this one with that.
            do { try await connection.send(bytes, lane: message.lane) } catch { return }
        }
    }
}
