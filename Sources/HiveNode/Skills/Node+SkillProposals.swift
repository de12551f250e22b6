public import HiveAPI
import HiveCore

extension Node {
    public func proposeSkills(_ request: ProposeSkills, as caller: Caller) async throws -> SkillProposals {
        try await naming {
            try request.checkLimits()
            let agent = request.agent ?? caller.agent
            var answer = SkillProposals(items: [], considered: 0)
            for founding in try kernel.consult({ try Self.proposable(request.scope, &$0, $1) }) {
                let proposer = try successes(in: founding.scope)
                answer.considered += proposer.candidates.count
                for group in proposer.groups(ofAtLeast: request.episodes) {
                    guard try !kernel.read({ try Self.isKnown(group, in: $0) }) else {
                        answer.known += 1
                        continue
                    }
                    guard let proposal = SkillProposer.proposal(for: group) else {
                        answer.withoutSteps += 1
                        continue
                    }
                    let written = request.dryRun ? false : try await write(proposal, agent: agent)
                    if !request.dryRun, !written {
                        answer.known += 1
                        continue
                    }
                    answer.items.append(Self.record(proposal, in: founding, written: written))
                }
            }
            return answer
        }
    }

    /// The scope that was named, or all that this node may write to. A skill stands where its episodes do, so that it
    /// tells nobody of them who may not see them.
    private static func proposable(
        _ name: String?, _ replica: inout Replica, _ transaction: any StoreTransaction
    ) throws -> [ScopeFounding] {
        let lookup = try ScopeLookup(&replica, transaction)
        if let name { return [try lookup.require(name)] }
        let node = replica.identity.node
        var foundings: [ScopeFounding] = []
        for founding in lookup.foundings {
            let role = try replica.authority(of: founding.scope, in: transaction).role(of: node)
            if founding.name.kind == .instance || role == .writer || role == .steward { foundings.append(founding) }
        }
        return foundings
    }

    private func successes(in scope: ScopeID) throws -> SkillProposer {
        let engrams = try kernel.consult { replica, transaction in
            let view = MemoryView(transaction: transaction, lookup: try ScopeLookup(&replica, transaction))
            var query = SearchQuery(limit: SkillProposer.episodes)
            query.scopes = [scope]
            query.kinds = [.episodic]
            query.facets = [.outcome(Episode.Outcome.success.rawValue)]
            query.excluded = [Facet("status", "retracted")]
            query.now = kernel.surroundings.now()
            return try transaction.index.search(query).compactMap { hit in
                try transaction.documents.state(hit.address).flatMap { try view.engram($0) }
            }
        }
        return SkillProposer(engrams, vectors: meaning?.vectors(keptOf: engrams.map(\.state.address)) ?? [:])
    }

    /// Whether a skill was made from one of these episodes, or stood where theirs would, even if it was forgotten.
    private static func isKnown(
        _ group: [SkillProposer.Candidate], in transaction: any StoreTransaction
    ) throws -> Bool {
        if try transaction.documents.state(SkillProposer.address(for: group)) != nil { return true }
        return try group.contains { member in
            var query = SearchQuery(limit: 1)
            query.scopes = [member.address.scope]
            query.kinds = [.procedural]
            query.facets = [.source(member.address.document.description)]
            return try !transaction.index.search(query).isEmpty
        }
    }

    /// False where somebody else wrote it meanwhile.
    private func write(_ proposal: SkillProposer.Proposal, agent: String?) async throws -> Bool {
        try await kernel.write { context in
            guard try context.transaction.documents.state(proposal.address) == nil else { return false }
            _ = try context.commit([
                Draft(.procedural, at: proposal.address, agent: agent, changes: proposal.changes)
            ])
            return true
        }
    }

    private static func record(
        _ proposal: SkillProposer.Proposal, in founding: ScopeFounding, written: Bool
    ) -> SkillProposal {
        SkillProposal(
            id: proposal.address.document.description, scope: founding.name.description, trigger: proposal.trigger,
            steps: proposal.steps, episodes: proposal.episodes.map(\.address.document.description), written: written)
    }
}
