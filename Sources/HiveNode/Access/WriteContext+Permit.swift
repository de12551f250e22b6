import HiveAPI
import HiveCore

/// The gate of all writes: what the request at hand may write, and in whose name.
extension WriteContext {
    /// Throws `forbidden` where a draft lies in a scope that is out of reach, or names another agent than the credential is
    /// bound to.
    mutating func checkPermit(for drafts: [Draft]) throws {
        let permit = Access.current.permit
        guard permit != .everything else { return }
        for draft in drafts { try permit.demand(agent: draft.agent) }
        guard permit.isLimited else { return }
        let foundings = try replica.foundings(in: transaction)
        for scope in Set(drafts.map(\.address.scope)).sorted() {
            let name = foundings.first { $0.scope == scope }?.name.description
            try permit.demandWriting(name ?? scope.short)
        }
    }
}
