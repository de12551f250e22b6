import HiveAPI
import HiveCore

/// How episodes and skills are changed.
extension Node {
    /// What a change of a story sees.
    struct Story {
        let state: DocumentState
        let engram: Engram
        let agent: String?
        let now: Timestamp
    }

    /// Finds a memory of a kind and changes it. A request that was carried out under the same key before is answered
    /// again, and nothing is written.
    func changeStory(
        _ id: String, kind: EngramKind, version: String? = nil, by agent: String?, once: RepeatedRequest? = nil,
        _ changes: @escaping @Sendable (Story) throws -> [Draft.Change]
    ) async throws -> MemoryAnswer {
        try await kernel.write { context in
            if let earlier = try once?.earlier(in: context.transaction) {
                return try self.answer(earlier, basedOn: nil, created: false, in: &context)
            }
            let lookup = try ScopeLookup(&context.replica, context.transaction)
            let view = MemoryView(transaction: context.transaction, lookup: lookup)
            let state = try view.find(id)
            guard let engram = try view.engram(state), engram.kind == kind else {
                throw HiveError(
                    .invalidInput,
                    "the memory `\(id)` is \(EngramKind(state.kind)?.rawValue ?? "something else"), not "
                        + kind.rawValue, hint: "see hivectl memory get \(id)")
            }
            let seen = try Self.seen(version, mustBeCurrent: false, state)
            let story = Story(state: state, engram: engram, agent: agent, now: context.now)
            let draft = Draft(
                kind.document, at: state.address, agent: agent, seen: seen,
                changes: try changes(story) + state.awakening)
            let receipt = try context.commit([draft])
            try once?.keep(state.address, in: context.transaction)
            return try self.answer(
                receipt.states[0], basedOn: seen == nil ? receipt.bases[0] : nil, created: false, in: &context)
        }
    }
}
