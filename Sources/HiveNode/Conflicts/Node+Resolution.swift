public import HiveAPI
import HiveCore

extension Node {
    public func resolve(_ id: String, with request: ResolveConflict, as caller: Caller) async throws -> MemoryAnswer {
        try await naming {
            guard (request.take == nil) != (request.value == nil) else {
                throw HiveError(.invalidInput, "say either which value to take or what to put", hint: "take or value")
            }
            let (request, dots) = try await answered(id, request, as: caller)
            let agent = request.agent ?? caller.agent
            if let value = request.value, !id.hasPrefix(Contradiction.prefix) {
                try permit(all: Self.words(in: value), of: nil, in: request.json, by: agent, as: caller)
            }
            let keys = try contradictionKeys()
            let settled = try await kernel.write { context in
                var settler = try self.settler(for: agent, in: &context)
                (settler.keys, settler.dots) = (keys, dots)
                return try Self.carryOut(settler.settlement(of: id, by: request), settler, in: &context)
            }
            guard let memory = settled.memory else { throw HiveError(.notFound, "no memory") }
            return MemoryAnswer(memory: memory)
        }
    }

    /// Asks the handler where it is to choose.
    private func answered(
        _ id: String, _ request: ResolveConflict, as caller: Caller
    ) async throws -> (ResolveConflict, dots: Set<String>?) {
        guard request.take == ConflictPolicy.custom.rawValue else { return (request, nil) }
        let conflict = try await conflict(id, as: caller)
        switch await conflictDesk.ask(about: conflict, within: .seconds(settings.conflicts.deadline)) {
        case .verdict(let verdict):
            guard var answer = Self.request(for: verdict) else {
                throw HiveError(.conflictRemains, "the handler leaves the conflict as it is", hint: "use --value")
            }
            (answer.version, answer.agent) = (request.version, request.agent)
            return (answer, Set(conflict.siblings.map(\.dot)))
        case .failed(let why):
            throw HiveError(
                .conflictRemains, "`custom` chooses nothing: \(why)", hint: "use another policy, or --value")
        }
    }

    /// Nil where a verdict changes nothing.
    static func request(for verdict: ConflictVerdict) -> ResolveConflict? {
        switch verdict {
        case .take(let dot): ResolveConflict(take: dot)
        case .put(let value): ResolveConflict(value: value)
        case .leave, .escalate: nil
        }
    }

    /// What beliefs contradict each other about, by the ids of the conflicts. Not to be asked inside of a write.
    func contradictionKeys() throws -> [String: String] {
        Dictionary(try contradictions.all().map { ($0.id, $0.key) }, uniquingKeysWith: { first, _ in first })
    }

    func settler(for agent: String?, in context: inout WriteContext) throws -> Settler {
        Settler(
            view: try view(in: &context), node: context.replica.identity.node, now: context.now, agent: agent)
    }

    /// Writes what settles a conflict; answers with the memory that stands then, and its value.
    static func carryOut(
        _ settlement: Settlement, _ settler: Settler, in context: inout WriteContext
    ) throws -> (memory: Memory?, value: JSONValue) {
        _ = try context.commit(settlement.drafts)
        let state = try context.transaction.documents.state(settlement.memory)
        return (try state.flatMap(settler.view.memory), settlement.value)
    }

    /// What a value says in words.
    static func words(in value: JSONValue?) -> [String] {
        value?.string.map { [$0] } ?? value?.array?.compactMap(\.string) ?? []
    }
}
