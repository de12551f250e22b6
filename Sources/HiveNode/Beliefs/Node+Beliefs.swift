public import HiveAPI
import HiveCore

extension Node: BeliefService {
    public func belief(_ id: String, as caller: Caller) async throws -> BeliefReport {
        try await naming {
            try kernel.consult { replica, transaction in
                let view = try self.view(&replica, transaction)
                let state = try view.find(id)
                guard let beliefs = view.beliefs, let engram = try view.engram(state) else {
                    throw HiveError(.notFound, "there is no memory `\(id)`")
                }
                let known = try beliefs.evidence(for: engram)
                let confidence = EffectiveConfidence(known.evidence, by: beliefs.policy, now: beliefs.now)
                var report = BeliefReport(confidence, of: state.address.document, known.evidence, by: beliefs.policy)
                report.status = engram.status
                report.unresolved = known.unresolved
                report.retraction = engram.retraction.map(RetractionNote.init)
                report.use = UseReport(try UseRecord.load(state.address, in: transaction), of: state.address.document)
                return report
            }
        }
    }

    public func memory(_ id: String, at time: String, as caller: Caller) async throws -> PastMemory {
        try await naming {
            let then = try Self.time(time)
            return try kernel.consult { replica, transaction in
                let view = try self.view(&replica, transaction, at: then)
                let present = try view.locate(id)
                guard let past = try replica.state(of: present.address, at: then, in: transaction) else {
                    throw HiveError(
                        .notFound, "there was no memory `\(id)` at \(then.rfc3339) yet",
                        hint: "ask for a time from \(Self.creation(of: present).rfc3339) on")
                }
                if past.isErased { throw HiveError(.erased, "the memory `\(id)` was erased by \(then.rfc3339)") }
                if past.isForgotten {
                    throw HiveError(
                        .forgotten, "the memory `\(id)` was forgotten by \(then.rfc3339)",
                        hint: "ask for an earlier time")
                }
                guard let answer = try view.past(past, at: then) else {
                    throw HiveError(.notFound, "the document is no memory")
                }
                return answer
            }
        }
    }

    private static func creation(of state: DocumentState) -> Timestamp {
        Timestamp(milliseconds: Int64(state.creation.stamp.milliseconds))
    }

    public func beliefs(_ query: BeliefQuery, as caller: Caller) async throws -> Page<Memory> {
        try await naming {
            try query.checkLimits()
            let offset = try SearchCursor(query.cursor).offset
            let then = try query.at.map(Self.time)
            return try kernel.consult { replica, transaction in
                let view = try self.view(&replica, transaction, at: then)
                let scopes = try query.scope.map { [try view.lookup.require($0).scope] } ?? view.lookup.scopes
                let states =
                    try then.map { try Self.past(query, at: $0, scopes, offset: offset, &replica, transaction) }
                    ?? Self.present(query, scopes, offset: offset, now: kernel.surroundings.now(), transaction)
                return Page(
                    items: try states.prefix(query.limit).compactMap { try view.memory($0) },
                    next: states.count > query.limit ? String(offset + query.limit) : nil)
            }
        }
    }

    /// One page of beliefs and one more, found by their facets.
    private static func present(
        _ query: BeliefQuery, _ scopes: [ScopeID], offset: Int, now: Timestamp, _ transaction: any StoreTransaction
    ) throws -> [DocumentState] {
        var search = SearchQuery(limit: query.limit + 1, offset: offset)
        search.scopes = scopes
        search.now = now
        search.facets = [Engram.anyBeliefFacet]
        if let subject = query.subject { search.facets.append(Facet("subject", subject)) }
        if let relation = query.relation { search.facets.append(Facet("relation", relation)) }
        if !query.retracted { search.excluded = [Engram.retractedFacet] }
        return try transaction.index.search(search).compactMap { try transaction.documents.state($0.address) }
    }

    /// The same at a time. The index knows the present only, so every belief is held against its operations.
    private static func past(
        _ query: BeliefQuery, at then: Timestamp, _ scopes: [ScopeID], offset: Int, _ replica: inout Replica,
        _ transaction: any StoreTransaction
    ) throws -> [DocumentState] {
        var found: [DocumentState] = []
        for scope in scopes {
            for state in try transaction.documents.list(.kind(.semantic, scope: scope))
            where state[EngramField.subject] != nil && creation(of: state) <= then {
                guard let past = try replica.state(of: state.address, at: then, in: transaction),
                    !past.isErased, !past.isForgotten, let engram = Engram(past, blob: { _ in nil }),
                    engram.beliefKey != nil, query.subject == nil || engram.subject == query.subject,
                    query.relation == nil || engram.relation == query.relation,
                    query.retracted || !engram.isRetracted, engram.expires.map({ $0 > then }) ?? true
                else { continue }
                found.append(past)
            }
        }
        found.sort { $0.updated != $1.updated ? $0.updated > $1.updated : $0.address < $1.address }
        return Array(found.dropFirst(offset).prefix(query.limit + 1))
    }
}

extension MemoryView {
    /// A memory as it was, with the names of the fields whose bytes are gone; nil for what is no memory.
    func past(_ state: DocumentState, at time: Timestamp) throws -> PastMemory? {
        guard var memory = try memory(state) else { return nil }
        let gone = state.fields.filter { $0.state.newest?.value == .gone }.map { field in
            field.path ?? EngramField.name(of: field.id) ?? "metadata"
        }
        if gone.contains(where: { Engram.claim.compactMap { EngramField.name(of: .number($0)) }.contains($0) }) {
            // What nobody can read any more cannot be believed or doubted.
            memory.epistemic.effectiveConfidence = nil
        }
        return PastMemory(memory: memory, at: time.rfc3339, gone: Array(Set(gone)).sorted())
    }
}

extension RetractionNote {
    init(_ retraction: Retraction) { self.init(reason: retraction.reason, kept: retraction.kept) }
}

extension BeliefReport {
    init(
        _ confidence: EffectiveConfidence, of document: DocumentID, _ evidence: BeliefEvidence,
        by policy: BeliefPolicy
    ) {
        let witnesses = (evidence.authors + evidence.lineage).map { testimony in
            BeliefWitness(
                agent: testimony.reporter.agent, node: testimony.reporter.node.description, memory: testimony.memory,
                source: testimony.source, trust: policy.trust(in: testimony))
        }
        let assessments = confidence.assessments.map { assessment in
            BeliefAssessment(
                verdict: assessment.verdict.rawValue, agent: assessment.reporter.agent,
                node: assessment.reporter.node.description, at: assessment.time.rfc3339, reason: assessment.reason,
                by: assessment.other, trust: policy.trust(in: assessment.reporter))
        }
        let halfLife: Int? = if case .halves(let every) = confidence.aging { Int(every.seconds) } else { nil }
        self.init(
            id: document.description, confidence: confidence.value, stated: confidence.stated,
            assumed: confidence.isAssumed, ceiling: confidence.ceiling, since: confidence.since.rfc3339,
            ageSeconds: Int(confidence.age), halfLifeSeconds: halfLife, freshness: confidence.freshness,
            trust: confidence.trust, witnesses: witnesses, assessments: assessments, support: confidence.support,
            doubt: confidence.doubt, use: UseReport(nil, of: document))
    }
}
