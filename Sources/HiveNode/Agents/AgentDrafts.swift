import HiveAPI
import HiveCore

/// Turns what an agent says of itself into a draft.
struct AgentDrafts {
    let name: String
    let node: NodeID
    let scope: ScopeID

    /// Where the agent stands: in the first generation of its name that was not erased.
    private func place(
        _ transaction: any StoreTransaction
    ) throws -> (address: DocumentAddress, state: DocumentState?) {
        var generation: UInt64 = 0
        while true {
            let document = AgentProfile.document(name: name, node: node, in: scope, generation: generation)
            let address = DocumentAddress(scope: scope, document: document)
            let state = try transaction.documents.state(address)
            guard let state, state.isErased else { return (address, state) }
            generation += 1
        }
    }

    /// What is not said stays as it was.
    /// - Parameter suspension: what holds one back that retired, here or in another scope.
    func registering(
        _ request: RegisterAgent, agent: String?, suspension: Suspension?, in transaction: any StoreTransaction
    ) throws -> Draft {
        let (address, state) = try place(transaction)
        let profile = state.flatMap { AgentProfile($0) }
        var changes: [Draft.Change] = []
        if profile == nil {
            changes += [.set(AgentField.name, .text(name)), .set(AgentField.node, .bytes(node.digest.bytes))]
        }
        let texts: [(UInt64, String?)] = [
            (AgentField.role, request.role), (AgentField.description, request.description),
            (AgentField.model, request.model), (AgentField.client, request.client),
            (AgentField.performanceTier, request.capabilities.performanceTier),
        ]
        for (field, text) in texts { if let text { changes.append(.set(field, .text(text))) } }
        changes += Self.capabilities(request.capabilities, besides: profile)
        let limits = Self.limits(request.limits, besides: profile)
        if !limits.isEmpty { changes.append(.set(AgentField.limits, .map(limits))) }
        if state?.isForgotten ?? false { changes.append(.set(ReservedField.presence, .bool(true))) }
        changes += Self.standing(after: profile?.standing, suspension)
        // To register again is to be there again: it is written even where nothing else is new.
        if changes.isEmpty { changes.append(.set(AgentField.name, .text(name))) }
        return Draft(.agent, at: address, agent: agent ?? name, resolves: true, changes: changes)
    }

    private static func standing(after before: AgentStanding?, _ suspension: Suspension?) -> [Draft.Change] {
        if before ?? .retired == .retired, let suspension {
            return [AgentProfile.change(to: .suspended, reason: suspension.reason)]
        }
        let standing = (before ?? .retired).after(.register) ?? .active
        return before == standing ? [] : [AgentProfile.change(to: standing, reason: nil)]
    }

    private static func capabilities(
        _ declared: AgentCapabilities, besides profile: AgentProfile?
    ) -> [Draft.Change] {
        var changes: [Draft.Change] = []
        if !declared.cognitive.isEmpty {
            let present = Set(profile?.capabilities ?? [])
            let removed = present.subtracting(declared.cognitive).sorted()
            let added = Set(declared.cognitive).subtracting(present).sorted()
            if !removed.isEmpty { changes.append(.remove(AgentField.cognitive, removed.map(CBORValue.text))) }
            if !added.isEmpty { changes.append(.add(AgentField.cognitive, added.map(CBORValue.text))) }
        }
        if !declared.resourceRequirements.isEmpty {
            changes.append(.set(AgentField.requirements, JSONValue.object(declared.resourceRequirements).cbor))
        }
        return changes
    }

    private static func limits(_ declared: AgentLimits, besides profile: AgentProfile?) -> [String: CBORValue] {
        let numbers = [
            ("max_concurrent_tasks", declared.maxConcurrentTasks), ("max_context_tokens", declared.maxContextTokens),
            ("max_task_seconds", declared.maxTaskSeconds),
        ]
        guard numbers.contains(where: { $0.1 != nil }) else { return [:] }
        var limits: [String: CBORValue] = [:]
        for (name, number) in numbers {
            limits[name] = (number ?? profile?.limit(name)).map { .integer(Int64($0)) }
        }
        return limits
    }
}
