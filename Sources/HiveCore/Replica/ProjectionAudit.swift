/// Whether every merged document and the number of index entries are what the logs say, found without a change.
public struct ProjectionAudit: Sendable {
    public private(set) var problems: [String] = []

    public init(_ replica: inout Replica, in transaction: any StoreTransaction) throws {
        var stored: [ScopeID: Set<DocumentAddress>] = [:]
        for state in try transaction.documents.list(.all) {
            stored[state.address.scope, default: []].insert(state.address)
        }
        let logged = try Replica.addresses(in: transaction)
        var entries = 0
        for scope in Set(stored.keys).union(logged.keys).sorted() {
            let authority = try replica.authority(of: scope, in: transaction)
            var projector = Projector(transaction: transaction, authority: authority, defences: .standing)
            for address in (stored[scope] ?? []).union(logged[scope] ?? []).sorted() {
                let expected = try projector.merged(address)
                if expected != (try transaction.documents.state(address)) {
                    problems.append("document \(address) is not what its operations say; `verify --rebuild` mends it")
                }
                if let expected, try transaction.indexEntry(of: expected) != nil { entries += 1 }
            }
        }
        let indexed = try transaction.index.count()
        if indexed != entries {
            problems.append("the index has \(indexed) entries for \(entries) memories; `verify --rebuild` mends it")
        }
    }
}
