/// Where a node keeps what must last. Synchronous and single-writer: threads belong to the shell.
///
/// A `write` that returns is on disk (fsync); one that throws has changed nothing. Reads see the last committed
/// write and never wait for a writer.
public protocol Store: Sendable {
    func read<Result>(_ work: (any StoreTransaction) throws -> Result) throws -> Result
    func write<Result>(_ work: (any StoreTransaction) throws -> Result) throws -> Result
}

/// One transaction, through its facets. Valid only inside the closure that it was handed to.
public protocol StoreTransaction {
    var logs: any LogStore { get }
    var documents: any DocumentStore { get }
    var index: any SearchIndex { get }
    var local: any LocalStore { get }
    var census: any MemoryCensus { get }
    /// Runs work that, where it throws, leaves no trace in the transaction around it.
    func savepoint<Result>(_ work: () throws -> Result) throws -> Result
}

/// Why a store could not do what it was asked.
public struct StoreError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What went wrong, as a word that programs may hold on to.
    public struct Code: RawRepresentable, Sendable, Hashable {
        public let rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }

        /// The disk has no room; reads go on, and writes again once there is room.
        public static let full = Code(rawValue: "disk_full")
        /// The bytes on disk are not what was written.
        public static let corrupt = Code(rawValue: "store_corrupt")
        /// Another process holds the data directory.
        public static let busy = Code(rawValue: "store_busy")
        /// Something that must be there is not.
        public static let missing = Code(rawValue: "store_missing")
        /// The disk did not keep a promise; the process must end, since what is on disk is unknown.
        public static let unknownOutcome = Code(rawValue: "store_unknown_outcome")
        /// A write did not continue its log, or was asked of a read.
        public static let misuse = Code(rawValue: "store_misuse")
        /// The database is encrypted, and no key was given.
        public static let sealed = Code(rawValue: "store_sealed")
        /// Any other failure of the engine beneath.
        public static let failed = Code(rawValue: "store_failed")
    }

    public let code: Code
    public let message: String
    public let hint: String

    public init(_ code: Code, _ message: String, hint: String = "") {
        self.code = code
        self.message = message
        self.hint = hint
    }

    public var description: String { hint.isEmpty ? message : "\(message); \(hint)" }
}
