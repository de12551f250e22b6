public import HiveAPI
import HiveCore
import Logging

/// What a node does about conflicts by itself, where a policy asks for it: at the document's home only.
extension Node {
    /// Has conflicts of the policy `custom` settled by code of the embedder's from now on; nil for nobody.
    public func handleConflicts(with handler: (any ConflictHandler)?) { conflictDesk.install(handler) }

    /// The same with one closure.
    public func handleConflicts(_ body: @escaping @Sendable (Conflict) async throws -> ConflictVerdict) {
        conflictDesk.install(ClosureHandler(body: body))
    }

    /// How many handlers think at the same time.
    private static let width = 16

    /// Settles what its policy says this node must, and reminds people of what waits for them.
    func keepConflicts() async throws {
        let noted = try kernel.read { try Escalation.ids(in: $0) }
        guard settings.conflicts.policies.act || !noted.isEmpty else { return }
        let standing = try standingConflicts()
        let ids = Set(standing.map(\.id))
        conflictDesk.keep(ids)
        for start in stride(from: 0, to: standing.count, by: Self.width) {
            await withTaskGroup(of: Void.self) { group in
                for conflict in standing[start..<min(start + Self.width, standing.count)] {
                    group.addTask { await self.attend(to: conflict) }
                }
            }
        }
        let ended = noted.filter { !ids.contains($0) }
        guard !ended.isEmpty else { return }
        try await kernel.write { context in
            for id in ended { try Escalation.remove(id, in: context.transaction) }
        }
    }

    private func attend(to conflict: Conflict) async {
        do {
            switch ConflictPolicy(rawValue: conflict.policy) {
            case .escalate: try await escalate(conflict)
            case .local, .remote, .custom:
                if conflict.escalated { try await escalate(conflict) }
                guard try isResponsible(for: conflict), conflictDesk.takesUp(conflict) else { return }
                try await act(on: conflict)
            default: return
            }
        } catch {
            conflictDesk.release(conflict)
            logger.error("a conflict could not be dealt with: \(error)", metadata: ["conflict": "\(conflict.id)"])
        }
    }

    /// Whether this node is to settle it: as the home of the memory, of beliefs that of the first, or as the founder of the scope
    /// where that home is no member any more.
    private func isResponsible(for conflict: Conflict) throws -> Bool {
        try kernel.consult { replica, transaction in
            let view = try self.view(&replica, transaction)
            let ids = Set(conflict.siblings.compactMap(\.memory)).union([conflict.memory])
            let states = try ids.map { try view.locate($0) }
            guard
                let first = states.min(by: {
                    ($0.creation.stamp, $0.creation.dot) < ($1.creation.stamp, $1.creation.dot)
                })
            else { return false }
            let authority = try replica.authority(of: first.address.scope, in: transaction)
            let node = replica.identity.node
            guard let home = try transaction.home(of: first), home != node else { return true }
            return authority.role(of: home) == nil && authority.founding.founder == node
        }
    }

    private func act(on conflict: Conflict) async throws {
        guard conflict.policy == ConflictPolicy.custom.rawValue else {
            return try await settleHere(conflict, ResolveConflict(take: conflict.policy))
        }
        switch await conflictDesk.ask(about: conflict, within: .seconds(settings.conflicts.deadline)) {
        case .verdict(.leave): return
        case .verdict(.escalate): try await escalate(conflict)
        case .verdict(let verdict):
            guard let request = Self.request(for: verdict) else { return }
            do { try await settleHere(conflict, request, isExact: true) } catch let error as HiveError {
                try await fallBack(conflict, because: "the handler's answer is none: \(error.message)")
            }
        case .failed(let why): try await fallBack(conflict, because: why)
        }
    }

    /// Does what the policy says that holds where nobody answers.
    private func fallBack(_ conflict: Conflict, because why: String) async throws {
        let fallback = settings.conflicts.policies.fallback
        logger.warning(
            "a conflict is left to the policy `\(fallback.rawValue)`: \(why)", metadata: ["conflict": "\(conflict.id)"])
        switch fallback {
        case .local, .remote: try await settleHere(conflict, ResolveConflict(take: fallback.rawValue))
        case .escalate: try await escalate(conflict)
        // What these show is shown already.
        case .newest, .confidence, .priority, .authority, .merge, .fork, .custom: return
        }
    }

    /// Settles a conflict in this node's own name, as long as the values stand that it was decided about.
    private func settleHere(_ conflict: Conflict, _ request: ResolveConflict, isExact: Bool = false) async throws {
        let dots = Set(conflict.siblings.map(\.dot))
        if isExact, let take = request.take, !dots.contains(take) {
            throw HiveError(.invalidInput, "none of the values has the dot `\(take)`")
        }
        if let value = request.value {
            try permit(all: Self.words(in: value), of: nil, in: request.json, by: nil, as: .operator)
        }
        let keys = try contradictionKeys()
        do {
            try await kernel.write { context in
                var settler = try self.settler(for: nil, in: &context)
                (settler.keys, settler.dots) = (keys, dots)
                _ = try context.commit(try settler.settlement(of: conflict.id, by: request).drafts)
            }
        } catch let error as HiveError where [.staleVersion, .notFound, .conflictRemains].contains(error.code) {
            // Settled or changed by others meanwhile, or nothing to choose from: the next round sees what stands then.
            logger.debug("a conflict is left as it is: \(error.message)", metadata: ["conflict": "\(conflict.id)"])
        }
    }

    /// The conflicts that wait for a person. Costs nothing where no policy asks for one.
    func escalatedConflicts() throws -> [Conflict] {
        let isNoted = try kernel.read { !(try Escalation.ids(in: $0)).isEmpty }
        guard settings.conflicts.policies.act || isNoted else { return [] }
        return try standingConflicts().filter(\.escalated)
    }

    /// What is to be said of them in an examination of the node.
    func conflictChecks() throws -> [HealthCheck] {
        let waiting = try escalatedConflicts()
        guard let oldest = waiting.map(\.since).min() else { return [] }
        let what = waiting.count == 1 ? "one conflict waits" : "\(waiting.count) conflicts wait"
        return [
            .warning(
                "conflicts", "\(what) for a person, the oldest since \(oldest)",
                advice: "see `hivectl conflicts list --escalated`")
        ]
    }

    /// Brings a conflict before people: at once, and again when it has waited for long.
    func escalate(_ conflict: Conflict) async throws {
        let reminder = settings.conflicts.reminder * 1000
        let step = try await kernel.write { context -> String? in
            let known = try Escalation.find(conflict.id, in: context.transaction)
            guard var known, known.isAbout(conflict) else {
                try Escalation(of: conflict, at: context.now).save(conflict.id, in: context.transaction)
                return "escalated"
            }
            guard context.now.milliseconds - known.reminded.milliseconds >= reminder else { return nil }
            known.reminded = context.now
            try known.save(conflict.id, in: context.transaction)
            return "reminder"
        }
        guard let step else { return }
        logger.warning(
            "a conflict waits for a person", metadata: ["conflict": "\(conflict.id)", "since": "\(conflict.since)"])
        announcer.announce(
            "conflict.\(step)",
            [
                "id": .string(conflict.memory), "scope": .string(conflict.scope ?? ""),
                "conflict": .string(conflict.id), "kind": .string(conflict.kind), "field": .string(conflict.field),
                "since": .string(conflict.since),
            ])
    }
}
