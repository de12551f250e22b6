public import HiveAPI
import HiveCore
import Synchronization

extension Node: KnowledgeService {
    public func whoKnows(_ query: KnowledgeQuery, as caller: Caller) async throws -> KnowledgeAnswer {
        try await naming {
            try query.checkLimits()
            var search = MemoryQuery(q: query.q)
            search.scope = query.scope
            search.limit = Self.hitsLookedAt
            let page = try await self.search(search, as: caller)
            let history: any PastTaskSearch = taskHistory.withLock { $0 } ?? self
            let tasks = try history.pastTasks(like: query.q, limit: Self.hitsLookedAt)
            let now = kernel.surroundings.now()
            let experts = try withRoster { roster in
                var panel = ExpertPanel(now: now)
                for hit in page.items { panel.hear(hit) }
                for task in tasks {
                    panel.hear(task, trust: self.trust(in: task.agent, at: task.node, own: roster.own))
                }
                for entry in roster.entries where entry.state != .retired {
                    panel.hear(
                        entry, about: query.q, trust: self.trust(in: entry.name, at: entry.node, own: roster.own))
                }
                return panel.experts(limit: query.limit, roster)
            }
            return KnowledgeAnswer(
                query: query.q, experts: experts, known: Array(page.items.prefix(Self.hitsShown)))
        }
    }

    private static let hitsLookedAt = 50
    private static let hitsShown = 5
}
