import HiveCore

/// How often a memory was of use on this node, and when: soft state in the local store. It is not logged and leaves no
/// trace in any other node; what is to last of it goes into the memory itself.
struct UseRecord: Sendable, Hashable {
    /// More than 0.
    let count: Int64
    let first: Timestamp
    let last: Timestamp

    private static let namespace = "uses"

    /// Nil where nobody ever reported a use.
    static func load(_ address: DocumentAddress, in transaction: any StoreTransaction) throws -> UseRecord? {
        guard let bytes = try transaction.local.value(key(address), in: namespace) else { return nil }
        let value = try CBORValue(decoding: bytes)
        guard let count = value["count"]?.integer, let first = value["first"]?.integer,
            let last = value["last"]?.integer
        else { throw StoreError(.corrupt, "the uses of a memory cannot be read", hint: "restore a backup") }
        return UseRecord(
            count: count, first: Timestamp(milliseconds: first), last: Timestamp(milliseconds: last))
    }

    /// Counts uses of a memory.
    static func note(
        _ times: Int, of address: DocumentAddress, at now: Timestamp, in transaction: any StoreTransaction
    ) throws -> UseRecord {
        let known = try load(address, in: transaction)
        let (sum, isTooMany) = (known?.count ?? 0).addingReportingOverflow(Int64(times))
        let record = UseRecord(
            count: isTooMany ? .max : sum, first: known?.first ?? now, last: max(known?.last ?? now, now))
        let value = CBORValue.map([
            "count": .integer(record.count), "first": .integer(record.first.milliseconds),
            "last": .integer(record.last.milliseconds),
        ])
        try transaction.local.set(value.encoded(), for: key(address), in: namespace)
        return record
    }

    /// Forgets that a memory was ever used.
    static func remove(_ address: DocumentAddress, in transaction: any StoreTransaction) throws {
        try transaction.local.set(nil, for: key(address), in: namespace)
    }

    private static func key(_ address: DocumentAddress) -> [UInt8] {
        address.scope.digest.bytes + address.document.bytes
    }
}
