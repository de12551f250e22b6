import HiveAPI
import HiveCore

/// Finds scopes by the names that people use.
struct ScopeLookup {
    let foundings: [ScopeFounding]
    private let permit: Permit
    /// As it was, with the laws that are evaluated by now.
    private let replica: Replica

    /// The scopes that this node holds, its own and those whose law names it, as far as the request at hand may read
    /// them. The gate of all reads: what stands in other scopes is found by nobody.
    init(
        _ replica: inout Replica, _ transaction: any StoreTransaction, within permit: Permit = Access.current.permit
    ) throws {
        let node = replica.identity.node
        self.permit = permit
        var held: [ScopeFounding] = []
        for founding in try replica.foundings(in: transaction) where permit.mayRead(founding.name.description) {
            let isOwn = founding.name.kind == .instance
            if try isOwn || replica.authority(of: founding.scope, in: transaction).role(of: node) != nil {
                held.append(founding)
            }
        }
        foundings = held
        self.replica = replica
    }

    /// A document as the policies show it where writes disagree.
    func showing(_ state: DocumentState, in transaction: any StoreTransaction) throws -> DocumentState {
        var replica = replica
        return try replica.showing(state, in: transaction)
    }

    /// The values that stand side by side in a field, with what policies look at.
    func candidates(
        for field: DocumentState.Field, of state: DocumentState, in transaction: any StoreTransaction
    ) throws -> [ConflictCandidate] {
        var replica = replica
        return try replica.candidates(for: field, of: state, in: transaction)
    }

    /// The policy for a field that writes disagree about.
    func policy(
        of field: DocumentState.Field, of state: DocumentState, in transaction: any StoreTransaction
    ) throws -> ConflictPolicy {
        try replica.conflictPolicy(of: field, of: state, in: transaction) ?? .newest
    }

    /// The rank of a node in a scope; the highest number for those that its law does not name.
    func rank(of node: NodeID, in scope: ScopeID, _ transaction: any StoreTransaction) throws -> UInt64 {
        var replica = replica
        return try replica.authority(of: scope, in: transaction).members[node]?.rank ?? .max
    }

    var policies: ConflictPolicies { replica.conflictPolicies }

    var scopes: [ScopeID] { foundings.map(\.scope) }

    /// Whether what stands in a scope may be shown.
    func shows(_ scope: ScopeID) -> Bool { !permit.isLimited || foundings.contains { $0.scope == scope } }

    func name(of scope: ScopeID) -> String {
        foundings.first { $0.scope == scope }?.name.description ?? scope.short
    }

    /// The scope with a name, or whose id begins so; nil where this node holds none. Throws where the name is no name, or
    /// names two scopes.
    func find(_ text: String) throws(HiveError) -> ScopeFounding? {
        guard let name = ScopeName(text) else {
            if let founding = try find(id: text) { return founding }
            throw HiveError(
                .unknownScope, "`\(text)` is no scope",
                hint: "use instance, agent:NAME, collective:NAME or universal")
        }
        // Said of every scope that is out of reach, whether there is such a one or not.
        guard permit.mayRead(name.description) else {
            throw HiveError(
                .forbidden, "this token does not reach the scope `\(text)`", hint: "ask the operator for another token")
        }
        let found = foundings.filter { $0.name == name }
        guard found.count <= 1 else {
            let list = found.map { "\($0.scope.short) founded by \($0.founder.short)" }.joined(separator: ", ")
            throw HiveError(.ambiguous, "`\(text)` names \(found.count) scopes: \(list)", hint: "name one by its id")
        }
        return found.first
    }

    /// The scope whose id begins with these hexadecimal digits, 6 at least.
    private func find(id text: String) throws(HiveError) -> ScopeFounding? {
        guard text.count >= 6, text.allSatisfy(\.isHexDigit) else { return nil }
        let found = foundings.filter { $0.scope.description.hasPrefix(text.lowercased()) }
        guard found.count <= 1 else {
            let list = found.map { "\($0.scope) (\($0.name))" }.joined(separator: ", ")
            throw HiveError(.ambiguous, "`\(text)` begins the ids of several scopes: \(list)", hint: "give more digits")
        }
        return found.first
    }

    func require(_ text: String) throws(HiveError) -> ScopeFounding {
        guard let founding = try find(text) else {
            throw HiveError(
                .unknownScope, "this node holds no scope `\(text)`",
                hint: "it holds \(foundings.map(\.name.description).joined(separator: ", "))")
        }
        return founding
    }
}
