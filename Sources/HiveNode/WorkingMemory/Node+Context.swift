public import HiveAPI
import HiveCore

/// Context blocks.
extension Node: WorkingMemoryService {
    public func context(_ query: ContextQuery, as caller: Caller) async throws -> ContextAnswer {
        try await naming {
            try query.checkLimits()
            guard let format = ContextFormat(rawValue: query.format) else {
                throw HiveError(.invalidInput, "`\(query.format)` is no format of a context block")
            }
            let hits = query.q == nil ? [] : try await search(query.search, as: caller).items
            return try kernel.consult { replica, transaction in
                var desk = try self.desk(query.agent ?? caller.agent, &replica, transaction)
                let budget = query.budget ?? desk.budget
                _ = desk.settle()
                let candidates = try ContextCandidate.ranked(desk, core: try desk.core(), hits: hits)
                let block = ContextBlock(
                    candidates.map { $0.item(at: desk.now) }, format: format, budget: budget)
                return Self.answer(block, candidates, budget: budget)
            }
        }
    }

    private static func answer(
        _ block: ContextBlock, _ candidates: [ContextCandidate], budget: Int
    ) -> ContextAnswer {
        let known = Dictionary(candidates.map { ($0.id, $0) }) { first, _ in first }
        let items = block.shown.map { shown in
            ContextEntry(
                id: shown.id, kind: known[shown.id]?.kind.rawValue ?? "", attention: known[shown.id]?.attention ?? 0,
                score: known[shown.id]?.score ?? 0, tokens: shown.tokens, shortened: !shown.isWhole)
        }
        return ContextAnswer(
            format: block.format.rawValue, block: block.text, budget: budget, tokens: block.tokens, items: items,
            leftOut: block.leftOut)
    }
}
