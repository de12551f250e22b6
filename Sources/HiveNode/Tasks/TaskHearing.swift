import HiveCore
import Synchronization

/// When the holders of this node's tasks were last heard of, and how far they say they are. All is measured by this node's
/// uptime: neither the clocks of holders nor a clock that is set here make a lease longer or shorter. Soft state: a home that
/// has just started gives everybody a whole lease.
final class TaskHearing: Sendable {
    private struct Word: Sendable, Hashable {
        /// When something was last heard.
        var heard: Int64
        /// How many entries of the holder were seen, and since when.
        var entries: Int
        var written: Int64
        var percent: Int64?
    }

    private struct Words: Sendable {
        var claims: [String: Word] = [:]
        /// Since when offers stand.
        var offers: [Offered: Int64] = [:]
    }

    private struct Offered: Sendable, Hashable {
        let task: DocumentAddress
        let offer: TaskCourse.Offer
    }

    private let words = Mutex(Words())
    private let uptime: @Sendable () -> Int64
    /// What nodes say of the present.
    private let soft: @Sendable (SoftKey) -> SoftDesk.Heard?

    init(uptime: @escaping @Sendable () -> Int64, soft: @escaping @Sendable (SoftKey) -> SoftDesk.Heard?) {
        self.uptime = uptime
        self.soft = soft
    }

    /// Notes that a holder said something that is not written down.
    func hear(_ claim: TaskCourse.Claim, percent: Int64?) {
        let time = uptime()
        words.withLock { words in
            Self.look(at: claim, in: &words, time)
            words.claims[claim.id]?.heard = time
            if let percent { words.claims[claim.id]?.percent = percent }
        }
    }

    /// For how many milliseconds nothing was heard of a holder: about this task, or by a heartbeat. What it has written since
    /// the last time counts as heard now.
    ///
    /// - Parameter byHeartbeats: false for a holder that is suspended, which goes on being there and does nothing.
    func silence(of claim: TaskCourse.Claim, byHeartbeats: Bool = true) -> Int64 {
        let time = uptime()
        let said = words.withLock { words in
            Self.look(at: claim, in: &words, time)
            return words.claims[claim.id]?.heard ?? time
        }
        let heartbeat = byHeartbeats ? soft(SoftKey(node: claim.node, key: AgentPulse.key(for: claim.agent))) : nil
        return max(0, time - [pulse(of: claim)?.uptime, heartbeat?.uptime].compactMap(\.self).reduce(said, max))
    }

    /// Notes who was granted what just now, so that a lease begins with its grant.
    func see(_ claim: TaskCourse.Claim) {
        let time = uptime()
        words.withLock { Self.look(at: claim, in: &$0, time) }
    }

    /// Whether a holder of this node has written nothing for a third of its lease, so that its home may not have heard of it.
    func isWritingDue(_ claim: TaskCourse.Claim) -> Bool {
        let time = uptime()
        return words.withLock { words in
            guard words.claims[claim.id] != nil else { return true }
            Self.look(at: claim, in: &words, time)
            return words.claims[claim.id].map { (time - $0.written) / 1000 >= claim.lease / 3 } ?? true
        }
    }

    /// For how many milliseconds an offer has stood. One that this node did not see being made is as old as its time says.
    func age(of offer: TaskCourse.Offer, on task: DocumentAddress, now: Timestamp) -> Int64 {
        let time = uptime()
        return words.withLock { words in
            let key = Offered(task: task, offer: offer)
            let since = words.offers[key] ?? time - min(max(0, now.milliseconds(since: offer.at)), 1 << 53)
            words.offers[key] = since
            return time - since
        }
    }

    /// What a holder said last, if anything was heard since the start.
    func percent(of claim: TaskCourse.Claim) -> Int64? {
        let said = words.withLock { $0.claims[claim.id]?.percent }
        return pulse(of: claim).flatMap { TaskPulse(decoding: $0.state.payload)?.percent } ?? said
    }

    private func pulse(of claim: TaskCourse.Claim) -> SoftDesk.Heard? {
        soft(SoftKey(node: claim.node, key: TaskPulse.key(for: claim.id)))
    }

    private static func look(at claim: TaskCourse.Claim, in words: inout Words, _ time: Int64) {
        var word = words.claims[claim.id] ?? Word(heard: time, entries: claim.entries, written: time)
        if claim.entries > word.entries {
            (word.heard, word.written, word.entries) = (time, time, claim.entries)
            // What is written is newer than what was said before it.
            word.percent = nil
        }
        words.claims[claim.id] = word
    }

    /// Forgets all claims and offers but these.
    func keep(claims: Set<String>, offers: [DocumentAddress: TaskCourse.Offer]) {
        words.withLock { words in
            words.claims = words.claims.filter { claims.contains($0.key) }
            words.offers = words.offers.filter { offers[$0.key.task] == $0.key.offer }
        }
    }
}
