import Foundation
import GRDB
import HiveCore

/// The full-text index on FTS5, with the columns and facets that filters are made by.
struct SQLiteSearchIndex: HiveCore.SearchIndex {
    let database: Database
    /// Shared by all who search the same tables.
    var frequencies = WordFrequencies()

    func put(_ entry: IndexEntry) throws {
        try remove(entry.address)
        try database.run(
            """
            INSERT INTO entries (scope, document, kind, category, agent, created, updated, expires, confidence)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                entry.address.scope.digest.data, Data(entry.address.document.bytes), entry.kind.column,
                entry.category.map(WordQuery.text), entry.agent.map(WordQuery.text), entry.created.milliseconds,
                entry.updated.milliseconds, entry.expires?.milliseconds, entry.confidence,
            ])
        let key = database.lastInsertedRowID
        let text = WordQuery.text(entry.text)
        let bigrams = WordQuery.bigrams(of: text)
        let facets = Set(entry.facets).sorted()
        try database.run(
            "INSERT INTO texts (key, text, bigrams, facets) VALUES (?, ?, ?, ?)",
            [key, text, bigrams, Data(FacetList.encode(facets))])
        try database.run("INSERT INTO words (rowid, text, bigrams) VALUES (?, ?, ?)", [key, text, bigrams])
        for facet in facets {
            try database.run(
                "INSERT OR IGNORE INTO facets (name, value, entry) VALUES (?, ?, ?)",
                [WordQuery.text(facet.name), WordQuery.text(facet.value), key])
        }
    }

    func remove(_ address: DocumentAddress) throws {
        let old = try database.first(
            """
            SELECT e.key, t.text, t.bigrams, t.facets FROM entries e JOIN texts t ON t.key = e.key
            WHERE e.scope = ? AND e.document = ?
            """, [address.scope.digest.data, Data(address.document.bytes)]
        ) { row in
            let facets = try row.decode(3, as: "the facets of an entry", FacetList.decode)
            return (key: row[0] as Int64, text: row[1] as String, bigrams: row[2] as String, facets: facets)
        }
        guard let old else { return }
        try database.run(
            "INSERT INTO words (words, rowid, text, bigrams) VALUES ('delete', ?, ?, ?)",
            [old.key, old.text, old.bigrams])
        for facet in old.facets {
            try database.run(
                "DELETE FROM facets WHERE name = ? AND value = ? AND entry = ?",
                [WordQuery.text(facet.name), WordQuery.text(facet.value), old.key])
        }
        try database.run("DELETE FROM texts WHERE key = ?", [old.key])
        try database.run("DELETE FROM entries WHERE key = ?", [old.key])
    }

    func count() throws -> Int {
        try database.first("SELECT count(*) FROM entries", []) { $0[0] } ?? 0
    }

    func removeAll() throws {
        try database.run("INSERT INTO words (words) VALUES ('delete-all')", [])
        for table in ["facets", "texts", "entries"] { try database.run("DELETE FROM \(table)", []) }
    }
}

/// The facets of an entry as the bytes that a removal finds them by.
enum FacetList {
    static func encode(_ facets: [Facet]) -> [UInt8] {
        CBORValue.array(facets.flatMap { [.text($0.name), .text($0.value)] }).encoded()
    }

    static func decode(_ bytes: [UInt8]) throws(CBORError) -> [(name: String, value: String)] {
        guard case .array(let parts) = try CBORValue(decoding: bytes) else { return [] }
        return stride(from: 0, to: parts.count - 1, by: 2).map {
            (name: parts[$0].text ?? "", value: parts[$0 + 1].text ?? "")
        }
    }
}
