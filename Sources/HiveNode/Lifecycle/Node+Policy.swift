import HiveAPI
import HiveCore

/// Applies the conditions for core knowledge and for the archive, to the memories that this node is the home of.
extension Node {
    private static let policyBatch = 256
    /// Of conditions that cannot be answered only so many are told.
    private static let mostProblems = 20

    func applyPolicy(into report: inout ConsolidationReport) async throws {
        guard !settings.lifecycle.policy.isEmpty else { return }
        let addresses = try kernel.consult { replica, transaction in
            var query = SearchQuery(limit: .max)
            query.scopes = try ScopeLookup(&replica, transaction).scopes
            query.now = kernel.surroundings.now()
            return try transaction.index.search(query).map(\.address).sorted()
        }
        for start in stride(from: 0, to: addresses.count, by: Self.policyBatch) {
            let batch = addresses[start..<min(start + Self.policyBatch, addresses.count)]
            for decision in try decisions(about: batch, into: &report) {
                try await carryOut(decision, into: &report)
            }
            try Task.checkCancellation()
        }
    }

    private struct Decision: Sendable {
        let state: DocumentState
        let scope: String
        let field: UInt64
    }

    private func decisions(
        about addresses: ArraySlice<DocumentAddress>, into report: inout ConsolidationReport
    ) throws -> [Decision] {
        try kernel.consult { replica, transaction in
            let view = try self.view(&replica, transaction)
            let now = kernel.surroundings.now()
            let beliefs = BeliefReader(
                transaction: transaction, scopes: view.lookup.scopes, policy: settings.belief, now: now)
            var decisions: [Decision] = []
            for address in addresses {
                guard let state = try transaction.documents.state(address),
                    try transaction.home(of: state) == replica.identity.node, let engram = try view.engram(state)
                else { continue }
                let life = try MemoryLife(engram, halfLives: settings.lifecycle.halfLives, now: now, in: transaction)
                let evidence = PolicyEvidence(
                    engram: engram, scope: view.lookup.name(of: address.scope), life: life,
                    effectiveConfidence: try beliefs.confidence(in: engram).value, now: now)
                if let field = field(for: evidence, into: &report) {
                    decisions.append(Decision(state: state, scope: evidence.scope, field: field))
                }
            }
            return decisions
        }
    }

    /// What is to be set on a memory; nil for nothing. Where somebody has decided by hand, that holds.
    private func field(for evidence: PolicyEvidence, into report: inout ConsolidationReport) -> UInt64? {
        let engram = evidence.engram
        let policy = settings.lifecycle.policy
        if isUndecided(EngramField.core, engram), !engram.isArchived,
            isYes(policy.makesCore(evidence), "core", engram, into: &report)
        {
            return EngramField.core
        }
        if isUndecided(EngramField.archived, engram), !engram.isPinned, !engram.isCore,
            isYes(policy.archives(evidence), "archive", engram, into: &report)
        {
            return EngramField.archived
        }
        return nil
    }

    private func isUndecided(_ field: UInt64, _ engram: Engram) -> Bool {
        [nil, .null].contains(engram.state.shown(field)?.inline)
    }

    private func isYes(
        _ verdict: LifecyclePolicy.Verdict, _ name: String, _ engram: Engram, into report: inout ConsolidationReport
    ) -> Bool {
        if case .failed(let reason) = verdict, report.problems.count < Self.mostProblems {
            report.problems.append("lifecycle.\(name) on \(engram.state.address.document.short): \(reason)")
        }
        return verdict == .yes
    }

    private func carryOut(_ decision: Decision, into report: inout ConsolidationReport) async throws {
        let id = decision.state.address.document.description
        if !report.dryRun {
            do {
                let isDone = try await kernel.write { context in
                    let state = try context.transaction.documents.state(decision.state.address)
                    guard state?.version == decision.state.version else { return false }
                    let changes: [Draft.Change] = [.set(decision.field, .bool(true))]
                    _ = try context.commit([Draft(decision.state.kind, at: decision.state.address, changes: changes)])
                    return true
                }
                guard isDone else { return }
            } catch let error as ReplicaError where error.code == .notPermitted {
                if report.problems.count < Self.mostProblems { report.problems.append("\(id): \(error.message)") }
                return
            }
        }
        guard decision.field == EngramField.core else { return report.archived.append(id) }
        report.core.append(id)
        let isThere = ScopeName(decision.scope).map { scope in
            settings.lifecycle.coreScope.map { scope.kind.rawValue >= $0.kind.rawValue } ?? true
        }
        if !report.dryRun, isThere != true { await copyToCoreScope(id, into: &report) }
    }

    /// Copies what became core knowledge to the scope that is configured for it.
    private func copyToCoreScope(_ id: String, into report: inout ConsolidationReport) async {
        guard let scope = settings.lifecycle.coreScope else { return }
        do {
            let copy = try await promote(id, PromoteMemory(to: scope.description), as: .operator).memory
            _ = try await mark(copy.id, MarkMemory(core: true), as: .operator)
        } catch {
            if report.problems.count < Self.mostProblems {
                report.problems.append("\(id) is core knowledge and was not copied to \(scope): \(error)")
            }
        }
    }
}
