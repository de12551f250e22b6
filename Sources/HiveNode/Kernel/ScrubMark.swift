import HiveCore

/// A mark on disk that bytes were dropped and the store has not been scrubbed since.
///
/// No two marks are the same: a scrub takes away the mark that it began with and none that was set meanwhile, whose bytes
/// it may have missed.
enum ScrubMark {
    private static let namespace = "node"
    private static let key = Array("scrub-due".utf8)

    static func set(in context: inout WriteContext) throws {
        let mark = Incarnation(using: &context.random).bytes
        try context.transaction.local.set(mark, for: key, in: namespace)
    }

    /// Nil where there is nothing to scrub.
    static func current(in transaction: any StoreTransaction) throws -> [UInt8]? {
        try transaction.local.value(key, in: namespace)
    }

    /// Does nothing where another mark was set since.
    static func clear(_ mark: [UInt8], in transaction: any StoreTransaction) throws {
        guard try current(in: transaction) == mark else { return }
        try transaction.local.set(nil, for: key, in: namespace)
    }
}
