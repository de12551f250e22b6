public import HiveAPI
import HiveCore

extension Node: RunbookService {
    public func writeRunbook(_ request: WriteRunbook, as caller: Caller) async throws -> RunbookRecord {
        try await naming {
            try request.checkLimits()
            let agent = request.agent ?? caller.agent
            return try await kernel.write { context in
                let records = try RecordView(&context)
                let source = try request.source.map { try records.target($0) }
                let runbook = try RunbookDraft(request, source: try source.flatMap { try records.view.engram($0) })
                    .runbook()
                // What is drafted from a memory stays where that is, unless somebody says otherwise.
                let own = source.map { records.view.lookup.name(of: $0.address.scope) }
                let scope = request.scope ?? own ?? self.settings.recordScope.description
                let founding = try Self.scope(scope, in: &context)
                let address = Replica.newAddress(in: founding.scope, random: &context.random)
                let tags = request.tags + (source == nil ? [] : ["draft"])
                var changes = RecordDrafts.head(.runbook, title: runbook.title, tags: tags)
                changes += RecordDrafts.changes(runbook, of: nil).filter { $0.field != .number(EngramField.title) }
                if let source {
                    let link = Engram.Link(relation: "derived_from", target: source.address.document.description)
                    changes.append(.add(EngramField.links, [link.value]))
                    // It repeats its words: when those are erased, so is this.
                    changes.append(.add(EngramField.copies, [.text(link.target)]))
                }
                let draft = Draft(.procedural, at: address, agent: agent, changes: changes)
                let written = try context.commit([draft]).states[0]
                return try RecordView(&context).runbook(written)
            }
        }
    }

    public func updateRunbook(
        _ id: String, with request: WriteRunbook, as caller: Caller
    ) async throws -> RunbookRecord {
        try await naming {
            try request.checkLimits()
            let agent = request.agent ?? caller.agent
            return try await kernel.write { context in
                let state = try RecordView(&context).find(id, .runbook)
                let seen = try Self.seen(request.version, mustBeCurrent: request.requireCurrent, state)
                let runbook = try RunbookDraft(request, present: Runbook(state)).runbook()
                let changes = RecordDrafts.changes(runbook, of: state) + RecordDrafts.tags(request.tags, besides: state)
                guard !changes.isEmpty else { return try RecordView(&context).runbook(state) }
                let draft = Draft(.procedural, at: state.address, agent: agent, seen: seen, changes: changes)
                let written = try context.commit([draft]).states[0]
                return try RecordView(&context).runbook(written)
            }
        }
    }

    public func runbook(_ id: String, as caller: Caller) async throws -> RunbookRecord {
        try await naming {
            try kernel.consult { replica, transaction in
                let view = try RecordView(&replica, transaction, now: self.kernel.surroundings.now())
                return try view.runbook(try view.find(id, .runbook))
            }
        }
    }

    public func runbooks(_ query: RunbookQuery, as caller: Caller) async throws -> Page<RunbookRecord> {
        try await naming {
            var facets = [Facet("record", RecordType.runbook.rawValue)]
            if let system = query.system { facets.append(Record.system(system)) }
            if let owner = query.owner { facets.append(Facet("owner", owner)) }
            let list = RecordList(facets: facets, scope: query.scope, limit: query.limit, cursor: query.cursor)
            return try await page(of: list, question: query.q) { try $0.runbook($1) }
        }
    }

    public func recordRun(_ id: String, with request: RecordRun, as caller: Caller) async throws -> RunbookRecord {
        try await naming {
            try request.checkLimits()
            let outcome = try RecordInput.outcome(request.outcome)
            let agent = request.agent ?? caller.agent
            return try await kernel.write { context in
                let records = try RecordView(&context)
                let state = try records.find(id, .runbook)
                let incident = try request.incident.map { try records.find($0, .incident).address.document.description }
                let run = RunbookRun(
                    at: context.now, outcome: outcome, incident: incident,
                    note: try RecordInput.prose("note", request.note), seconds: request.seconds.map(Int64.init),
                    agent: agent)
                // The tallies are those that every memory of how something is done has.
                var changes: [Draft.Change] = [
                    .append(EngramField.runs, [run.value]), .count(EngramField.uses, 1),
                ]
                if outcome == .success { changes.append(.count(EngramField.successes, 1)) }
                let draft = Draft(.procedural, at: state.address, agent: agent, changes: changes)
                let written = try context.commit([draft]).states[0]
                return try RecordView(&context).runbook(written)
            }
        }
    }
}
