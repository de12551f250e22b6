import HiveCore

/// How often a memory was used on this node, and when last. Soft state in the local store, kept by whoever reports uses.
struct MemoryUses: Sendable, Hashable {
    var count = 0
    var last: Timestamp?

    static let namespace = "uses"

    static func key(of address: DocumentAddress) -> [UInt8] { address.scope.digest.bytes + address.document.bytes }

    init() {}

    /// What is kept of a document: a CBOR map with `count` and `last` in Unix milliseconds. None is no use.
    init(of address: DocumentAddress, in transaction: any StoreTransaction) throws {
        guard let bytes = try transaction.local.value(Self.key(of: address), in: Self.namespace) else { return }
        let value = try CBORValue(decoding: bytes)
        count = Int(clamping: value["count"]?.integer ?? 0)
        last = value["last"]?.integer.map(Timestamp.init(milliseconds:))
    }
}
