import Foundation
import GRDB
import HiveCore

/// What is demanded of a database before anything is read from it.
extension SQLiteStore {
    /// How to go on after damage.
    static let recovery =
        "restore a backup, or move the database away and let this node fetch everything from its peers again"

    /// Files up to this size are checked whole when they are opened, larger ones in the tables that say what there is.
    private static let wholeCheckLimit: UInt64 = 256 << 20

    /// GRDB sets `synchronous` to NORMAL when it turns WAL on, after `prepareDatabase`; so it is set here, and read
    /// back, since an answer before the disk has it would be a lie.
    static func demandDurability(of pool: DatabasePool) throws {
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

    /// Every page of a small file; of a large one the schema and the rows of logs, local values and documents waiting:
    /// reading all of it would take longer than a start may. `hivectl verify` checks the rest.
    static func demandIntegrity(of pool: DatabasePool) throws {
        let problems = try pool.read { database in
            let pages = try Int64.fetchOne(database, sql: "PRAGMA page_count") ?? 0
            let pageSize = try Int64.fetchOne(database, sql: "PRAGMA page_size") ?? 0
            guard UInt64(pages * pageSize) > wholeCheckLimit else {
                return try String.fetchAll(database, sql: "PRAGMA quick_check(1)")
            }
            let tables = ["sqlite_schema", "logs", "checkpoints", "local", "waiting"]
            return try tables.flatMap { try String.fetchAll(database, sql: "PRAGMA quick_check(\($0))") }
        }
        guard let problem = problems.first(where: { $0 != "ok" }) else { return }
        guard !isUnread(problem) else {
            throw StoreError(
                .failed, "the disk did not read a page of the database: \(problem)",
                hint: "check the disk, then start again; the database itself may be whole")
        }
        throw StoreError(.corrupt, "the database is damaged: \(problem)", hint: recovery)
    }

    /// Whether a check failed at reading a page, which says nothing of what the page holds. The check is told of that by
    /// a number in a sentence only.
    private static func isUnread(_ problem: String) -> Bool {
        guard let found = problem.range(of: "error code="),
            let code = Int32(problem[found.upperBound...].prefix { $0.isNumber })
        else { return false }
        return code & 0xFF == ResultCode.SQLITE_IOERR.rawValue
    }

    /// Refuses a database that lacks commits which were answered; else begins a new count. The whole WAL goes into the
    /// database first, so that the count is there even where the next WAL is lost entirely.
    static func beginCounting(_ pool: DatabasePool, path: String) throws -> CommitWitness {
        let file = path + "-commits"
        let left = try CommitWitness.lastMark(at: file)
        let stored = try pool.read { try commitMark(in: $0) }
        if let missing = left?.commitsMissing(in: stored), missing > 0 {
            throw StoreError(
                .corrupt,
                "the end of the log `\(path)-wal` is gone, and with it \(missing) commits that were answered",
                hint: "\(recovery); to go on without them in a new life, delete `\(file)`")
        }
        let epoch = (0..<CommitMark.epochLength).map { _ in UInt8.random(in: .min ... .max) }
        let isUnwitnessed = stored != nil && left?.epoch != stored?.epoch
        let mark = CommitMark(epoch: epoch, count: 0, isDoubtful: isUnwitnessed || left?.isDoubtful ?? false)
        try pool.write { database in
            try database.execute(sql: "DELETE FROM commits")
            try database.execute(sql: "INSERT INTO commits (epoch, count) VALUES (?, 0)", arguments: [Data(epoch)])
        }
        _ = try pool.writeWithoutTransaction { try $0.checkpoint(.truncate) }
        return try CommitWitness(path: file, mark: mark)
    }

    /// The count that the last opening left in the database; nil after a clean stop.
    private static func commitMark(in database: Database) throws -> CommitMark? {
        try Row.fetchOne(database, sql: "SELECT epoch, count FROM commits").map { row in
            CommitMark(epoch: try row.bytes(0), count: UInt64(row[1] as Int64))
        }
    }

    /// Counts a commit as part of it.
    static func countCommit(in database: Database) throws -> UInt64? {
        try database.first("UPDATE commits SET count = count + 1 RETURNING count", []) { UInt64($0[0] as Int64) }
    }
}
