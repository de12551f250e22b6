import HiveAPI

extension InMemoryNode: ConflictService {
    /// Puts a conflict about a memory on the list.
    func add(_ conflict: Conflict) { withState { $0.conflicts[conflict.id] = conflict } }

    func conflicts(_ query: ConflictQuery, as caller: Caller) async throws -> Page<Conflict> {
        note("conflicts", caller)
        return withState { state in
            let fitting = state.conflicts.values.filter { conflict in query.kind.map { $0 == conflict.kind } ?? true }
            return Page(items: Array(fitting.sorted { $0.id < $1.id }.prefix(query.limit ?? .max)))
        }
    }

    func resolve(_ request: ResolveConflicts, as caller: Caller) async throws -> ConflictOutcomes {
        note("resolveAll", caller)
        guard request.condition == "true" else { throw HiveError(.invalidInput, "the condition is wrong at 1:1") }
        return withState { state in
            let chosen = state.conflicts.values.sorted { $0.id < $1.id }.prefix(request.limit)
            let outcome = request.dryRun ? ConflictOutcome.wouldSettle : ConflictOutcome.settled
            if !request.dryRun { for conflict in chosen { state.conflicts[conflict.id] = nil } }
            return ConflictOutcomes(
                items: chosen.map { ConflictOutcome($0, outcome: outcome) }, matched: chosen.count,
                dryRun: request.dryRun)
        }
    }

    func conflict(_ id: String, as caller: Caller) async throws -> Conflict {
        note("conflict", caller)
        return try withState { state in
            guard let conflict = state.conflicts[id] else { throw HiveError(.notFound, "there is no conflict `\(id)`") }
            return conflict
        }
    }

    func resolve(_ id: String, with request: ResolveConflict, as caller: Caller) async throws -> MemoryAnswer {
        note("resolve", caller)
        let conflict = try await conflict(id, as: caller)
        return try withState { state in
            guard var record = state.records[conflict.memory] else {
                throw HiveError(.notFound, "there is no memory `\(conflict.memory)`")
            }
            let taken = conflict.siblings.first { $0.dot == request.take }?.value
            record.memory.content = (request.value ?? taken)?.string ?? record.memory.content
            record.memory.contested = false
            record.number += 1
            record.memory.version = Self.version(record.number)
            state.records[conflict.memory] = record
            state.conflicts[id] = nil
            return MemoryAnswer(memory: record.memory)
        }
    }
}

extension InMemoryNode: KeyService {
    func keyStatus(as caller: Caller) async throws -> KeyStatus {
        note("keyStatus", caller)
        return KeyStatus(encrypted: true, dataKeys: [DataKeyStatus(number: 1, wrappedWith: "k1", seals: 65536)])
    }

    func rotateKeys(as caller: Caller) async throws -> KeyStatus {
        note("rotateKeys", caller)
        return try await keyStatus(as: caller)
    }

    func openLines(_ request: SealedLines, as caller: Caller) async throws -> OpenedLines {
        note("openLines", caller)
        return OpenedLines(lines: request.lines)
    }
}

extension InMemoryNode: PeerService {
    func peers(as caller: Caller) async throws -> Page<Peer> {
        note("peers", caller)
        return Page(items: [Peer(node: "n2", name: "beta", state: .connected, lag: 0)])
    }

    func invite(_ request: InvitePeer, as caller: Caller) async throws -> Invitation {
        note("invite", caller)
        return Invitation(
            line: "hive-invite-1", expiresAt: Self.time(59), role: request.role, address: "127.0.0.1:8901",
            opened: true)
    }

    func join(_ request: JoinHive, as caller: Caller) async throws -> JoinAnswer {
        note("join", caller)
        guard request.line == "hive-invite-1" else { throw HiveError(.invalidInput, "this is no invitation") }
        return JoinAnswer(hive: "h1", node: "n1", peer: "n2", scopes: ["collective:main"], joined: true)
    }

    func retire(_ peer: String, _ request: RetirePeer, as caller: Caller) async throws -> RetirementAnswer {
        note("retire", caller)
        return RetirementAnswer(node: peer, retired: !request.back, scopes: ["collective:main"])
    }

    func syncNow(as caller: Caller) async throws -> SyncReport {
        note("syncNow", caller)
        withState { $0.syncs += 1 }
        return SyncReport(peers: ["n2"])
    }

    func syncStatus(as caller: Caller) async throws -> SyncStatus {
        note("syncStatus", caller)
        return SyncStatus(peers: [PeerSync(node: "n2", state: .connected, behind: 0, ahead: 3)], pending: 3)
    }

    func syncHistory(as caller: Caller) async throws -> Page<SyncEvent> {
        note("syncHistory", caller)
        return Page(items: [SyncEvent(id: "s1", time: Self.time(1), node: "n2", outcome: "ok")])
    }
}

extension InMemoryNode: RuleService {
    /// A rule here is its text: commands that contain it are denied.
    func push(_ request: PushRules, as caller: Caller) async throws -> PushAnswer {
        note("push", caller)
        guard !request.sources.isEmpty else { throw HiveError(.invalidRule, "there is nothing to push") }
        withState { state in
            for source in request.sources {
                let summary = RuleSummary(
                    name: source.path, version: 1, priority: 500, effect: "deny", enforcement: "enforce", enabled: true,
                    set: request.set)
                let version = RuleVersion(version: 1, time: Self.time(1), author: Author(node: "n1"), active: true)
                state.rules[source.path] = RuleDetail(summary: summary, text: source.text, history: [version])
            }
        }
        return PushAnswer(
            set: request.set ?? "main", version: "1", rules: request.sources.map(\.path), active: !request.shadow)
    }

    func rules(as caller: Caller) async throws -> Page<RuleSummary> {
        note("rules", caller)
        return withState { state in Page(items: state.rules.values.map(\.summary).sorted { $0.name < $1.name }) }
    }

    func rule(_ id: String, as caller: Caller) async throws -> RuleDetail {
        note("rule", caller)
        return try withState { state in
            guard let rule = state.rules[id] else { throw HiveError(.notFound, "there is no rule `\(id)`") }
            return rule
        }
    }

    func setRule(_ id: String, enabled: Bool, as caller: Caller) async throws -> RuleSummary {
        note("setRule", caller)
        var rule = try await rule(id, as: caller)
        rule.summary.enabled = enabled
        withState { [rule] state in state.rules[id] = rule }
        return rule.summary
    }

    func rollback(_ id: String, _ request: RollbackRule, as caller: Caller) async throws -> PushAnswer {
        note("rollback", caller)
        let rule = try await rule(id, as: caller)
        return PushAnswer(set: rule.summary.set ?? "rules", version: request.to ?? "1", rules: [id], active: true)
    }

    /// A rule whose path begins with `ask` demands approval. Not noted as a call: every write by MCP asks the law.
    func decide(_ input: JSONValue, explain: Bool, as caller: Caller) async throws -> JSONValue {
        withState { state in
            state.lastQuestion = input
            state.lastCaller = caller
        }
        guard input["event"]?.string != nil else { throw HiveError(.invalidInput, "the field `event` is missing") }
        let command = (input["command"]?.string ?? "") + (input["content"]?.string ?? "")
        let denying = withState { state in
            state.rules.values.filter { $0.summary.enabled && command.contains($0.text) }.map(\.summary.name).min()
        }
        let asks = denying?.hasPrefix("ask") ?? false
        return [
            "effect": denying == nil ? "allow" : asks ? "require-approval" : "deny",
            "allowed": .bool(denying == nil), "message": "it says so", "approval": asks ? ["required": true] : .null,
            "rule": denying.map { ["id": .string($0), "version": 1] } ?? .null, "explained": .bool(explain),
        ]
    }
}

extension InMemoryNode: StatusService {
    func status(as caller: Caller) async throws -> NodeStatus {
        note("status", caller)
        return withState { state in
            NodeStatus(
                node: "n1", name: "alpha", hive: "h1", version: "0.1.0", startedAt: Self.time(0), uptimeSeconds: 1,
                health: state.health, memories: state.records.count)
        }
    }

    func health() async -> Health { withState { $0.health } }

    func scopes(as caller: Caller) async throws -> Page<ScopeSummary> {
        note("scopes", caller)
        return Page(items: [ScopeSummary(name: "collective:main", id: "s1", role: "steward", founder: "n1")])
    }

    func verify(rebuild: Bool, as caller: Caller) async throws -> VerifyReport {
        note("verify", caller)
        return VerifyReport(ok: true, logs: 3, rebuilt: rebuild)
    }

    func metrics() async -> [MetricSample] {
        [
            MetricSample(name: "hive_sync_total", type: .counter, help: "Synchronisations.", value: 2),
            MetricSample(
                name: "hive_decisions_total", type: .counter, help: "Decisions\nmade.", labels: ["effect": "de\"ny"],
                value: 1.5),
        ]
    }
}
