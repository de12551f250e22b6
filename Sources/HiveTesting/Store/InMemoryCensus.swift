import HiveCore

/// Counts in memory.
struct InMemoryCensus: MemoryCensus {
    let transaction: InMemoryTransaction

    func totals(in scopes: [ScopeID], now: Timestamp) throws -> CensusTotals {
        let entries = transaction.state.entries.values.filter { scopes.contains($0.address.scope) }
        var totals = CensusTotals()
        totals.expired = entries.count { Self.isExpired($0, now) }
        totals.memories = entries.count - totals.expired
        totals.bytes = entries.reduce(0) { $0 + Int64($1.text.utf8.count) }
        totals.oldest = entries.map(\.created).min()
        totals.newest = entries.map(\.updated).max()
        totals.contested = transaction.state.documents.values.count {
            $0.isContested && EngramKind($0.kind) != nil && scopes.contains($0.address.scope)
        }
        return totals
    }

    func counts(
        of property: CensusProperty, in scopes: [ScopeID], now: Timestamp, limit: Int
    ) throws -> [CensusCount] {
        var counts: [String?: Int] = [:]
        for entry in transaction.state.entries.values
        where scopes.contains(entry.address.scope) && !Self.isExpired(entry, now) {
            for value in Self.values(of: property, entry) { counts[value, default: 0] += 1 }
        }
        return counts.map { CensusCount(value: $0.key, count: $0.value) }
            .sorted { $0.count != $1.count ? $0.count > $1.count : ($0.value ?? "") < ($1.value ?? "") }
            .prefix(limit).map(\.self)
    }

    func unindexed(in scopes: [ScopeID]) throws -> [DocumentAddress] {
        transaction.state.documents.values.filter {
            EngramKind($0.kind) != nil && scopes.contains($0.address.scope)
                && transaction.state.entries[$0.address] == nil
        }.map(\.address).sorted()
    }

    private static func isExpired(_ entry: IndexEntry, _ now: Timestamp) -> Bool {
        entry.expires.map { $0 <= now } ?? false
    }

    private static func values(of property: CensusProperty, _ entry: IndexEntry) -> [String?] {
        switch property {
        case .kind: [String(entry.kind.rawValue)]
        case .scope: [entry.address.scope.digest.hex]
        case .category: [entry.category]
        case .agent: [entry.agent]
        case .facet(let name): Set(entry.facets.filter { $0.name == name }.map(\.value)).map(\.self)
        }
    }
}
