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
            found += try first(rest, tier)
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

    /// The first hits of a step: from the few that are best by words alone, or from all that have them where filters
    /// leave too little of the few.
    private func first(_ query: SearchQuery, _ tier: WordTier) throws -> [SearchHit] {
        if query.limit < 1 << 20, let hits = try first(query, tier, among: 2 * query.limit + 50) { return hits }
        return try first(query, tier, among: .max) ?? []
    }

    /// The first hits among so many that are best by words alone. These are held against the filters one after the other,
    /// until the page is full. Nil where that does not come about and there are others.
    private func first(_ query: SearchQuery, _ tier: WordTier, among most: Int) throws -> [SearchHit]? {
        let filter = SearchFilter(query)
        var passed: [(hit: SearchHit, updated: Int64)] = []
        var (count, isFull) = (0, false)
        // CROSS JOIN keeps the order: from the best to their entries.
        try database.read(
            """
            WITH best AS MATERIALIZED (
                SELECT rowid AS key, -hive_bm25(words, ?) AS score FROM words WHERE words MATCH ?
                ORDER BY score DESC LIMIT ?)
            SELECT e.scope, e.document, best.score, e.updated, (\(filter.condition)) IS TRUE
            FROM best CROSS JOIN entries e ON e.key = best.key
            """, [tier.weightBytes, tier.match, most] + filter.arguments,
            while: { row in
                count += 1
                // One that ties with the last of the page may be newer.
                isFull = passed.count >= query.limit && passed[query.limit - 1].hit.score > row[2] as Double
                if !isFull, row[4] as Bool { passed.append((try Self.hit(row), row[3])) }
                return !isFull
            })
        guard isFull || count < most else { return nil }
        passed.sort { ($1.hit.score, $1.updated, $0.hit.address) < ($0.hit.score, $0.updated, $1.hit.address) }
        return passed.prefix(query.limit).map(\.hit)
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
