public import HiveAPI
import HiveCore

extension Node: StatisticsService {
    /// Of so many categories and agents the counts are told.
    private static let mostValues = 100

    public func memoryStatistics(as caller: Caller) async throws -> MemoryStatistics {
        try await naming {
            let now = kernel.surroundings.now()
            return try kernel.consult { replica, transaction in
                let lookup = try ScopeLookup(&replica, transaction)
                let census = transaction.census
                let totals = try census.totals(in: lookup.scopes, now: now)
                func counts(_ property: CensusProperty, _ name: (String) -> String = { $0 }) throws -> [String: Int] {
                    let counts = try census.counts(
                        of: property, in: lookup.scopes, now: now, limit: Self.mostValues)
                    return Dictionary(counts.map { ($0.value.map(name) ?? "-", $0.count) }, uniquingKeysWith: +)
                }
                var statuses = try counts(.facet("status"))
                let told = statuses.values.reduce(0, +)
                if told < totals.memories { statuses["-"] = totals.memories - told }
                var (forgotten, erased) = (0, 0)
                for address in try census.unindexed(in: lookup.scopes) {
                    guard let state = try transaction.documents.state(address) else { continue }
                    if state.isErased { erased += 1 } else { forgotten += 1 }
                }
                return MemoryStatistics(
                    memories: totals.memories, byKind: try counts(.kind, Self.kindName),
                    byScope: try counts(.scope) { Self.scopeName($0, lookup) }, byCategory: try counts(.category),
                    byAgent: try counts(.agent), byStatus: statuses, contested: totals.contested,
                    forgotten: forgotten, erased: erased, expired: totals.expired,
                    archived: try counts(.facet("archived"))["true"] ?? 0, textBytes: Int(totals.bytes),
                    unseen: self.meaning?.unseen ?? 0, oldest: totals.oldest?.rfc3339, newest: totals.newest?.rfc3339)
            }
        }
    }

    private static func kindName(_ number: String) -> String {
        UInt64(number).flatMap { EngramKind(DocumentKind(rawValue: $0)) }?.rawValue ?? number
    }

    private static func scopeName(_ digits: String, _ lookup: ScopeLookup) -> String {
        lookup.foundings.first { $0.scope.digest.hex == digits }?.name.description ?? digits
    }
}
