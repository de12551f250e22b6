/// What is shown of concurrent values.
extension Replica {
    /// The document as the policies show it. The usual document has no contested field and comes back as it is.
    public mutating func showing(
        _ state: DocumentState, in transaction: any StoreTransaction
    ) throws -> DocumentState {
        let contested = state.isErased ? [] : state.contestedFields
        guard !contested.isEmpty else { return state }
        var values: [FieldID: ShownValue] = [:]
        for field in contested {
            values[field.id] = try shownValue(of: field, among: field.state.siblings, of: state, in: transaction)
        }
        return values.isEmpty ? state : state.showing(values)
    }

    /// What is shown of a field where these of its siblings are known; nil for the newest of them.
    mutating func shownValue(
        of field: DocumentState.Field, among siblings: [Sibling], of state: DocumentState,
        in transaction: any StoreTransaction
    ) throws -> ShownValue? {
        guard siblings.count > 1, let subject = try subject(of: field, of: state, in: transaction) else { return nil }
        let policy = conflictPolicies.display(for: subject)
        let value = try policy.shows(candidates(for: field, among: siblings, of: state, in: transaction))
        if case .merged = value, !EngramField.canBeMerged(field.id) { return nil }
        return value
    }

    /// The policy of a conflict; nil for documents that are no memories.
    public func conflictPolicy(
        of field: DocumentState.Field, of state: DocumentState, in transaction: any StoreTransaction
    ) throws -> ConflictPolicy? {
        try subject(of: field, of: state, in: transaction).map(conflictPolicies.policy(for:))
    }

    /// What the policies tell a conflict apart by; nil for documents that are no memories.
    func subject(
        of field: DocumentState.Field, of state: DocumentState, in transaction: any StoreTransaction
    ) throws -> ConflictPolicies.Subject? {
        guard let kind = EngramKind(state.kind) else { return nil }
        let number: UInt64 = if case .number(let number) = field.id { number } else { 0 }
        return ConflictPolicies.Subject(
            kind: ConflictKind(kind, field: number),
            scope: try founding(of: state.address.scope, in: transaction)?.name,
            category: state[EngramField.category]?.newest?.inline?.text,
            field: field.path ?? EngramField.name(of: field.id) ?? "field")
    }

    /// The values that a policy chooses from, with what it looks at.
    public mutating func candidates(
        for field: DocumentState.Field, among siblings: [Sibling]? = nil, of state: DocumentState,
        in transaction: any StoreTransaction
    ) throws -> [ConflictCandidate] {
        let siblings = siblings ?? field.state.siblings
        let authority = try authority(of: state.address.scope, in: transaction)
        var projector = Projector(transaction: transaction, authority: authority, defences: defences)
        let operations = try projector.visible(state.address)
        return try siblings.map { sibling in
            let author = try transaction.logs.row(sibling.dot.log)?.descriptor.author.nodeID
            let written =
                state[EngramField.confidence]?.siblings.first { $0.dot == sibling.dot }
                ?? state[EngramField.confidence]?.newest
            var candidate = ConflictCandidate(
                dot: sibling.dot, stamp: sibling.stamp, author: author ?? NodeID(.zero),
                rank: author.flatMap { authority.members[$0]?.rank } ?? .max,
                confidence: written?.inline?.number ?? 0.5, value: try value(of: sibling, in: transaction))
            candidate.place = conflictPolicies.place(of: candidate.author, agent: sibling.agent)
            candidate.isResolution = Self.isResolution(sibling.dot, of: field.id, among: operations, at: state.address)
            return candidate
        }
    }

    /// The value of a sibling; nil where its bytes are not here.
    private func value(of sibling: Sibling, in transaction: any StoreTransaction) throws -> CBORValue? {
        switch sibling.value {
        case .inline(let value): value
        case .blob(let reference):
            try transaction.local.value(reference.hash.bytes, in: LocalNamespace.blobs)
                .map { .text(String(decoding: $0, as: UTF8.self)) }
        case .gone: nil
        }
    }

    /// Whether an operation replaced several concurrent values of a field at once.
    static func isResolution(
        _ dot: Dot, of field: FieldID, among operations: [Operation], at address: DocumentAddress
    ) -> Bool {
        guard let header = operations.first(where: { $0.dot == dot })?.header, header.keeps.isEmpty else {
            return false
        }
        let seen = operations.filter { header.context.contains($0.dot) && $0.dot != dot }
        guard seen.count(where: { $0.header.fields.contains(field) }) > 1 else { return false }
        return (DocumentState.merge(all: seen, at: address)?[field]?.siblings.count ?? 0) > 1
    }
}
