import HiveCore

extension StoreContract {
    /// Counts are of the scopes asked for, leave out what has expired, and miss nothing that the index does not have.
    func censusCounts(_ store: any Store) throws {
        var sample = SampleLog()
        let scope = sample.row.descriptor.scope
        let entries = (1...5).map { Self.counted($0, in: $0 == 5 ? ScopeID(.sha256([9])) : scope) }
        let operation = sample.next(newDocument: true)
        let hidden = DocumentAddress(scope: scope, document: operation.header.document)
        try store.write { transaction in
            for entry in entries { try transaction.index.put(entry) }
            try transaction.documents.save(.opening(with: operation, at: hidden))
        }
        let now = Timestamp(milliseconds: 4000)
        try store.read { transaction in
            let census = transaction.census
            var expected = CensusTotals()
            expected.memories = 3
            expected.expired = 1
            expected.bytes = 4 * 5
            expected.oldest = Timestamp(milliseconds: 1000)
            expected.newest = Timestamp(milliseconds: 4000)
            let totals = try census.totals(in: [scope], now: now)
            try Self.demand(totals == expected, "totals are miscounted: \(totals)")
            let empty = try census.totals(in: [], now: now)
            try Self.demand(empty == CensusTotals(), "what nobody asked for is counted: \(empty)")
            try Self.demand(try census.unindexed(in: [scope]) == [hidden], "what is not indexed is not found")
            func counts(_ property: CensusProperty, limit: Int = 10) throws -> [CensusCount] {
                try census.counts(of: property, in: [scope], now: now, limit: limit)
            }
            let categories = [CensusCount(value: "odd", count: 2), CensusCount(value: nil, count: 1)]
            try Self.demand(try counts(.category) == categories, "categories are miscounted")
            try Self.demand(try counts(.category, limit: 1) == [categories[0]], "a limit does not hold")
            try Self.demand(try counts(.kind) == [CensusCount(value: "34", count: 3)], "kinds are miscounted")
            try Self.demand(
                try counts(.scope) == [CensusCount(value: scope.digest.hex, count: 3)], "scopes are miscounted")
            try Self.demand(try counts(.agent) == [CensusCount(value: "ann", count: 3)], "agents are miscounted")
            let tags = [CensusCount(value: "all", count: 3), CensusCount(value: "first", count: 1)]
            try Self.demand(try counts(.facet("tag")) == tags, "facets are miscounted")
        }
    }

    private static func counted(_ number: Int, in scope: ScopeID) -> IndexEntry {
        let time = Timestamp(milliseconds: Int64(number) * 1000)
        let document = DocumentID.derived(kind: 34, key: [UInt8(number)], generation: 7)
        var entry = IndexEntry(
            address: DocumentAddress(scope: scope, document: document), kind: .semantic, text: "téxt",
            created: time, updated: time)
        entry.category = number.isMultiple(of: 2) ? nil : "odd"
        entry.agent = "ann"
        entry.facets = [.tag("all")] + (number == 1 ? [.tag("first")] : [])
        entry.expires = number == 4 ? time : nil
        return entry
    }

    private static func demand(_ condition: Bool, _ message: String) throws {
        guard condition else { throw ContractViolation(message) }
    }
}
