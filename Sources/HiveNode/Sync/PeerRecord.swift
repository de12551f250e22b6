import HiveCore
import HiveSync

/// What a node remembers of another one, whether or not it has been heard lately.
struct PeerRecord: Sendable, Hashable {
    let key: PublicKey
    var name: String
    /// `HOST:PORT` of its peer listener, or empty where it can only be waited for.
    var address: String
    var node: NodeID { key.nodeID }
    var peerAddress: PeerAddress? { PeerAddress(address) }

    static let namespace = "peers"

    func encoded() -> [UInt8] {
        CBORValue.array([.bytes(key.bytes), .text(name), .text(address)]).encoded()
    }

    /// Nil for bytes that are no record.
    init?(decoding bytes: [UInt8]) throws {
        guard case .array(let parts) = try CBORValue(decoding: bytes), parts.count == 3,
            case .bytes(let raw) = parts[0], let key = PublicKey(bytes: raw), let name = parts[1].text,
            let address = parts[2].text
        else { return nil }
        self.init(key: key, name: name, address: address)
    }

    init(key: PublicKey, name: String, address: String) {
        self.key = key
        self.name = name
        self.address = address
    }

    static func all(in transaction: any StoreTransaction) throws -> [PeerRecord] {
        try transaction.local.values(in: namespace, after: nil, limit: .max).compactMap {
            try PeerRecord(decoding: $0.value)
        }
    }

    static func find(_ node: NodeID, in transaction: any StoreTransaction) throws -> PeerRecord? {
        try transaction.local.value(node.digest.bytes, in: namespace).flatMap { try PeerRecord(decoding: $0) }
    }

    static func removeAll(in transaction: any StoreTransaction) throws {
        for entry in try transaction.local.values(in: namespace, after: nil, limit: .max) {
            try transaction.local.set(nil, for: entry.key, in: namespace)
        }
    }

    func save(in transaction: any StoreTransaction) throws {
        try transaction.local.set(encoded(), for: node.digest.bytes, in: Self.namespace)
    }
}
