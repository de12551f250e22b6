import Foundation
import GRDB
import HiveCore

/// Counts of an encrypted store: what is indexed in memory, what is known of documents on disk.
struct SealedCensus: MemoryCensus {
    let transaction: SQLiteTransaction
    let memory: MemoryIndex

    func totals(in scopes: [ScopeID], now: Timestamp) throws -> CensusTotals {
        var totals = try ask { try SQLiteCensus(database: $0.database).totals(in: scopes, now: now) }
        totals.contested = try onDisk.totals(in: scopes, now: now).contested
        return totals
    }

    func counts(
        of property: CensusProperty, in scopes: [ScopeID], now: Timestamp, limit: Int
    ) throws -> [CensusCount] {
        try ask { try SQLiteCensus(database: $0.database).counts(of: property, in: scopes, now: now, limit: limit) }
    }

    /// On disk nothing is indexed, so all memories there are asked for in the index.
    func unindexed(in scopes: [ScopeID]) throws -> [DocumentAddress] {
        let all = try onDisk.unindexed(in: scopes)
        return try ask { index in try all.filter { try !index.contains($0) } }
    }

    private var onDisk: SQLiteCensus { SQLiteCensus(database: transaction.database) }

    private func ask<Answer>(_ question: (SQLiteSearchIndex) throws -> Answer) throws -> Answer {
        try memory.ask(after: transaction.indexChanges, question)
    }
}

extension SQLiteSearchIndex {
    func contains(_ address: DocumentAddress) throws -> Bool {
        try database.first(
            "SELECT 1 FROM entries WHERE scope = ? AND document = ?",
            [address.scope.digest.data, Data(address.document.bytes)]
        ) { _ in true } ?? false
    }
}
