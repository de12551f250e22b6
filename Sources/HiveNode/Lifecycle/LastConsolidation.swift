import HiveAPI
import HiveCore

/// When this node last consolidated by itself, and what the last run did; kept in the local store.
struct LastConsolidation {
    /// Nothing that was due before this time is made up for.
    var settled: Timestamp
    /// Without the texts of the summaries.
    var report: ConsolidationReport?

    private static let namespace = "lifecycle"
    private static let key = Array("last-consolidation".utf8)

    static func load(in transaction: any StoreTransaction) throws -> LastConsolidation? {
        guard let bytes = try transaction.local.value(key, in: namespace) else { return nil }
        let value = try JSONValue(parsing: bytes)
        guard case .integer(let settled)? = value["settled"] else { return nil }
        let report = try value["report"].flatMap { $0 == .null ? nil : try ConsolidationReport.lenient($0) }
        return LastConsolidation(settled: Timestamp(milliseconds: settled), report: report)
    }

    func save(in transaction: any StoreTransaction) throws {
        var kept = report
        // What was forgotten or erased since is not to be found here.
        for place in (kept?.summaries ?? []).indices { kept?.summaries[place].text = "" }
        let value: JSONValue = ["settled": .integer(settled.milliseconds), "report": kept?.json ?? .null]
        try transaction.local.set(value.bytes, for: Self.key, in: Self.namespace)
    }
}
