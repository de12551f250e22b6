import Foundation
import GRDB
public import HiveCore

/// The store on SQLite: WAL, one writer, concurrent readers, and every commit on disk before it is answered.
public final class SQLiteStore: Store {
    let pool: DatabasePool
    /// The database file.
    public let path: String

    /// Opens or creates the database. Throws a `StoreError`: `corrupt` with how to recover, `failed` where the
    /// durability that Hive promises cannot be had.
    public init(path: String) throws {
        self.path = path
        do {
            let isNew = !FileManager.default.fileExists(atPath: path)
            pool = try DatabasePool(path: path, configuration: Self.configuration)
            try Schema.migrate(pool)
            try Self.demandDurability(pool)
            if !isNew { try Self.demandIntegrity(pool) }
        } catch {
            throw StoreError(error, path: path)
        }
    }

    private static var configuration: Configuration {
        var configuration = Configuration()
        configuration.label = "hive.store"
        configuration.busyMode = .timeout(5)
        configuration.maximumReaderCount = 4
        configuration.prepareDatabase { database in
            try database.execute(sql: "PRAGMA cache_size = -16000")
            try database.execute(sql: "PRAGMA trusted_schema = OFF")
        }
        return configuration
    }

    /// GRDB sets `synchronous` to NORMAL when it turns WAL on, after `prepareDatabase`; so it is set here, and read
    /// back, since an answer before the disk has it would be a lie.
    private static func demandDurability(_ pool: DatabasePool) throws {
        let level = try pool.writeWithoutTransaction { database in
            try database.execute(sql: "PRAGMA synchronous = FULL")
            #if canImport(Darwin)
                try database.execute(sql: "PRAGMA fullfsync = ON")
                try database.execute(sql: "PRAGMA checkpoint_fullfsync = ON")
            #endif
            return try Int.fetchOne(database, sql: "PRAGMA synchronous")
        }
        guard level == 2 else {
            throw StoreError(.failed, "the database does not accept synchronous=FULL", hint: "check the SQLite build")
        }
    }

    private static func demandIntegrity(_ pool: DatabasePool) throws {
        let problems = try pool.read { try String.fetchAll($0, sql: "PRAGMA quick_check(1)") }
        guard problems == ["ok"] else {
            throw StoreError(
                .corrupt, "the database is damaged: \(problems.first ?? "no answer")", hint: Self.recovery)
        }
    }

    static let recovery =
        "restore a backup, or move the database away and let this node fetch everything from its peers again"

    public func read<Result>(_ work: (any StoreTransaction) throws -> Result) throws -> Result {
        try translating {
            try pool.unsafeReentrantRead { try work(SQLiteTransaction($0)) }
        }
    }

    public func write<Result>(_ work: (any StoreTransaction) throws -> Result) throws -> Result {
        try translating {
            try pool.write { try work(SQLiteTransaction($0)) }
        }
    }

    /// The level that commits are made durable with: 2 is FULL.
    public func synchronousLevel() throws -> Int {
        try translating { try pool.writeWithoutTransaction { try Int.fetchOne($0, sql: "PRAGMA synchronous") ?? -1 } }
    }

    /// Moves the whole WAL into the database and empties it, so that what was dropped is gone from both.
    public func truncateLog() throws {
        try translating { _ = try pool.writeWithoutTransaction { try $0.checkpoint(.truncate) } }
    }

    /// Leaves one file, and closes all connections; nothing may be read or written afterwards.
    public func close() throws {
        try truncateLog()
        try translating { try pool.close() }
    }

    private func translating<Result>(_ work: () throws -> Result) throws -> Result {
        do { return try work() } catch let error as DatabaseError { throw StoreError(error, path: path) }
    }
}
