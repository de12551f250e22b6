public import HiveAPI
import HiveCore

extension Node: InfrastructureService {
    public func record(
        _ request: RecordInfrastructure, as caller: Caller
    ) async throws -> InfrastructureRecord {
        try await naming {
            try request.checkLimits()
            let machine = try RecordInput.name("machine", request.machine)
            let component = try RecordInput.name(
                "component", request.component ?? InfrastructureState.wholeMachine)
            let scope = request.scope ?? settings.recordScope.description
            let agent = request.agent ?? caller.agent
            return try await kernel.write { context in
                let founding = try Self.scope(scope, in: &context)
                let (address, state) = try Self.place(
                    machine, component, in: founding.scope, context.transaction)
                let last = state.flatMap { $0.shown(EngramField.observation)?.inline }.map { Observation($0) }
                let observation = try Self.observation(request, after: last, now: context.now)
                var changes: [Draft.Change] = [.set(EngramField.observation, observation.value)]
                if state.map({ Record($0)?.type != .infrastructure }) ?? true {
                    changes += [
                        .set(EngramField.record, .text(RecordType.infrastructure.rawValue)),
                        .set(EngramField.category, .text(RecordType.infrastructure.category)),
                        .set(EngramField.machine, .text(machine)), .set(EngramField.component, .text(component)),
                    ]
                }
                changes += RecordDrafts.tags(request.tags, besides: state) + (state?.awakening ?? [])
                if let state, state.isForgotten || state.wasRevived {
                    changes.append(.set(ReservedField.presence, .bool(true)))
                }
                // A later observation says how things are now: it settles what was seen at once before.
                let draft = Draft(.semantic, at: address, agent: agent, resolves: true, changes: changes)
                let written = try context.commit([draft]).states[0]
                return try RecordView(&context).infrastructure(written)
            }
        }
    }

    /// Where the state of a thing is kept: in the first generation of its name that was not erased.
    static func place(
        _ machine: String, _ component: String, in scope: ScopeID, _ transaction: any StoreTransaction
    ) throws -> (address: DocumentAddress, state: DocumentState?) {
        var generation: UInt64 = 0
        while true {
            let document = InfrastructureState.document(
                machine: machine, component: component, in: scope, generation: generation)
            let address = DocumentAddress(scope: scope, document: document)
            let state = try transaction.documents.state(address)
            guard let state, state.isErased else { return (address, state) }
            generation += 1
        }
    }

    private static func observation(
        _ request: RecordInfrastructure, after last: Observation?, now: Timestamp
    ) throws -> Observation {
        let at = try RecordInput.time("observedAt", request.observedAt, now: now) ?? now
        // What claims to come from the future must not lock a thing for ever.
        if let last, at < last.at, last.at <= now.advanced(bySeconds: RecordInput.tolerance) {
            throw HiveError(
                .staleVersion, "it was seen later already: \(last.status.rawValue) at \(last.at.rfc3339)",
                hint: "leave `observedAt` out, or record only what is newer")
        }
        let status: InfrastructureStatus
        if let word = request.status {
            status = try RecordInput.condition(word)
        } else {
            let words = ["status", "state", "health"].compactMap { request.values[$0]?.string }
            status = words.first.flatMap(InfrastructureStatus.init(word:)) ?? .unknown
        }
        let values: CBORMap = if case .map(let map) = JSONValue.object(request.values).cbor { map } else { CBORMap([]) }
        let seen = Observation(
            status: status, type: try RecordInput.line("type", request.type), values: values,
            note: try RecordInput.prose("note", request.note), at: at)
        return seen.following(last)
    }

    public func infrastructure(
        _ query: InfrastructureQuery, as caller: Caller
    ) async throws -> Page<InfrastructureRecord> {
        try await naming {
            let stale = try RecordInput.time("staleSince", query.staleSince)
            var facets = [Facet("record", RecordType.infrastructure.rawValue)]
            if let machine = query.machine { facets.append(Facet("machine", try RecordInput.name("machine", machine))) }
            if let word = query.status { facets.append(Facet("condition", try RecordInput.condition(word).rawValue)) }
            let list = RecordList(facets: facets, scope: query.scope, limit: query.limit, cursor: query.cursor)
            return try kernel.consult { replica, transaction in
                let view = try RecordView(&replica, transaction, now: self.kernel.surroundings.now())
                return try list.page(view) { state in
                    if let stale, InfrastructureState(state).observation.at >= stale { return nil }
                    return try view.infrastructure(state)
                }
            }
        }
    }

    public func infrastructure(
        of machine: String, _ component: String, scope: String?, as caller: Caller
    ) async throws -> InfrastructureRecord {
        try await naming {
            try kernel.consult { replica, transaction in
                let view = try RecordView(&replica, transaction, now: self.kernel.surroundings.now())
                return try view.infrastructure(try view.findInfrastructure(machine, component, scope: scope))
            }
        }
    }

    public func infrastructureHistory(
        of machine: String, _ component: String, scope: String?, as caller: Caller
    ) async throws -> Page<InfrastructureObservation> {
        try await naming {
            try kernel.consult { replica, transaction in
                let records = try RecordView(&replica, transaction, now: self.kernel.surroundings.now())
                let state = try records.findInfrastructure(machine, component, scope: scope)
                let authority = try replica.authority(of: state.address.scope, in: transaction)
                let operations = try transaction.logs.operations(.document(state.address))
                    .sorted { ($0.header.stamp, $0.dot) > ($1.header.stamp, $1.dot) }
                let items = try operations.compactMap { operation -> InfrastructureObservation? in
                    guard let row = try transaction.logs.row(operation.dot.log), let body = operation.decodedBody,
                        authority.honours(operation.dot, of: row.descriptor, kind: state.kind)
                            || authority.founding.founder == row.descriptor.author.nodeID,
                        let change = body.changes.first(where: { $0.field == .number(EngramField.observation) }),
                        case .set(let value) = change.change
                    else { return nil }
                    let author = Author(agent: body.agent, node: row.descriptor.author.nodeID.description)
                    return records.observation(value, by: author)
                }
                return Page(items: items)
            }
        }
    }
}

extension RecordView {
    /// The state of a thing, in the scope that is named or in the only one that knows it.
    func findInfrastructure(_ machine: String, _ component: String, scope: String?) throws -> DocumentState {
        let (machine, component) = (
            try RecordInput.name("machine", machine), try RecordInput.name("component", component)
        )
        var query = SearchQuery(limit: 2)
        query.facets = [
            Facet("record", RecordType.infrastructure.rawValue), Facet("machine", machine),
            Facet("component", component),
        ]
        query.scopes = try scope.map { [try view.lookup.require($0).scope] } ?? view.lookup.scopes
        query.now = now
        let found = try view.transaction.index.search(query)
        guard found.count <= 1 else {
            let scopes = found.map { view.lookup.name(of: $0.address.scope) }.joined(separator: " and ")
            throw HiveError(.ambiguous, "`\(machine)/\(component)` is known in \(scopes)", hint: "name the scope")
        }
        guard let address = found.first?.address, let state = try view.transaction.documents.state(address) else {
            throw HiveError(
                .notFound, "nothing was recorded of `\(machine)/\(component)`",
                hint: "hivectl infra list --machine \(machine) shows what is known of the machine")
        }
        return state
    }
}
