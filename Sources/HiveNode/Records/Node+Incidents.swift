public import HiveAPI
import HiveCore

extension Node: IncidentService {
    public func openIncident(_ request: OpenIncident, as caller: Caller) async throws -> IncidentRecord {
        try await naming {
            try request.checkLimits()
            let repeated = RepeatedRequest(request.idempotencyKey, request.json, kind: "incident", as: caller)
            let agent = request.agent ?? caller.agent
            return try await kernel.write { context in
                if let earlier = try repeated?.earlier(in: context.transaction) {
                    return try RecordView(&context).incident(earlier)
                }
                let changes = try IncidentDrafts.changes(for: request, agent: agent, now: context.now)
                let founding = try Self.scope(request.scope ?? self.settings.recordScope.description, in: &context)
                let address = Replica.newAddress(in: founding.scope, random: &context.random)
                let state = try context.commit([Draft(.episodic, at: address, agent: agent, changes: changes)]).states[
                    0]
                try repeated?.keep(state.address, in: context.transaction)
                return try RecordView(&context).incident(state)
            }
        }
    }

    public func updateIncident(
        _ id: String, with request: UpdateIncident, as caller: Caller
    ) async throws -> IncidentRecord {
        try await naming {
            try request.checkLimits()
            let agent = request.agent ?? caller.agent
            var (incident, isResolution) = try await kernel.write { context -> (IncidentRecord, Bool) in
                let state = try RecordView(&context).find(id, .incident)
                let update = try IncidentUpdate(request, of: state, agent: agent, now: context.now)
                guard !update.changes.isEmpty else { return (try RecordView(&context).incident(state), false) }
                let seen = try Self.seen(request.version, mustBeCurrent: request.requireCurrent, state)
                let draft = Draft(
                    .episodic, at: state.address, agent: agent, seen: seen,
                    changes: update.changes + state.awakening)
                let written = try context.commit([draft]).states[0]
                return (try RecordView(&context).incident(written), update.status == .resolved)
            }
            if isResolution { incident.suggestions = try await suggestions(incident.id) }
            return incident
        }
    }

    public func linkIncident(
        _ id: String, with request: LinkIncident, as caller: Caller
    ) async throws -> IncidentRecord {
        try await naming {
            let relations = ["cause", "impact", "resolution"]
            guard relations.contains(request.relation) else {
                throw HiveError(
                    .invalidInput, "an incident has no `\(request.relation)`",
                    hint: "use \(relations.joined(separator: ", "))")
            }
            let agent = request.agent ?? caller.agent
            return try await kernel.write { context in
                let records = try RecordView(&context)
                let state = try records.find(id, .incident)
                let target = try records.target(request.target)
                guard target.address != state.address else {
                    throw HiveError(.invalidInput, "an incident is not its own \(request.relation)")
                }
                let link = Engram.Link(
                    relation: request.relation, target: target.address.document.description
                ).value
                guard !(state[EngramField.links]?.elements ?? []).contains(link) else {
                    return try records.incident(state)
                }
                let draft = Draft(
                    .episodic, at: state.address, agent: agent, changes: [.add(EngramField.links, [link])])
                let written = try context.commit([draft]).states[0]
                return try RecordView(&context).incident(written)
            }
        }
    }

    public func incident(_ id: String, as caller: Caller) async throws -> IncidentRecord {
        try await naming {
            try kernel.consult { replica, transaction in
                let view = try RecordView(&replica, transaction, now: self.kernel.surroundings.now())
                return try view.incident(try view.find(id, .incident))
            }
        }
    }

    public func incidents(_ query: IncidentQuery, as caller: Caller) async throws -> Page<IncidentRecord> {
        try await naming {
            var facets = [Facet("record", RecordType.incident.rawValue)]
            if let word = query.status { facets.append(Facet("phase", try RecordInput.phase(word).rawValue)) }
            if let word = query.severity {
                facets.append(Facet("severity", try RecordInput.severity(word).rawValue))
            }
            if let system = query.system { facets.append(Record.system(system)) }
            let list = RecordList(facets: facets, scope: query.scope, limit: query.limit, cursor: query.cursor)
            return try await page(of: list, question: query.q) { try $0.incident($1) }
        }
    }

    public func incidentSuggestions(_ id: String, as caller: Caller) async throws -> IncidentSuggestions {
        try await naming { try await suggestions(id) }
    }

    /// A page of a list, or of what answers a question within it.
    func page<Item: JSONRepresentable & Hashable>(
        of list: RecordList, question: String?, _ show: (RecordView, DocumentState) throws -> Item
    ) async throws -> Page<Item> {
        let now = kernel.surroundings.now()
        guard let question else {
            return try kernel.consult { replica, transaction in
                let view = try RecordView(&replica, transaction, now: now)
                return try list.page(view) { try show(view, $0) }
            }
        }
        let meaning = await meaning(of: MemoryQuery(q: question))
        return try kernel.consult { replica, transaction in
            let view = try RecordView(&replica, transaction, now: now)
            let search = try list.query(view, text: question)
            let hits = try self.nearest(search, meaning, in: transaction)
            let items = try hits.prefix(list.limit).compactMap { hit in
                try view.current(hit.address, search).map { try show(view, $0) }
            }
            return Page(
                items: items, next: hits.count > list.limit ? String(search.offset + list.limit) : nil)
        }
    }
}

extension RecordView {
    /// The document of a hit; nil where it changed since the index saw it, so that the filters hold no longer.
    func current(_ address: DocumentAddress, _ search: SearchQuery) throws -> DocumentState? {
        guard let state = try view.transaction.documents.state(address),
            let entry = try view.transaction.indexEntry(of: state), search.admits(entry)
        else { return nil }
        return state
    }

    /// What a link points to: a memory by its id, or the state of a thing by `MACHINE/COMPONENT`.
    func target(_ text: String) throws -> DocumentState {
        let parts = text.split(separator: "/", maxSplits: 1).map(String.init)
        guard parts.count == 2 else { return try view.find(text) }
        return try findInfrastructure(parts[0], parts[1], scope: nil)
    }
}
