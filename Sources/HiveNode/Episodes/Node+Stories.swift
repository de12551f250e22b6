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
        _ id: String, kind: EngramKind, version: String? = nil, by agent: String?, once: Once? = nil,
        _ changes: @escaping @Sendable (Story) throws -> [Draft.Change]
    ) async throws -> MemoryAnswer {
        try await kernel.write { context in
            if let once, let earlier = try self.stored(under: once.key, for: once.digest, in: &context) {
                return earlier
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
            if let once {
                try context.transaction.local.set(
                    state.address.scope.digest.bytes + state.address.document.bytes + once.digest.bytes,
                    for: once.key, in: Self.idempotency)
            }
            return try self.answer(
                receipt.states[0], basedOn: seen == nil ? receipt.bases[0] : nil, created: false, in: &context)
        }
    }

    /// What recognises a request that is made again.
    struct Once: Sendable {
        let key: [UInt8]
        let digest: Digest

        /// Nil where the caller gave no key. `target` tells requests apart that say the same about different things.
        init?(_ key: String?, _ request: JSONValue, about target: String, as caller: Caller) {
            guard let key else { return nil }
            self.key = Array("\(caller.role.rawValue)/\(key)".utf8)
            digest = Digest.sha256(domain: "hive/1/request", Array(target.utf8), request.bytes)
        }
    }
}
