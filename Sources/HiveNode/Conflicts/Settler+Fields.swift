import HiveAPI
import HiveCore

/// Contested fields of one memory: one value replaces all that were seen.
extension Settler {
    func settlement(ofField id: String, by request: ResolveConflict) throws -> Settlement {
        let (state, field) = try Node.findConflict(id, view: view)
        try check(field.state.siblings.map(\.dot))
        let value = try value(of: field, in: state, by: request)
        let change: Draft.Change =
            switch field.id {
            case .number(let number): value.text.map { .setText(number, $0) } ?? .set(number, value)
            case .path: .setPath(field.path ?? "", value)
            }
        let draft = Draft(
            state.kind, at: state.address, agent: agent,
            seen: try Node.seen(request.version, mustBeCurrent: false, state), resolves: true, changes: [change])
        return Settlement(drafts: [draft], memory: state.address, value: JSONValue(value))
    }

    private func value(
        of field: DocumentState.Field, in state: DocumentState, by request: ResolveConflict
    ) throws -> CBORValue {
        guard var put = request.value else {
            let candidates = try view.lookup.candidates(for: field, of: state, in: view.transaction)
            if request.take == ConflictPolicy.merge.rawValue, !EngramField.canBeMerged(field.id) {
                throw HiveError(
                    .conflictRemains, "values of `\(Node.name(of: field))` cannot be merged, one of them holds",
                    hint: "use newest, local, remote, the dot of a value, or --value")
            }
            return try chosen(request.take ?? "", candidates)
        }
        // From a command line, steps come as lines.
        if field.id == .number(EngramField.steps), let lines = put.string?.split(whereSeparator: \.isNewline) {
            put = .array(lines.map { .string(String($0)) })
        }
        try MemoryLimits.check(put, forField: Node.name(of: field))
        try RecordFieldCheck.check(put.cbor, in: field.id)
        return put.cbor
    }

    /// The value that a policy, or the dot of one of the values, chooses.
    private func chosen(_ name: String, _ candidates: [ConflictCandidate]) throws -> CBORValue {
        if let chosen = candidates.first(where: { $0.dot.description == name }) { return try value(of: chosen) }
        guard let policy = ConflictPolicy(rawValue: name) else { throw Self.unknown(name, or: "the dot of a value") }
        switch policy.settle(candidates, local: node) {
        case .take(let dot):
            guard let chosen = candidates.first(where: { $0.dot == dot }) else { break }
            return try value(of: chosen)
        case .put(let value): return value
        case .leave, .ask:
            throw HiveError(
                .conflictRemains, "`\(name)` leaves the conflict as it is",
                hint: "use newest, local, remote or --value")
        case nil: break
        }
        throw HiveError(.conflictRemains, "`\(name)` has nothing to choose from here", hint: "use --value")
    }

    private func value(of chosen: ConflictCandidate) throws -> CBORValue {
        guard let value = chosen.value else {
            throw HiveError(
                .conflictRemains, "the value that would be taken has not arrived here, or was erased",
                hint: "wait until `sync status` misses nothing, take another one, or use --value")
        }
        return value
    }
}
