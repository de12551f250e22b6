import Foundation
import GRDB
public import HiveCore

/// The store on SQLite: WAL, one writer, concurrent readers, and every commit on disk before it is answered.
///
/// Beside the database lies `PATH-commits` while the store is open (see `CommitWitness`).
public final class SQLiteStore: Store {
    let pool: DatabasePool
    /// The database file.
    public let path: String
    /// Nil where the database is plain.
    let cipher: StoreCipher?
    /// The search index of an encrypted database; nil where it lies in the file.
    let memoryIndex: MemoryIndex?
    private let frequencies = WordFrequencies()
    private let witness: CommitWitness

    /// Opens or creates the database, and encrypts or decrypts it where it is not as `protection` demands. Throws a
    /// `StoreError`: `corrupt` with how to recover, `sealed` for an encrypted database without its cipher, `failed` where
    /// the durability that Hive promises cannot be had.
    public init(path: String, protection: StoreProtection = .plain) throws {
        self.path = path
        let cipher = protection.cipher
        self.cipher = cipher
        do {
            if protection.isPlain { try StoreProtection.demandPlain(path) }
            let pool = try DatabasePool(path: path, configuration: Self.configuration(isPlain: protection.isPlain))
            self.pool = pool
            try Self.demandDurability(of: pool)
            try Self.demandIntegrity(of: pool)
            // The writer's is larger: a batch that does not fit into it would be written twice.
            try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA cache_size = -16000") }
            try Schema.migrate(pool)
            try protection.enforce(on: pool)
            witness = try Self.beginCounting(pool, path: path)
            memoryIndex = try cipher.map { try MemoryIndex(of: pool, sealedBy: $0) }
        } catch {
            throw StoreError(error, path: path)
        }
    }

    private static func configuration(isPlain: Bool) -> Configuration {
        var configuration = Configuration()
        configuration.label = "hive.store"
        configuration.busyMode = .timeout(5)
        configuration.maximumReaderCount = 4
        configuration.prepareDatabase { database in
            // In KiB, for each connection: the system's cache stands behind it.
            try database.execute(sql: "PRAGMA cache_size = -4000")
            try database.execute(sql: "PRAGMA trusted_schema = OFF")
            try database.execute(sql: "PRAGMA secure_delete = ON")
            try SQLiteSearchIndex.addRanking(to: database)
            // What SQLite puts aside must not lie in a file of its own.
            if !isPlain { try database.execute(sql: "PRAGMA temp_store = MEMORY") }
        }
        return configuration
    }

    public func read<Result>(_ work: (any StoreTransaction) throws -> Result) throws -> Result {
        try translating {
            try pool.unsafeReentrantRead { database in
                let transaction = transaction(on: database, mayWrite: false)
                if database.isInsideTransaction { return try work(transaction) }
                return try Self.transaction(.deferred, on: database) { try work(transaction) }
            }
        }
    }

    private func transaction(on database: Database, mayWrite: Bool) -> SQLiteTransaction {
        SQLiteTransaction(
            database, path: path, cipher: cipher, memoryIndex: memoryIndex, frequencies: frequencies, mayWrite: mayWrite
        )
    }

    public func write<Result>(_ work: (any StoreTransaction) throws -> Result) throws -> Result {
        try write(work, beforeOthers: {})
    }

    /// A write with something to do once it is on disk and before any other write begins. Where that throws, the
    /// write stands.
    func write<Result>(
        _ work: (SQLiteTransaction) throws -> Result, beforeOthers finish: () throws -> Void
    ) throws -> Result {
        do {
            return try translating {
                try pool.writeWithoutTransaction { database in
                    var count: UInt64?
                    let transaction = self.transaction(on: database, mayWrite: true)
                    let result = try Self.transaction(.immediate, on: database) {
                        let changes = database.totalChangesCount
                        let result = try work(transaction)
                        try cipher?.chargeSeals(in: database)
                        if database.totalChangesCount != changes { count = try Self.countCommit(in: database) }
                        return result
                    }
                    if let count { witness.note(count) }
                    memoryIndex?.make(transaction.indexChanges)
                    try finish()
                    return result
                }
            }
        } catch let error as StoreError where error.code == .unknownOutcome {
            witness.setDoubt(true)
            throw error
        }
    }

    private static func transaction<Result>(
        _ kind: Database.TransactionKind, on database: Database, _ work: () throws -> Result
    ) throws -> Result {
        var outcome: Swift.Result<Result, any Error>?
        try database.inTransaction(kind) {
            outcome = .success(try work())
            return .commit
        }
        guard let outcome else { throw StoreError(.failed, "a transaction ended without an outcome") }
        return try outcome.get()
    }

    /// The level that commits are made durable with: 2 is FULL.
    public func synchronousLevel() throws -> Int {
        try translating { try pool.writeWithoutTransaction { try Int.fetchOne($0, sql: "PRAGMA synchronous") ?? -1 } }
    }

    /// Leaves no trace of what was dropped before: full-text segments are merged into one without deleted words, and
    /// the WAL goes into the database and is emptied. Takes time in proportion to the index.
    public func scrub() throws {
        try translating {
            try pool.writeWithoutTransaction { database in
                try database.execute(sql: "INSERT INTO words (words) VALUES ('optimize')")
                _ = try database.checkpoint(.truncate)
            }
        }
    }

    /// Leaves one file, and closes all connections; nothing may be read or written afterwards.
    public func close() throws {
        let isInDoubt = lacksWitness
        try translating {
            if !isInDoubt { try pool.write { try $0.execute(sql: "DELETE FROM commits") } }
            _ = try pool.writeWithoutTransaction { try $0.checkpoint(.truncate) }
            try pool.close()
        }
        if !isInDoubt { witness.remove() }
    }

    /// True where nothing witnesses that this database holds all that was answered: the disk failed, or the stop was
    /// not clean and the count beside the database is not that of its last opening. Until a lease is renewed.
    package var lacksWitness: Bool { witness.isInDoubt }

    /// A new lease begins a new life, to which the old doubt is nothing.
    func settleDoubt() { witness.setDoubt(false) }

    func translating<Result>(_ work: () throws -> Result) throws -> Result {
        do { return try work() } catch let error as DatabaseError { throw StoreError(error, path: path) }
    }
}
