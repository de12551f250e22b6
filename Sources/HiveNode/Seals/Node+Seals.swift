public import HiveAPI
import HiveCore

/// What a node writes by itself about finality.
extension Node {
    /// Acknowledges what it holds; a steward that was told to also seals and retires; prunes what a retention lets go.
    /// Does nothing most of the time.
    func keepSeals() async throws {
        let total = try kernel.read { try $0.logs.rows(.all).reduce(0) { $0 + $1.size } }
        guard sealClock.isDue(now: kernel.surroundings.uptime(), operations: total, settings.seals) else { return }
        try await keepSeals(by: settings.seals)
    }

    func keepSeals(by policy: SealPolicy) async throws {
        let foundings = try kernel.consult { try $0.foundings(in: $1) }
        for founding in foundings where founding.name.kind != .instance {
            try await writeFinality(of: founding.scope, by: policy)
            try await prune(founding.scope, by: policy)
        }
    }

    /// The logs are read outside of the write, which only adds what came of it.
    private func writeFinality(of scope: ScopeID, by policy: SealPolicy) async throws {
        let now = kernel.surroundings.now()
        let drafts = try kernel.consult { replica, transaction in
            let law = try replica.authority(of: scope, in: transaction)
            let own = replica.identity.node
            guard law.role(of: own) != nil else { return [Draft]() }
            guard !law.retired.contains(own) else {
                // Whoever can say so is back, and is waited for again.
                return [Replica.retirementDraft(Retirement(node: own, isRetired: false), in: scope)]
            }
            var drafts = try replica.acknowledgements(in: scope, hold: policy.hold, now: now, transaction: transaction)
            drafts += try self.absentees(from: law, policy, now, transaction).map {
                Replica.retirementDraft(Retirement(node: $0), in: scope)
            }
            guard policy.isAutomatic else { return drafts }
            let seal = try replica.sealDraft(in: scope, hold: policy.hold, now: now, transaction: transaction)
            return drafts + (seal.map { [$0] } ?? [])
        }
        guard !drafts.isEmpty else { return }
        try await kernel.write { context in
            for draft in drafts { try context.commitWhereAllowed(draft) }
        }
    }

    /// Members that neither wrote anything nor were heard of for longer than the operator wants to wait.
    private func absentees(
        from law: Authority, _ policy: SealPolicy, _ now: Timestamp, _ transaction: any StoreTransaction
    ) throws -> [NodeID] {
        let own = kernel.identity.node
        guard let limit = policy.retireAfter, law.role(of: own) == .steward else { return [] }
        let scope = law.founding.scope
        var heard: [NodeID: Int64] = [:]
        for row in try transaction.logs.rows(.scope(scope)) {
            let author = row.descriptor.author.nodeID
            heard[author] = max(heard[author] ?? 0, Int64(clamping: row.lastStamp.milliseconds))
        }
        let board = sync.board.entries
        return try law.awaited.filter { node in
            guard node != own, board[node]?.isConnected != true else { return false }
            let address = DocumentAddress(scope: scope, document: Grant.document(for: node))
            let granted = try transaction.documents.state(address)?.updated.milliseconds ?? 0
            let last = max(heard[node] ?? 0, Int64(clamping: granted), board[node]?.lastSeen?.milliseconds ?? 0)
            return last > 0 && now.milliseconds - last > limit * 1000
        }
    }

    /// Drops what was replaced below a seal and is older than its kind's retention; a few hundred documents a write.
    private func prune(_ scope: ScopeID, by policy: SealPolicy) async throws {
        let now = kernel.surroundings.now()
        guard !policy.retention.isEmpty else { return }
        let cutoffs = policy.retention.mapValues { now.milliseconds - $0 * 1000 }
        let documents = try kernel.consult { replica, transaction in
            guard try !replica.authority(of: scope, in: transaction).horizons.isEmpty else { return [DocumentID]() }
            return try Replica.documents(of: cutoffs.keys.sorted(), in: scope, transaction: transaction)
        }
        for start in stride(from: 0, to: documents.count, by: 500) {
            let some = Array(documents[start..<min(start + 500, documents.count)])
            let receipt = try await kernel.write { context in
                try context.replica.prune(
                    some, in: scope, cutoffs: cutoffs, hold: policy.hold, now: now, transaction: context.transaction)
            }
            counters.add(Double(receipt.dropped), to: "operations_pruned")
        }
    }

    // MARK: By hand

    public func retire(_ peer: String, _ request: RetirePeer, as caller: Caller) async throws -> RetirementAnswer {
        try await naming {
            try caller.requireOperator(to: "retire nodes")
            return try await kernel.write { context in
                let directory = try NodeDirectory(&context.replica, context.transaction, own: self.settings.name)
                let node = try directory.require(peer)
                let own = context.replica.identity.node
                var answer = RetirementAnswer(node: node.description, retired: !request.back)
                for founding in try context.replica.foundings(in: context.transaction)
                where founding.name.kind != .instance {
                    let law = try context.replica.authority(of: founding.scope, in: context.transaction)
                    guard law.role(of: node) != nil, node == own || law.role(of: own) == .steward else { continue }
                    answer.scopes.append(founding.name.description)
                    guard law.retired.contains(node) == request.back else { continue }
                    let retirement = Retirement(node: node, isRetired: !request.back)
                    _ = try context.commit([Replica.retirementDraft(retirement, in: founding.scope)])
                }
                guard !answer.scopes.isEmpty else {
                    throw HiveError(
                        .forbidden, "this node is no steward of a scope that `\(peer)` has a part in",
                        hint: "ask on a node that is; see `hivectl scopes show`")
                }
                return answer
            }
        }
    }

    /// How far each scope that has other members is final, and who holds back what is not.
    func sealReports(
        _ lookup: ScopeLookup, _ replica: inout Replica, _ transaction: any StoreTransaction
    ) throws -> [SealReport] {
        let directory = try NodeDirectory(&replica, transaction, own: settings.name)
        return try lookup.foundings.filter { $0.name.kind != .instance }.compactMap { founding -> SealReport? in
            let law = try replica.authority(of: founding.scope, in: transaction)
            guard law.members.count > 1 else { return nil }
            let said = try replica.acknowledged(in: founding.scope, transaction: transaction)
            let rows = try transaction.logs.rows(.scope(founding.scope))
            let newest = law.horizons.map(\.seal.time).max()
            var report = SealReport(
                scope: founding.name.description, operations: rows.reduce(0) { $0 + Int($1.size) },
                sealed: rows.reduce(0) { $0 + Int(min($1.size, law.sealed[$1.id])) },
                until: newest.map { Timestamp(milliseconds: $0).rfc3339 })
            report.awaits = law.awaited.filter { node in
                rows.contains { row in
                    law.sealed[row.id] < row.size && said.size(of: row.id, in: row.descriptor.stream, by: node) == 0
                }
            }.map { name(of: $0, in: directory) }
            report.retired = law.retired.sorted().map { name(of: $0, in: directory) }
            return report
        }
    }

    private func name(of node: NodeID, in directory: NodeDirectory) -> String {
        let name = directory.name(of: node)
        return name.isEmpty ? node.short : name
    }
}
