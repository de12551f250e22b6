import HiveCore

/// A mark on disk that bytes were dropped and the store has not been scrubbed since.
enum ScrubMark {
    private static let namespace = "node"
    private static let key = Array("scrub-due".utf8)

    static func set(in transaction: any StoreTransaction) throws {
        try transaction.local.set([1], for: key, in: namespace)
    }

    static func isSet(in transaction: any StoreTransaction) throws -> Bool {
        try transaction.local.value(key, in: namespace) != nil
    }

    static func clear(in transaction: any StoreTransaction) throws {
        try transaction.local.set(nil, for: key, in: namespace)
    }
}
