public import HiveAPI
import HiveCEL
import HiveCore
import HiveRules
import Synchronization

/// The last decisions, for those who watch the law at work. Soft: written nowhere, and short of every input, so that a
/// large file that was judged is not kept for it.
final class RecentDecisions: Sendable {
    private struct Ring {
        var entries: [RecentDecision] = []
        /// Where the next one goes once the ring is full.
        var next = 0
    }

    private let ring = Mutex(Ring())

    func note(_ record: DecisionRecord) {
        let entry = Self.entry(record)
        ring.withLock { ring in
            guard ring.entries.count == DecisionQuery.most else { return ring.entries.append(entry) }
            ring.entries[ring.next] = entry
            ring.next = (ring.next + 1) % DecisionQuery.most
        }
    }

    /// Newest first.
    func list(_ query: DecisionQuery) -> [RecentDecision] {
        let newest = ring.withLock { ring in (ring.entries[ring.next...] + ring.entries[..<ring.next]).reversed() }
        return Array(newest.lazy.filter(query.admits).prefix(query.limit))
    }

    private static func entry(_ record: DecisionRecord) -> RecentDecision {
        let (decision, input) = (record.decision, record.input.value)
        var entry = RecentDecision(
            id: decision.id, time: record.time.rfc3339, event: record.input.event, effect: decision.effect.rawValue,
            allowed: decision.allowed, ruleSet: decision.ruleSet)
        entry.name = text(input, "tool") ?? text(input, "name")
        entry.subject = ["command", "path", "url", "content"].lazy.compactMap { text(input, $0) }.first
        entry.agent = text(member(input, "agent"), "name")
        entry.machine = text(member(input, "machine"), "name")
        entry.project = text(input, "project")
        entry.rule = decision.rule?.id
        entry.ruleVersion = decision.rule.map { Int($0.version) }
        entry.message = cut(decision.message)
        entry.remediation = decision.remediation.map(cut)
        entry.matched = decision.matched.map(\.id)
        entry.shadow = decision.shadow.map(\.id)
        entry.errors = decision.errors.map { "\($0.id): \(cut($0.message))" }
        entry.durationNanoseconds = Int(decision.durationNanoseconds)
        return entry
    }

    private static func member(_ value: Value?, _ name: String) -> Value? {
        guard case .map(let map)? = value else { return nil }
        return map[name]
    }

    /// A text of an object that is there and not empty, cut.
    private static func text(_ value: Value?, _ name: String) -> String? {
        guard case .string(let text)? = member(value, name), !text.isEmpty else { return nil }
        return cut(text)
    }

    private static func cut(_ text: String) -> String {
        // Bytes are counted first: characters of a long text take long to count.
        guard text.utf8.count > RecentDecision.longestText else { return text }
        let kept = text.prefix(RecentDecision.longestText)
        return kept.endIndex == text.endIndex ? text : kept + "…"
    }
}

extension Node: DecisionLogService {
    public func recentDecisions(_ query: DecisionQuery, as caller: Caller) async throws -> Page<RecentDecision> {
        // What one agent asked about is nothing to the others.
        try caller.requireOperator(to: "look at decisions")
        try query.checkLimits()
        return Page(items: recentDecisions.list(query))
    }
}
