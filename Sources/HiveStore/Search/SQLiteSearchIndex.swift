import Foundation
import GRDB
import HiveCore

/// The full-text index on FTS5, with the columns that filters are made by.
struct SQLiteSearchIndex: HiveCore.SearchIndex {
    let database: Database

    func put(_ entry: IndexEntry) throws {
        try remove(entry.address)
        let text = WordQuery.text(entry.text)
        let bigrams = WordQuery.bigrams(of: text)
        try database.run(
            """
            INSERT INTO entries (scope, document, kind, category, agent, created, updated, expires, text, bigrams)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                entry.address.scope.digest.data, Data(entry.address.document.bytes), entry.kind.column,
                entry.category.map(WordQuery.text), entry.agent.map(WordQuery.text), entry.created.milliseconds,
                entry.updated.milliseconds, entry.expires?.milliseconds, text, bigrams,
            ])
        let key = database.lastInsertedRowID
        for tag in entry.tags {
            try database.run("INSERT OR IGNORE INTO tags (entry, tag) VALUES (?, ?)", [key, WordQuery.text(tag)])
        }
        try database.run("INSERT INTO words (rowid, text, bigrams) VALUES (?, ?, ?)", [key, text, bigrams])
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
        var (source, score, order) = ("entries e", "0.0", "")
        if let text = query.text {
            guard let match = WordQuery.match(text) else { return [] }
            (source, score, order) = ("words JOIN entries e ON e.key = words.rowid", "-bm25(words)", "score DESC, ")
            filter.require("words MATCH ?", [match])
        }
        let sql = """
            SELECT e.scope, e.document, \(score) AS score FROM \(source) WHERE \(filter.condition)
            ORDER BY \(order)e.updated DESC, e.scope, e.document LIMIT ? OFFSET ?
            """
        var hits: [SearchHit] = []
        let page: StatementArguments = [max(0, query.limit), max(0, query.offset)]
        try database.each(sql, filter.arguments + page) { row in
            guard let scope = Digest(bytes: try row.bytes(0)), let document = DocumentID(bytes: try row.bytes(1))
            else { throw StoreError(.corrupt, "an index entry has no address", hint: SQLiteStore.recovery) }
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
                require("e.kind IN (\(Self.marks(kinds.count)))", StatementArguments(kinds.map(\.column)))
            }
            if let category = query.category { require("e.category = ?", [WordQuery.text(category)]) }
            if let agent = query.agent { require("e.agent = ?", [WordQuery.text(agent)]) }
            if let since = query.since { require("e.updated >= ?", [since.milliseconds]) }
            if let until = query.until { require("e.updated < ?", [until.milliseconds]) }
            if let now = query.now { require("(e.expires IS NULL OR e.expires > ?)", [now.milliseconds]) }
            for tag in query.tags {
                require("EXISTS (SELECT 1 FROM tags t WHERE t.entry = e.key AND t.tag = ?)", [WordQuery.text(tag)])
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
