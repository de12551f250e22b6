import HiveAPI
import HiveCore

/// One page of records that have some facets, the last changed first.
struct RecordList {
    let facets: [Facet]
    let scope: String?
    let limit: Int
    let cursor: String?
    /// How many hits are looked at in one go where some of them may be passed over.
    private static let batch = 200

    /// The query for the whole list. Throws where limit, cursor or scope make no sense.
    func query(_ view: RecordView, text: String? = nil) throws -> SearchQuery {
        guard MemoryLimits.page.contains(limit) else {
            throw HiveError(.invalidInput, "`limit` must lie between 1 and 1000, not at \(limit)")
        }
        var query = SearchQuery(text: text, limit: limit + 1)
        if let cursor {
            guard let offset = Int(cursor), (0...(1 << 40)).contains(offset) else {
                throw HiveError(.invalidInput, "`\(cursor)` is no cursor", hint: "use `next` of an earlier answer")
            }
            query.offset = offset
        }
        query.facets = facets
        query.scopes = try scope.map { [try view.view.lookup.require($0).scope] } ?? view.view.lookup.scopes
        query.now = view.now
        return query
    }

    /// The page. What `show` answers with nil is passed over.
    func page<Item: JSONRepresentable & Hashable>(
        _ view: RecordView, _ show: (DocumentState) throws -> Item?
    ) throws -> Page<Item> {
        var query = try query(view)
        query.limit = Self.batch
        var items: [Item] = []
        while true {
            let hits = try view.view.transaction.index.search(query)
            for (place, hit) in hits.enumerated() {
                guard let state = try view.view.transaction.documents.state(hit.address), let item = try show(state)
                else { continue }
                if items.count == limit { return Page(items: items, next: String(query.offset + place)) }
                items.append(item)
            }
            guard hits.count == Self.batch else { return Page(items: items) }
            query.offset += Self.batch
        }
    }
}
