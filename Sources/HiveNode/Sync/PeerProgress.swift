import HiveCore
import HiveSync

/// What peers said to have on disk, kept over restarts: a row for each peer and log.
enum PeerProgress {
    private static let namespace = "peer-acks"

    static func load(in transaction: any StoreTransaction) throws -> [NodeID: [LogID: UInt64]] {
        var sizes: [NodeID: [LogID: UInt64]] = [:]
        for entry in try transaction.local.values(in: namespace, after: nil, limit: .max) {
            guard entry.key.count == 2 * Digest.length,
                let peer = Digest(bytes: Array(entry.key.prefix(Digest.length))),
                let log = Digest(bytes: Array(entry.key.suffix(Digest.length))),
                case .unsigned(let size) = try CBORValue(decoding: entry.value)
            else { continue }
            sizes[NodeID(peer), default: [:]][LogID(log)] = size
        }
        return sizes
    }

    static func save(
        _ sizes: [NodeID: [LogID: UInt64]], in transaction: any StoreTransaction
    ) throws {
        for (peer, logs) in sizes {
            for (log, size) in logs {
                try transaction.local.set(
                    CBORValue.unsigned(size).encoded(), for: peer.digest.bytes + log.digest.bytes, in: namespace)
            }
        }
    }
}
