import Foundation
import GRDB
import HiveCore

/// The full-text index on FTS5, with the columns that filters are made by.
struct SQLiteSearchIndex: HiveCore.SearchIndex {
    let database: Database

    func put(_ entry: IndexEntry) throws {
        try remove(entry.address)
        let bigrams = SearchText.bigrams(of: entry.text)
        try database.run(
            """
            INSERT INTO entries (scope, document, kind, category, agent, created, updated, expires, text, bigrams)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                entry.address.scope.digest.data, Data(entry.address.document.bytes), Int64(entry.kind.rawValue),
                entry.category, entry.agent, entry.created.milliseconds, entry.updated.milliseconds,
                entry.expires?.milliseconds, entry.text, bigrams,
            ])
        let key = database.lastInsertedRowID
        for tag in Set(entry.tags) { try database.run("INSERT INTO tags (entry, tag) VALUES (?, ?)", [key, tag]) }
        try database.run("INSERT INTO words (rowid, text, bigrams) VALUES (?, ?, ?)", [key, entry.text, bigrams])
    }

    func remove(_ address: DocumentAddress) throws {
        let old = try database.first(
            "SELECT key, text, bigrams FROM entries WHERE scope = ? AND document = ?",
            [address.scope.digest.data, Data(address.document.bytes)]
        ) { (key: $0[0] as Int64, text: $0[1] as String, bigrams: $0[2] as String) }
        guard let old else { return }
        try database.run(
            "INSERT INTO words (words, rowid, text, bigrams) VALUES ('delete', ?, ?, ?)",
            [old.key, old.text, old.bigrams])
        try database.run("DELETE FROM tags WHERE entry = ?", [old.key])
        try database.run("DELETE FROM entries WHERE key = ?", [old.key])
    }

    func search(_ query: SearchQuery) throws -> [SearchHit] {
        var filter = Filter(query)
        var source = "entries e"
        var score = "0.0"
        if let text = query.text {
            let terms = SearchText.terms(of: text)
            guard !terms.isEmpty else { return [] }
            let match = terms.map { "\"\($0.replacing("\"", with: "\"\""))\"" }.joined(separator: " OR ")
            source = "words JOIN entries e ON e.key = words.rowid"
            score = "-bm25(words)"
            filter.require("words MATCH ?", [match])
        }
        let sql = """
            SELECT e.scope, e.document, \(score) AS score FROM \(source) WHERE \(filter.condition)
            ORDER BY score DESC, e.updated DESC, e.scope, e.document LIMIT ? OFFSET ?
            """
        var hits: [SearchHit] = []
        let page: StatementArguments = [max(0, query.limit), max(0, query.offset)]
        try database.each(sql, filter.arguments + page) { row in
            guard let scope = Digest(bytes: row.bytes(0)), let document = DocumentID(bytes: row.bytes(1)) else {
                return
            }
            hits.append(
                SearchHit(address: DocumentAddress(scope: ScopeID(scope), document: document), score: row[2]))
        }
        return hits
    }

    func count() throws -> Int {
        try database.first("SELECT count(*) FROM entries", []) { $0[0] } ?? 0
    }

    func removeAll() throws {
        try database.run("INSERT INTO words (words) VALUES ('delete-all')", [])
        try database.run("DELETE FROM tags", [])
        try database.run("DELETE FROM entries", [])
    }

    /// The conditions of a query with their arguments, in step.
    private struct Filter {
        private var conditions = ["1"]
        private(set) var arguments: StatementArguments = []
        var condition: String { conditions.joined(separator: " AND ") }

        init(_ query: SearchQuery) {
            if let scopes = query.scopes {
                require("e.scope IN (\(Self.marks(scopes.count)))", StatementArguments(scopes.map(\.digest.data)))
            }
            if let kinds = query.kinds {
                require("e.kind IN (\(Self.marks(kinds.count)))", StatementArguments(kinds.map { Int64($0.rawValue) }))
            }
            if let category = query.category { require("e.category = ?", [category]) }
            if let agent = query.agent { require("e.agent = ?", [agent]) }
            if let since = query.since { require("e.updated >= ?", [since.milliseconds]) }
            if let until = query.until { require("e.updated < ?", [until.milliseconds]) }
            if let now = query.now { require("(e.expires IS NULL OR e.expires > ?)", [now.milliseconds]) }
            for tag in query.tags {
                require("EXISTS (SELECT 1 FROM tags t WHERE t.entry = e.key AND t.tag = ?)", [tag])
            }
        }

        mutating func require(_ condition: String, _ arguments: StatementArguments) {
            conditions.append(condition)
            self.arguments += arguments
        }

        private static func marks(_ count: Int) -> String {
            Array(repeating: "?", count: count).joined(separator: ", ")
        }
    }
}
