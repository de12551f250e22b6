import HiveCore

/// How long the journal of access was when that was last looked at, kept in the database: a journal that was cut off at its
/// end would otherwise look like a shorter one.
struct AccessAnchor: Sendable, Hashable {
    private static let namespace = "access"
    private static let key = Array("end".utf8)

    let chain: AccessChain

    static func load(in transaction: any StoreTransaction) throws -> AccessAnchor? {
        guard let bytes = try transaction.local.value(key, in: namespace) else { return nil }
        let value = try CBORValue(decoding: bytes)
        guard let number = value["number"]?.integer, let hash = value["hash"]?.text else {
            throw StoreError(.corrupt, "the end of the journal of access cannot be read", hint: "restore a backup")
        }
        return AccessAnchor(chain: AccessChain(number: Int(number), hash: hash))
    }

    func save(in transaction: any StoreTransaction) throws {
        let value = CBORValue.map(["number": .integer(Int64(chain.number)), "hash": .text(chain.hash)])
        try transaction.local.set(value.encoded(), for: Self.key, in: Self.namespace)
    }
}
