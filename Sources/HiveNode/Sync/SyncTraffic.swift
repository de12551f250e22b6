import HiveCore
import HiveSync
import Synchronization

/// What all connections of a node share: the bandwidth for bulk, and how messages are compressed.
final class SyncTraffic: Sendable {
    let compressor: (any MessageCompressing)?
    private let bucket: Mutex<TokenBucket?>
    private let gate = Mutex(ServingGate())
    private let uptime: @Sendable () -> Int64
    private let sizes = Mutex((plain: UInt64(0), sent: UInt64(0)))

    /// - Parameter bandwidth: bytes of bulk for each second; nil for no limit.
    init(bandwidth: Int64?, compressor: (any MessageCompressing)?, uptime: @escaping @Sendable () -> Int64) {
        self.compressor = compressor
        self.uptime = uptime
        bucket = Mutex(bandwidth.map { TokenBucket(rate: $0) })
    }

    /// Bytes of bulk messages, and how many of them went over the wire.
    var bulkBytes: (plain: UInt64, sent: UInt64) { sizes.withLock { $0 } }

    /// The features that a hello names.
    var features: [String] { compressor == nil ? [] : [CompressedMessage.feature] }

    /// The message as it is sent: shorter, where that is worth while.
    func compressed(_ message: [UInt8]) -> [UInt8] {
        let shorter = message.count < CompressedMessage.smallest ? nil : compressor?.compress(message)
        let sent = shorter.map { CompressedMessage(length: message.count, bytes: $0).encoded() } ?? message
        sizes.withLock { $0 = ($0.plain + UInt64(message.count), $0.sent + UInt64(sent.count)) }
        return sent
    }

    /// The message that a peer sent, whether or not it was compressed.
    func expanded(_ bytes: [UInt8]) throws -> [UInt8] {
        guard let compressor, let message = try CompressedMessage(decoding: bytes) else { return bytes }
        return try compressor.decompress(message.bytes, length: message.length)
    }

    /// Waits until so many bytes of bulk may go.
    func awaitBandwidth(for bytes: Int) async throws {
        let wait = bucket.withLock { $0?.take(bytes, now: uptime()) } ?? 0
        if wait > 0 { try await Task.sleep(for: .milliseconds(wait)) }
    }

    /// Nil where a peer may have much now; else after how many milliseconds it may ask again.
    func admit(_ peer: NodeID) -> Int64? {
        var random = SystemRandomNumberGenerator()
        return gate.withLock { $0.admit(peer, now: uptime(), using: &random) }
    }
}
