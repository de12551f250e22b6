public import HiveAPI
import HiveCore

extension Node {
    public func resolve(_ id: String, with request: ResolveConflict, as caller: Caller) async throws -> MemoryAnswer {
        try await naming {
            guard (request.take == nil) != (request.value == nil) else {
                throw HiveError(.invalidInput, "say either which value to take or what to put", hint: "take or value")
            }
            if id.hasPrefix(Contradiction.prefix) { return try await settle(id, with: request, as: caller) }
            let agent = request.agent ?? caller.agent
            try permit(all: Self.words(in: request.value), of: nil, in: request.json, by: agent, as: caller)
            let answer = try await kernel.write { context in
                let view = MemoryView(
                    transaction: context.transaction, lookup: try ScopeLookup(&context.replica, context.transaction))
                let (state, field) = try Self.findConflict(id, view: view)
                let draft = Draft(
                    state.kind, at: state.address, agent: agent,
                    seen: try Self.seen(request.version, mustBeCurrent: false, state), resolves: true,
                    changes: [try Self.change(field, of: state, by: request, view: view, in: &context)])
                let resolved = try context.commit([draft]).states[0]
                guard let memory = try view.memory(resolved) else { throw HiveError(.notFound, "no memory") }
                return MemoryAnswer(memory: memory)
            }
            counters.add(to: "conflicts_resolved")
            return answer
        }
    }

    /// What a value says in words.
    private static func words(in value: JSONValue?) -> [String] {
        value?.string.map { [$0] } ?? value?.array?.compactMap(\.string) ?? []
    }

    private static func change(
        _ field: DocumentState.Field, of state: DocumentState, by request: ResolveConflict, view: MemoryView,
        in context: inout WriteContext
    ) throws -> Draft.Change {
        let value: CBORValue
        if var put = request.value {
            // From a command line, steps come as lines.
            if field.id == .number(EngramField.steps), let lines = put.string?.split(whereSeparator: \.isNewline) {
                put = .array(lines.map { .string(String($0)) })
            }
            try MemoryLimits.check(put, forField: name(of: field))
            value = put.cbor
            try RecordFieldCheck.check(value, in: field.id)
        } else {
            let candidates = try candidates(for: field, of: state, view: view, in: &context)
            if request.take == ConflictPolicy.merge.rawValue, !canBeMerged(field) {
                throw HiveError(
                    .conflictRemains, "values of `\(name(of: field))` cannot be merged, one of them holds",
                    hint: "use newest, local, remote, the dot of a value, or --value")
            }
            value = try settled(request.take ?? "", candidates, local: context.replica.identity.node)
        }
        switch field.id {
        case .number(let number): return value.text.map { .setText(number, $0) } ?? .set(number, value)
        case .path: return .setPath(field.path ?? "", value)
        }
    }

    /// Whether a field's values are prose, or lists: others mean something only as they are.
    private static func canBeMerged(_ field: DocumentState.Field) -> Bool {
        guard case .number(let number) = field.id else { return true }
        return [
            EngramField.content, EngramField.context, EngramField.trigger, EngramField.steps, EngramField.summary,
            EngramField.resolution, EngramField.lessons, EngramField.occasion, EngramField.preconditions,
            EngramField.procedure, EngramField.expectedOutcome,
        ].contains(number)
    }

    private static func candidates(
        for field: DocumentState.Field, of state: DocumentState, view: MemoryView, in context: inout WriteContext
    ) throws -> [ConflictCandidate] {
        let authority = try context.replica.authority(of: state.address.scope, in: context.transaction)
        return try field.state.siblings.map { sibling in
            let author = try view.transaction.logs.row(sibling.dot.log)?.descriptor.author.nodeID
            let written =
                state[EngramField.confidence]?.siblings.first { $0.dot == sibling.dot }
                ?? state.shown(EngramField.confidence)
            let confidence: Double = if case .double(let value)? = written?.inline { value } else { 0.5 }
            return ConflictCandidate(
                dot: sibling.dot, stamp: sibling.stamp, author: author ?? NodeID(.zero),
                rank: author.flatMap { authority.members[$0]?.rank } ?? .max, confidence: confidence,
                value: try value(of: sibling, view: view))
        }
    }

    /// The value that a policy, or the dot of one of the values, chooses.
    private static func settled(
        _ name: String, _ candidates: [ConflictCandidate], local node: NodeID
    ) throws -> CBORValue {
        if let chosen = candidates.first(where: { $0.dot.description == name }) { return try value(of: chosen) }
        guard let policy = ConflictPolicy(rawValue: name) else {
            throw HiveError(
                .invalidInput, "`\(name)` is no way to settle a conflict",
                hint: "use \(ConflictPolicy.allCases.map(\.rawValue).joined(separator: ", ")) or the dot of a value")
        }
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

    private static func value(of chosen: ConflictCandidate) throws -> CBORValue {
        guard let value = chosen.value else {
            throw HiveError(
                .conflictRemains, "the value that would be taken has not arrived here, or was erased",
                hint: "wait until `sync status` misses nothing, take another one, or use --value")
        }
        return value
    }
}
