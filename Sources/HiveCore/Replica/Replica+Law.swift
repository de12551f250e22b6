/// Scopes and who may do what in them.
extension Replica {
    /// Remembers a scope, so that its logs can be taken in. Foundings check themselves: the scope is their hash.
    public func learn(_ founding: ScopeFounding, in transaction: any StoreTransaction) throws {
        try transaction.local.set(
            founding.encoded(), for: founding.scope.digest.bytes, in: LocalNamespace.scopes)
    }

    /// The founding of a scope that this node has heard of.
    public func founding(of scope: ScopeID, in transaction: any StoreTransaction) throws -> ScopeFounding? {
        if scope == identity.instance.scope { return identity.instance }
        guard let bytes = try transaction.local.value(scope.digest.bytes, in: LocalNamespace.scopes) else { return nil }
        return try ScopeFounding(decoding: bytes)
    }

    /// Every scope of this hive that this node has heard of, its own instance scope first.
    public func foundings(in transaction: any StoreTransaction) throws -> [ScopeFounding] {
        let known = try transaction.local.values(in: LocalNamespace.scopes, after: nil, limit: .max)
            .map { try ScopeFounding(decoding: $0.value) }
        return [identity.instance] + known.filter { $0.hive == identity.hive }.sorted { $0.scope < $1.scope }
    }

    /// The law of a scope, evaluated once and kept until it changes.
    public mutating func authority(of scope: ScopeID, in transaction: any StoreTransaction) throws -> Authority {
        if let law = laws[scope] { return law.authority }
        guard let founding = try founding(of: scope, in: transaction) else {
            throw ReplicaError(.unknownScope, "scope \(scope.short) is not known here")
        }
        var operations: [LawOperation] = []
        for row in try transaction.logs.rows(.scope(scope)) where row.descriptor.stream == .law {
            let stored = try transaction.logs.operations(.range(row.id, from: 1, through: row.size))
            operations += stored.compactMap { statement(of: $0, in: row.descriptor) }
        }
        operations += try branchEvidence(of: scope, in: transaction)
        let law = Law(operations: operations, authority: Authority(founding: founding, operations: operations))
        laws[scope] = law
        return law.authority
    }

    /// What an operation says about the law, if it does.
    func statement(of operation: Operation, in descriptor: LogDescriptor) -> LawOperation? {
        if operation.header.kind == .evidence, !defences.stands(.branchesAreVoid) { return nil }
        return LawOperation(operation, of: descriptor, verifier: verifier)
    }

    /// The operations that make a scope: its founding, as the first operation of its law.
    public static func foundingDraft(_ founding: ScopeFounding) -> Draft {
        let document = DocumentID.derived(
            kind: DocumentKind.scopeFounding.rawValue, key: founding.scope.digest.bytes, generation: 0)
        return Draft(
            .scopeFounding, at: DocumentAddress(scope: founding.scope, document: document),
            changes: [.set(LawField.statement, .bytes(founding.encoded()))])
    }

    /// States what a node may do in a scope.
    public static func grantDraft(_ grant: Grant, in scope: ScopeID) -> Draft {
        Draft(
            .grant, at: DocumentAddress(scope: scope, document: Grant.document(for: grant.node)), resolves: true,
            changes: [.set(LawField.statement, grant.value)])
    }

    /// States that a log was forked. Needs no grant: the proof is in it.
    public static func evidenceDraft(_ evidence: ForkEvidence) -> Draft {
        Draft(
            .evidence, at: DocumentAddress(scope: evidence.descriptor.scope, document: evidence.document),
            resolves: true, changes: [.set(LawField.statement, evidence.value)])
    }

    /// Adds statements that were stored to the scope's law. Returns the law as it was before, where it changed.
    mutating func extendLaw(
        of scope: ScopeID, with operations: [LawOperation], in transaction: any StoreTransaction
    ) throws -> Authority? {
        guard !operations.isEmpty, var law = laws[scope] else { return nil }
        let known = Set(law.operations.map(\.dot))
        law.operations += operations.filter { !known.contains($0.dot) }
        let before = law.authority
        law.authority = Authority(founding: before.founding, operations: law.operations)
        laws[scope] = law
        return law.authority == before ? nil : before
    }
}
