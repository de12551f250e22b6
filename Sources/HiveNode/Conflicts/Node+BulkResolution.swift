public import HiveAPI
import HiveCore

extension Node {
    /// How many conflicts are settled in one transaction: others' writes go between.
    private static let batch = 50

    public func resolve(_ request: ResolveConflicts, as caller: Caller) async throws -> ConflictOutcomes {
        try await naming {
            try request.checkLimits()
            let condition = try ConflictCondition(request.condition, now: kernel.surroundings.now())
            guard ConflictPolicy(rawValue: request.take) != nil else {
                throw Settler.unknown(request.take, or: "settle them one by one")
            }
            let fitting = try standingConflicts().filter { try condition.holds(of: $0) }
                .sorted { ($0.since, $0.id) < ($1.since, $1.id) }
            let chosen = Array(fitting.prefix(request.limit))
            let keys = try contradictionKeys()
            var items: [ConflictOutcome] = []
            if request.take == ConflictPolicy.custom.rawValue, !request.dryRun {
                for conflict in chosen { items.append(await settleByHandler(conflict, as: caller)) }
            } else {
                for start in stride(from: 0, to: chosen.count, by: Self.batch) {
                    let part = Array(chosen[start..<min(start + Self.batch, chosen.count)])
                    items += try await settle(part, by: request, keys: keys, as: caller)
                }
            }
            return ConflictOutcomes(items: items, matched: fitting.count, dryRun: request.dryRun)
        }
    }

    /// Settles some in one transaction, each for itself: one that cannot be settled leaves no trace and does not hold up the
    /// others.
    private func settle(
        _ conflicts: [Conflict], by request: ResolveConflicts, keys: [String: String], as caller: Caller
    ) async throws -> [ConflictOutcome] {
        let agent = request.agent ?? caller.agent
        let take = ResolveConflict(take: request.take)
        if request.dryRun {
            return try kernel.consult { replica, transaction in
                let settler = Settler(
                    view: try self.view(&replica, transaction), node: replica.identity.node,
                    now: self.kernel.surroundings.now(), agent: agent, keys: keys)
                return try conflicts.map { conflict in
                    try Self.outcome(of: conflict) {
                        let value = try settler.settlement(of: conflict.id, by: take).value
                        return ConflictOutcome(conflict, outcome: ConflictOutcome.wouldSettle, value: value)
                    }
                }
            }
        }
        return try await kernel.write { context in
            try conflicts.map { conflict in
                try Self.outcome(of: conflict) {
                    var settler = try self.settler(for: agent, in: &context)
                    (settler.keys, settler.dots) = (keys, Set(conflict.siblings.map(\.dot)))
                    let settlement = try settler.settlement(of: conflict.id, by: take)
                    try context.transaction.savepoint { _ = try context.commit(settlement.drafts) }
                    return ConflictOutcome(conflict, outcome: ConflictOutcome.settled, value: settlement.value)
                }
            }
        }
    }

    private func settleByHandler(_ conflict: Conflict, as caller: Caller) async -> ConflictOutcome {
        do {
            let request = ResolveConflict(take: ConflictPolicy.custom.rawValue)
            let memory = try await resolve(conflict.id, with: request, as: caller).memory
            return ConflictOutcome(conflict, outcome: ConflictOutcome.settled, value: .string(memory.id))
        } catch { return ConflictOutcome(conflict, failure: HiveError(error)) }
    }

    /// What becomes of one conflict. What fails of it is said; what fails of the disk ends all.
    private static func outcome(of conflict: Conflict, _ body: () throws -> ConflictOutcome) throws -> ConflictOutcome {
        do { return try body() } catch let error as StoreError { throw error } catch {
            return ConflictOutcome(conflict, failure: HiveError(error))
        }
    }
}
