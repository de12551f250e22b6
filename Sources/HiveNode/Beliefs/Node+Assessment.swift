public import HiveAPI
import HiveCore

extension Node: AssessmentService {
    /// Whoever says the same again within this time, in seconds, says nothing new.
    private static let repetition: Int64 = 24 * 3600

    public func verify(_ id: String, with request: AssessMemory, as caller: Caller) async throws -> MemoryAnswer {
        try await naming {
            try request.checkVerification()
            return try await assess(id, .verified, request, as: caller)
        }
    }

    public func contradict(_ id: String, with request: AssessMemory, as caller: Caller) async throws -> MemoryAnswer {
        try await naming {
            try request.checkContradiction()
            return try await assess(id, .contradicted, request, as: caller)
        }
    }

    private func assess(
        _ id: String, _ verdict: Assessment.Verdict, _ request: AssessMemory, as caller: Caller
    ) async throws -> MemoryAnswer {
        let agent = request.agent ?? caller.agent
        let reason = try request.reason.map { try permit($0, of: nil, in: request.json, by: agent, as: caller) }
        return try await kernel.write { context in
            let view = try self.view(in: &context)
            let state = try view.find(id)
            let other = try request.by.map { try Self.other($0, than: state, view) }
            guard let engram = try view.engram(state) else { throw HiveError(.notFound, "the document is no memory") }
            if engram.isRetracted {
                throw HiveError(
                    .retracted, "the memory `\(id)` was retracted",
                    hint: "an update with a status brings it back: hivectl memory update \(id) --status observed")
            }
            let word = request.withdraw ? .withdrawn : verdict
            let value = Assessment.value(word, agent: agent, other: other, reason: reason)
            let reporter = Reporter(node: context.replica.identity.node, agent: agent)
            let earlier = try engram.assessments { try view.beliefs?.node(of: $0) }.last { $0.reporter == reporter }
            guard !Self.repeats(earlier, value: value, verdict: word, now: context.now) else {
                return try self.answer(state, view)
            }
            let draft = Draft(
                state.kind, at: state.address, agent: agent, changes: [.append(EngramField.assessments, [value])])
            return try self.answer(try context.commit([draft]).states[0], view)
        }
    }

    /// Whether a reporter says nothing that it did not say lately, or takes back what it never said.
    private static func repeats(
        _ earlier: Assessment?, value: CBORValue, verdict: Assessment.Verdict, now: Timestamp
    ) -> Bool {
        guard let earlier else { return verdict == .withdrawn }
        if verdict == .withdrawn { return earlier.verdict == .withdrawn }
        let said = Assessment.value(
            earlier.verdict, agent: earlier.reporter.agent, other: earlier.other, reason: earlier.reason)
        return said == value && now < earlier.time.advanced(bySeconds: repetition)
    }

    /// The full id of another memory.
    private static func other(_ id: String, than state: DocumentState, _ view: MemoryView) throws -> String {
        let other = try view.find(id)
        guard other.address != state.address else {
            throw HiveError(.invalidInput, "`\(id)` is the memory itself", hint: "name another one")
        }
        return other.address.document.description
    }

    private func answer(_ state: DocumentState, _ view: MemoryView) throws -> MemoryAnswer {
        guard let memory = try view.memory(state) else { throw HiveError(.notFound, "the document is no memory") }
        return MemoryAnswer(memory: memory)
    }

    public func retract(_ id: String, with request: RetractMemory, as caller: Caller) async throws -> MemoryAnswer {
        try await naming {
            try request.checkLimits()
            let agent = request.agent ?? caller.agent
            let reason = try permit(request.reason, of: nil, in: request.json, by: agent, as: caller)
            return try await kernel.write { context in
                let view = try self.view(in: &context)
                let state = try view.find(id)
                let seen = try Self.seen(request.version, mustBeCurrent: request.requireCurrent, state)
                let kept = try request.kept.map { try Self.other($0, than: state, view) }
                guard let engram = try view.engram(state) else {
                    throw HiveError(.notFound, "the document is no memory")
                }
                let retraction = Retraction(reason: reason, kept: kept, former: Self.former(engram))
                guard engram.retraction != retraction else { return try self.answer(state, view) }
                let draft = Self.retractionDraft(retraction, of: state, agent: agent, seen: seen)
                let receipt = try context.commit([draft])
                try Self.retractCopies(of: receipt.states[0], retraction, agent: agent, in: &context)
                let answer = try self.answer(receipt.states[0], view)
                return MemoryAnswer(
                    memory: answer.memory, basedOn: seen == nil ? receipt.bases[0].token : nil)
            }
        }
    }

    /// What a memory was copied to says no longer what it said. A copy that this node may not write stays as it is.
    private static func retractCopies(
        of state: DocumentState, _ retraction: Retraction, agent: String?, in context: inout WriteContext
    ) throws {
        for copy in try PromotedCopies.of(state, in: context.transaction) where !copy.isErased && !copy.isForgotten {
            guard let engram = Engram(copy, blob: { _ in nil }), !engram.isRetracted else { continue }
            let own = Retraction(reason: retraction.reason, kept: nil, former: former(engram))
            do { _ = try context.commit([retractionDraft(own, of: copy, agent: agent)]) } catch let error
                as ReplicaError
                where error.code == .notPermitted
            { continue }
        }
    }

    /// The status that a memory gets back when it is no longer retracted.
    static func former(_ engram: Engram) -> String? { engram.isRetracted ? engram.retraction?.former : engram.status }

    static func retractionDraft(
        _ retraction: Retraction, of state: DocumentState, agent: String?, seen: VersionVector? = nil
    ) -> Draft {
        Draft(
            state.kind, at: state.address, agent: agent, seen: seen,
            changes: [
                .set(EngramField.status, .text(EpistemicStatus.retracted.rawValue)),
                .set(EngramField.retraction, retraction.value),
            ])
    }

    public func use(_ id: String, with request: UseMemory, as caller: Caller) async throws -> UseReport {
        try await naming {
            try request.checkLimits()
            return try await kernel.write { context in
                let lookup = try ScopeLookup(&context.replica, context.transaction)
                let state = try MemoryView(transaction: context.transaction, lookup: lookup).find(id)
                let record = try UseRecord.note(
                    request.times, of: state.address, at: context.now, in: context.transaction)
                return UseReport(record, of: state.address.document)
            }
        }
    }
}

extension UseReport {
    init(_ record: UseRecord?, of document: DocumentID) {
        self.init(
            id: document.description, uses: Int(record?.count ?? 0), firstUsedAt: record?.first.rfc3339,
            lastUsedAt: record?.last.rfc3339)
    }
}
