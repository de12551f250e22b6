import Foundation
import GRDB
import HiveCore

/// Finding: by words, best first, or by filters alone, newest first.
extension SQLiteSearchIndex {
    /// A facet that no more entries have is where a listing begins; a commoner one is only held against each entry.
    private static let rareFacet = 2000

    func search(_ query: SearchQuery) throws -> [SearchHit] {
        guard let text = query.text else { return try list(query) }
        guard query.limit > 0 else { return [] }
        let (terms, entries) = try weigh(text)
        var found: [SearchHit] = []
        // A page begins where those before it end, so that the first steps are always the same.
        var rest = query
        (rest.offset, rest.limit) = (0, query.limit.saturatingAdd(max(0, query.offset)))
        for tier in WordTier.tiers(of: terms.filter { $0.holders > 0 }, among: entries) {
            found += try best(rest, tier) ?? rank(rest, tier)
            rest.limit = query.limit.saturatingAdd(max(0, query.offset)) - found.count
            if rest.limit <= 0 { break }
        }
        return Array(found.dropFirst(max(0, query.offset)))
    }

    /// The hits of a page without words.
    private func list(_ query: SearchQuery) throws -> [SearchHit] {
        let filter = SearchFilter(query)
        var (source, arguments) = ("entries e", StatementArguments())
        if let facet = try rarest(of: query.facets) {
            // CROSS JOIN keeps the order: from the few that have the facet to their entries.
            source = "(SELECT entry FROM facets WHERE name = ? AND value = ?) r CROSS JOIN entries e ON e.key = r.entry"
            arguments = SearchFilter.arguments(facet)
        }
        return try hits(
            """
            SELECT e.scope, e.document, 0.0 FROM \(source) WHERE \(filter.condition)
            ORDER BY e.updated DESC, e.scope, e.document LIMIT ? OFFSET ?
            """, arguments + filter.arguments + [max(0, query.limit), max(0, query.offset)])
    }

    /// The facet that the fewest entries have, if they are few.
    private func rarest(of facets: [Facet]) throws -> Facet? {
        let counted = try facets.map { facet in
            let count = try database.first(
                "SELECT count(*) FROM (SELECT 1 FROM facets WHERE name = ? AND value = ? LIMIT ?)",
                SearchFilter.arguments(facet) + [Self.rareFacet + 1]
            ) { $0[0] as Int }
            return (facet: facet, count: count ?? 0)
        }
        return counted.filter { $0.count <= Self.rareFacet }.min { $0.count < $1.count }?.facet
    }

    /// The first hits of a step, from the best by words alone: only those are held against the filters. Nil where too
    /// few of them pass to be sure that these are right.
    private func best(_ query: SearchQuery, _ tier: WordTier) throws -> [SearchHit]? {
        guard query.limit < 1 << 20 else { return nil }
        let fetched = 2 * query.limit + 50
        let filter = SearchFilter(query)
        var passed: [SearchHit] = []
        var (count, lowest) = (0, Double.infinity)
        try database.each(
            """
            WITH best AS MATERIALIZED (
                SELECT rowid AS key, -hive_bm25(words, ?) AS score FROM words WHERE words MATCH ?
                ORDER BY score DESC LIMIT ?)
            SELECT e.scope, e.document, best.score, (\(filter.condition)) IS TRUE
            FROM best CROSS JOIN entries e ON e.key = best.key
            ORDER BY best.score DESC, e.updated DESC, e.scope, e.document
            """, [tier.weightBytes, tier.match, fetched] + filter.arguments
        ) { row in
            count += 1
            lowest = min(lowest, row[2] as Double)
            if row[3] as Bool { passed.append(try Self.hit(row)) }
        }
        // An entry that was not fetched may tie with the lowest of those that were, and be newer.
        let isSure = count < fetched || (passed.count >= query.limit && passed[query.limit - 1].score > lowest)
        return isSure ? Array(passed.prefix(query.limit)) : nil
    }

    /// The first hits of a step, with every entry that has its words held against the filters.
    private func rank(_ query: SearchQuery, _ tier: WordTier) throws -> [SearchHit] {
        let filter = SearchFilter(query)
        return try hits(
            """
            SELECT e.scope, e.document, -hive_bm25(words, ?) AS score FROM words JOIN entries e ON e.key = words.rowid
            WHERE words MATCH ? AND \(filter.condition)
            ORDER BY score DESC, e.updated DESC, e.scope, e.document LIMIT ?
            """, [tier.weightBytes, tier.match] + filter.arguments + [query.limit])
    }

    private func hits(_ sql: String, _ arguments: StatementArguments) throws -> [SearchHit] {
        var hits: [SearchHit] = []
        try database.each(sql, arguments) { hits.append(try Self.hit($0)) }
        return hits
    }

    /// A row that begins with scope, document and score.
    private static func hit(_ row: Row) throws -> SearchHit {
        guard let scope = Digest(bytes: try row.bytes(0)), let document = DocumentID(bytes: try row.bytes(1)) else {
            throw StoreError(.corrupt, "an index entry has no address", hint: SQLiteStore.recovery)
        }
        return SearchHit(address: DocumentAddress(scope: ScopeID(scope), document: document), score: row[2])
    }
}
