import Foundation
import GRDB
import HiveCore

/// An empty replica gets everything of a full one, verified, merged and on disk: memories, which are indexed, and then
/// messages, which are not. Beside it, the rows of its log and its documents are put into SQLite by themselves, into the same
/// tables and with as many in a transaction.
struct Bootstrap {
    let folder: String
    let count: Int

    func run() throws -> [String: Double] {
        var found = try fillEmptyPeer(folder: folder + "/indexed", indexed: true)
        let bare = try fillEmptyPeer(folder: folder + "/bare", indexed: false)
        found["barePerSecond"] = bare["perSecond"]
        found["bareSQLitePerSecond"] = bare["sqlitePerSecond"]
        return found
    }

    private func fillEmptyPeer(folder: String, indexed: Bool) throws -> [String: Double] {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let (first, second, scope) = try BenchReplica.pair(folder: folder)
        try first.fill(count, in: scope, indexed: indexed)
        let rest = ProcessMemory.resident
        var conversation = Conversation()
        let duration = try ContinuousClock().measure { try conversation.run(first, second) }
        let operations = try second.operations()
        guard try first.operations() == operations else { throw Trouble(description: "not everything arrived") }
        let rows = try plainRows(of: second, folder: folder)
        return [
            "operations": Double(operations), "perSecond": Double(operations) / (duration / .seconds(1)),
            "bytes": Double(conversation.bytes), "bytesEach": Double(conversation.bytes) / Double(operations),
            "roundTrips": conversation.roundTrips, "bodyBytesEach": Double(rows.bodyBytes) / Double(operations),
            "peakAboveRestMiB": conversation.peak - rest, "sqlitePerSecond": rows.perSecond,
        ]
    }

    private static let tables = ["operations", "documents"]
    private static let perCommit = 1024

    private func plainRows(
        of replica: BenchReplica, folder: String
    ) throws -> (perSecond: Double, bodyBytes: Int) {
        let source = try DatabaseQueue(path: replica.path)
        let target = try DatabasePool(path: folder + "/plain.db")
        try target.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
        var duration = Duration.zero
        var (operations, bodyBytes) = (0, 0)
        for table in Self.tables {
            let statements = try source.read {
                try String.fetchAll(
                    $0, sql: "SELECT sql FROM sqlite_master WHERE tbl_name = ? AND sql IS NOT NULL", arguments: [table])
            }
            try target.write { for statement in statements { try $0.execute(sql: statement) } }
            let rows = try source.read { try Row.fetchAll($0, sql: "SELECT * FROM \(table)").map(Self.values) }
            if table == "operations" {
                operations = rows.count
                let sum = "SELECT sum(length(body)) FROM operations"
                bodyBytes = try source.read { try Int.fetchOne($0, sql: sum) } ?? 0
            }
            duration += try ContinuousClock().measure { try insert(rows, into: table, of: target) }
        }
        return (Double(operations) / (duration / .seconds(1)), bodyBytes)
    }

    private static func values(of row: Row) -> StatementArguments { StatementArguments(row.databaseValues) }

    private func insert(_ rows: [StatementArguments], into table: String, of pool: DatabasePool) throws {
        for start in stride(from: 0, to: rows.count, by: Self.perCommit) {
            try pool.write { database in
                let width = try database.columns(in: table).count
                let places = Array(repeating: "?", count: width).joined(separator: ", ")
                let statement = try database.cachedStatement(sql: "INSERT INTO \(table) VALUES (\(places))")
                for row in rows[start..<min(rows.count, start + Self.perCommit)] {
                    try statement.execute(arguments: row)
                }
            }
        }
    }
}
