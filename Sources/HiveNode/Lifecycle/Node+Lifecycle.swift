public import HiveAPI
import HiveCore

extension Node: LifecycleService {
    public func mark(_ id: String, _ request: MarkMemory, as caller: Caller) async throws -> MemoryAnswer {
        try await naming {
            try request.checkLimits()
            let agent = request.agent ?? caller.agent
            return try await kernel.write { context in
                let view = try self.view(in: &context)
                let state = try view.find(id)
                let seen = try Self.seen(request.version, mustBeCurrent: false, state)
                guard let engram = try view.engram(state) else {
                    throw HiveError(.notFound, "the document is no memory")
                }
                let changes = Self.changes(for: request, engram)
                let draft = Draft(state.kind, at: state.address, agent: agent, seen: seen, changes: changes)
                let result = changes.isEmpty ? state : try context.commit([draft]).states[0]
                guard var memory = try view.memory(result) else { throw HiveError(.notFound, "no memory `\(id)`") }
                memory.lifecycle = try self.lifecycle(of: result, view: view)
                return MemoryAnswer(memory: memory, basedOn: seen == nil ? state.version.token : nil)
            }
        }
    }

    private static func changes(for request: MarkMemory, _ engram: Engram) -> [Draft.Change] {
        let marks: [(field: UInt64, wanted: Bool?, current: Bool)] = [
            (EngramField.archived, request.archived, engram.isArchived),
            (EngramField.pinned, request.pinned, engram.isPinned), (EngramField.core, request.core, engram.isCore),
        ]
        return marks.compactMap { mark in
            guard let wanted = mark.wanted else { return nil }
            // To say no is worth writing down even where nobody had said yes: a policy then leaves the memory alone.
            let isSaid = engram.state.shown(mark.field)?.inline == .bool(wanted)
            return isSaid ? nil : .set(mark.field, .bool(wanted))
        }
    }

    /// How alive a memory is now; nil for what is no memory.
    func lifecycle(of state: DocumentState, view: MemoryView) throws -> Lifecycle? {
        guard let engram = try view.engram(state) else { return nil }
        let life = try MemoryLife(
            engram, halfLives: settings.lifecycle.halfLives, now: kernel.surroundings.now(), in: view.transaction)
        return life.lifecycle(of: engram)
    }

    public func lifecycle(as caller: Caller) async throws -> LifecycleStatus {
        try await naming { try kernel.read { try self.lifecycleStatus(in: $0) } }
    }

    func lifecycleStatus(in transaction: any StoreTransaction) throws -> LifecycleStatus {
        let chosen = settings.lifecycle
        let last = try LastConsolidation.load(in: transaction)
        let clock = NightlyTime(minuteOfDay: chosen.minuteOfDay)
        let next = chosen.consolidates ? clock.next(after: kernel.surroundings.now()) : nil
        return LifecycleStatus(
            consolidation: chosen.consolidates, at: clock.description, nextAt: next?.rfc3339,
            lastAt: last?.report?.startedAt, lastSummaries: last?.report?.summaries.count,
            lastArchived: last?.report?.archived.count, lastCore: last?.report?.core.count,
            problems: last?.report?.problems ?? [], duplicates: chosen.duplicates.rawValue,
            coreCondition: chosen.policy.coreSource, archiveCondition: chosen.policy.archiveSource)
    }
}
