import Foundation
import GRDB
import HiveCore

/// Counts by SQL, so that no memory is read for them.
struct SQLiteCensus: MemoryCensus {
    let database: Database

    func totals(in scopes: [ScopeID], now: Timestamp) throws -> CensusTotals {
        let (condition, arguments) = Self.condition(scopes)
        let time: StatementArguments = [now.milliseconds]
        var totals = CensusTotals()
        try database.each(
            """
            SELECT count(*), count(*) FILTER (WHERE e.expires <= ?), min(e.created), max(e.updated),
                sum(length(CAST(t.text AS BLOB)))
            FROM entries e JOIN texts t ON t.key = e.key WHERE \(condition)
            """, time + arguments
        ) { row in
            totals.expired = row[1]
            totals.memories = row[0] - totals.expired
            totals.oldest = (row[2] as Int64?).map(Timestamp.init(milliseconds:))
            totals.newest = (row[3] as Int64?).map(Timestamp.init(milliseconds:))
            totals.bytes = row[4] as Int64? ?? 0
        }
        totals.contested =
            try database.first(
                "SELECT count(*) FROM documents e WHERE e.contested = 1 AND \(Self.isMemory) AND \(condition)",
                arguments
            ) { $0[0] } ?? 0
        return totals
    }

    func counts(
        of property: CensusProperty, in scopes: [ScopeID], now: Timestamp, limit: Int
    ) throws -> [CensusCount] {
        let (condition, arguments) = Self.condition(scopes)
        var (source, value, names) = ("entries e", "", StatementArguments())
        switch property {
        case .kind: value = "CAST(e.kind AS TEXT)"
        case .scope: value = "lower(hex(e.scope))"
        case .category: value = "e.category"
        case .agent: value = "e.agent"
        case .facet(let name):
            (source, value, names) = ("facets f JOIN entries e ON e.key = f.entry AND f.name = ?", "f.value", [name])
        }
        let sql = """
            SELECT \(value) AS value, count(*) FROM \(source)
            WHERE (e.expires IS NULL OR e.expires > ?) AND \(condition)
            GROUP BY value ORDER BY count(*) DESC, value LIMIT ?
            """
        var counts: [CensusCount] = []
        try database.each(sql, names + [now.milliseconds] + arguments + [limit]) {
            counts.append(CensusCount(value: $0[0], count: $0[1]))
        }
        return counts
    }

    func unindexed(in scopes: [ScopeID]) throws -> [DocumentAddress] {
        let (condition, arguments) = Self.condition(scopes)
        let sql = """
            SELECT e.scope, e.document FROM documents e WHERE \(Self.isMemory) AND \(condition)
                AND NOT EXISTS (SELECT 1 FROM entries i WHERE i.scope = e.scope AND i.document = e.document)
            ORDER BY e.scope, e.document
            """
        var addresses: [DocumentAddress] = []
        try database.each(sql, arguments) { row in
            guard let scope = Digest(bytes: try row.bytes(0)), let document = DocumentID(bytes: try row.bytes(1))
            else { throw StoreError(.corrupt, "a document has no address", hint: SQLiteStore.recovery) }
            addresses.append(DocumentAddress(scope: ScopeID(scope), document: document))
        }
        return addresses
    }

    private static let isMemory =
        "e.kind IN (\(EngramKind.allCases.map { String($0.document.column) }.joined(separator: ", ")))"

    private static func condition(_ scopes: [ScopeID]) -> (String, StatementArguments) {
        let marks = Array(repeating: "?", count: scopes.count).joined(separator: ", ")
        return ("e.scope IN (\(marks))", StatementArguments(scopes.map(\.digest.data)))
    }
}
