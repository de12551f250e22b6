import HiveAPI
import HiveCore

/// Chooses and pages conflicts as a query asks.
struct ConflictFilter {
    private let query: ConflictQuery
    private let since: Timestamp?

    /// Throws `invalid_input` for a time that is none, and for a cursor of something else.
    init(_ query: ConflictQuery) throws {
        try query.checkLimits()
        self.query = query
        since = try query.since.map { text in
            guard let time = Timestamp(rfc3339: text) else {
                throw HiveError(
                    .invalidInput, "`\(text)` is no time", hint: "write it like 2027-01-15T08:00:00Z")
            }
            return time
        }
    }

    func admits(_ conflict: Conflict) -> Bool {
        let began = Timestamp(rfc3339: conflict.since)
        return query.kind.map { $0 == conflict.kind } ?? true
            && query.scope.map { $0 == conflict.scope } ?? true
            && query.category.map { $0 == conflict.category } ?? true
            && query.escalated.map { $0 == conflict.escalated } ?? true
            && since.map { since in began.map { $0 >= since } ?? false } ?? true
    }

    /// One page of conflicts that are in order of their ids.
    func page(_ conflicts: [Conflict]) throws -> Page<Conflict> {
        var rest = conflicts[...]
        if let cursor = query.cursor {
            guard let bytes = Base64URL.decode(cursor), !bytes.isEmpty else {
                throw HiveError(.invalidInput, "`\(cursor)` is no cursor", hint: "use `next` of an earlier answer")
            }
            let last = String(decoding: bytes, as: UTF8.self)
            rest = rest.drop { $0.id <= last }
        }
        let items = Array(rest.prefix(query.limit ?? rest.count))
        let isLast = items.count == rest.count
        return Page(items: items, next: isLast ? nil : items.last.map { Base64URL.encode(Array($0.id.utf8)) })
    }
}
