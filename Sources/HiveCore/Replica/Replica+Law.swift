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
        let law = try Law(
            of: founding, besides: try branchEvidence(of: scope, in: transaction), in: transaction,
            parse: statement)
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

    /// Adds what operations that were stored say to the scope's law. Returns the law as it was before, where it changed.
    mutating func extendLaw(with operations: [Operation], of descriptor: LogDescriptor) -> Authority? {
        guard var law = laws[descriptor.scope] else { return nil }
        let said = operations.compactMap { statement(of: $0, in: descriptor) }
        let known = said.isEmpty ? [] : Set(law.operations.map(\.dot))
        let statements = said.filter { !known.contains($0.dot) }
        law.operations += statements
        var isNews = !statements.isEmpty
        for operation in operations where law.acknowledged.add(operation, of: descriptor) { isNews = true }
        guard isNews else { return nil }
        let before = law.authority
        law.authority = Authority(
            founding: before.founding, operations: law.operations, acknowledged: law.acknowledged)
        laws[descriptor.scope] = law
        return law.authority == before ? nil : before
    }
}

extension Replica.Law {
    /// Reads and evaluates what is stored of a scope's law.
    ///
    /// - Parameter parse: what an operation of the law stream states, if it states anything.
    init(
        of founding: ScopeFounding, besides others: [LawOperation] = [], in transaction: any StoreTransaction,
        parse: (Operation, LogDescriptor) -> LawOperation?
    ) throws {
        operations = others
        acknowledged = Acknowledged()
        for row in try transaction.logs.rows(.scope(founding.scope)) {
            let said = DocumentAddress(scope: founding.scope, document: Acknowledgement.document(for: row.id))
            for operation in try transaction.logs.operations(.document(said)) where operation.dot.log == row.id {
                acknowledged.add(operation, of: row.descriptor)
            }
            guard row.descriptor.stream == .law else { continue }
            let stored = try transaction.logs.operations(.range(row.id, from: 1, through: row.size))
            operations += stored.compactMap { parse($0, row.descriptor) }
        }
        authority = Authority(founding: founding, operations: operations, acknowledged: acknowledged)
    }
}
