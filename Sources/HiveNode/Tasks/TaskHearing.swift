import HiveCore
import Synchronization

/// When the holders of this node's tasks were last heard of, and how far they say they are. Soft state: a home that has just
/// started gives everybody a whole lease.
final class TaskHearing: Sendable {
    private struct Word: Sendable, Hashable {
        /// By this node's clock.
        var at: Timestamp
        /// What the task's entries said then, by the holder's clock.
        var written: Timestamp
        var percent: Int64?
    }

    private let words = Mutex<[String: Word]>([:])
    private let startedAt: Timestamp
    /// What nodes say of the present.
    private let soft: @Sendable (SoftKey) -> SoftDesk.Heard?

    init(startedAt: Timestamp, soft: @escaping @Sendable (SoftKey) -> SoftDesk.Heard?) {
        self.startedAt = startedAt
        self.soft = soft
    }

    /// Notes that a holder said something that is not written down.
    func hear(_ claim: TaskCourse.Claim, percent: Int64?, now: Timestamp) {
        words.withLock { words in
            let before = words[claim.id]
            words[claim.id] = Word(at: now, written: claim.heardAt, percent: percent ?? before?.percent)
        }
    }

    /// When a holder was last heard of: about this task, or by a heartbeat. What it has written since the last time counts as
    /// heard now.
    func heard(_ claim: TaskCourse.Claim, now: Timestamp) -> Timestamp {
        let said = words.withLock { words in
            var word = words[claim.id] ?? Word(at: max(startedAt, claim.grantedAt), written: claim.heardAt)
            if claim.heardAt > word.written { (word.at, word.written) = (now, claim.heardAt) }
            words[claim.id] = word
            return word.at
        }
        let heartbeat = soft(SoftKey(node: claim.node, key: AgentPulse.key(for: claim.agent)))
        return [pulse(of: claim)?.at, heartbeat?.at].compactMap(\.self).reduce(said, max)
    }

    /// What a holder said last, if anything was heard since the start.
    func percent(of claim: TaskCourse.Claim) -> Int64? {
        let said = words.withLock { $0[claim.id]?.percent }
        return pulse(of: claim).flatMap { TaskPulse(decoding: $0.state.payload)?.percent } ?? said
    }

    private func pulse(of claim: TaskCourse.Claim) -> SoftDesk.Heard? {
        soft(SoftKey(node: claim.node, key: TaskPulse.key(for: claim.id)))
    }

    /// Forgets all claims but these.
    func keep(_ claims: Set<String>) { words.withLock { words in words = words.filter { claims.contains($0.key) } } }
}
