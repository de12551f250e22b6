public import HiveCore

/// What all nodes say of the present, as a value: events in, directives out.
///
/// What is new is passed on to every peer that may hear it, at most one message a second for each, in which only the newest
/// state under a key is. What was heard before goes no further, so a fleet wired in circles is silent when nothing is new. What
/// a lost message held, the author's next one replaces: whoever wants to be known goes on saying so.
public struct SoftBoard: Sendable {
    public let node: NodeID
    public let settings: Settings
    private let verifier: any Verifying
    private var law: SoftLaw
    private var slots: [SoftKey: Slot] = [:]
    private var counts: [NodeID: Int] = [:]
    private var peers: [NodeID: Outbox] = [:]
    private var sequence: UInt64 = 0
    /// What peers passed on that the law did not allow as it was known then: law may arrive later than what it allows, and
    /// nobody says the same again for the sake of whoever was late.
    private var early: [NodeID: [SoftKey: SoftState]] = [:]

    /// One moment by the two clocks of this node.
    public struct Moment: Sendable, Hashable {
        /// The time of day in Unix milliseconds, which is set forward and back; what other nodes date is held against it.
        public let now: Int64
        /// Milliseconds that only grow; how long something lasts is measured by it.
        public let uptime: Int64

        public init(now: Int64, uptime: Int64) {
            self.now = now
            self.uptime = uptime
        }
    }

    /// A state that is kept.
    public struct Entry: Sendable, Hashable {
        public let state: SoftState
        /// When it was heard here.
        public let heard: Moment
    }

    /// Times in milliseconds.
    public struct Settings: Sendable, Hashable {
        /// How many keys of one node are kept.
        public var keysPerNode = 512
        /// How many nodes are heard of.
        public var nodes = 4096
        /// Between two messages to one peer.
        public var interval: Int64 = 1000
        /// Bytes of states in one message.
        public var messageBytes = 64 * 1024
        /// How many states one peer may hand over in a second.
        public var intake = 2048
        /// How many states of one peer wait for a law that allows them.
        public var early = 256
        /// How far two nodes' clocks may be apart.
        public var tolerance: Int64 = 300_000

        public init() {}
    }

    private struct Slot: Sendable {
        let entry: Entry
        /// By this node's uptime.
        let expires: Int64
        var isOver = false
        var state: SoftState { entry.state }
    }

    private struct Outbox: Sendable {
        /// What is to be sent, by when it was put in.
        var pending: [SoftKey: UInt64] = [:]
        var lastSent: Int64?
        var intakeSince: Int64 = .min
        var intake = 0
    }

    public init(node: NodeID, law: SoftLaw, verifier: any Verifying, settings: Settings = Settings()) {
        self.node = node
        self.law = law
        self.verifier = verifier
        self.settings = settings
    }

    /// Takes one event.
    public mutating func handle(_ event: SoftEvent, at moment: Moment) -> [SoftDirective] {
        switch event {
        case .posted(let state): return post(state, at: moment)
        case .received(let states, let peer): return receive(states, from: peer, at: moment)
        case .connected(let peer):
            peers[peer] = Outbox()
            enqueueAll(for: peer)
            return flush(at: moment)
        case .disconnected(let peer):
            peers[peer] = nil
            early[peer] = nil
            return []
        case .lawChanged(let law): return obey(law, at: moment)
        case .tick: return expire(at: moment) + flush(at: moment)
        }
    }

    // MARK: What is known

    /// A state whose time is not over; nil where there is none, or it was taken back.
    public func state(_ key: SoftKey, uptime: Int64) -> SoftState? { entry(key, uptime: uptime)?.state }

    /// The same with when it was heard.
    public func entry(_ key: SoftKey, uptime: Int64) -> Entry? {
        guard let slot = slots[key], slot.expires > uptime, !slot.state.payload.isEmpty else { return nil }
        return slot.entry
    }

    /// All states whose keys begin so, in order of node and key, with when they were heard.
    public func states(under prefix: String, uptime: Int64) -> [Entry] {
        slots.filter { $0.key.key.hasPrefix(prefix) && $0.value.expires > uptime && !$0.value.state.payload.isEmpty }
            .sorted { $0.key < $1.key }.map(\.value.entry)
    }

    /// How many states are kept.
    public var count: Int { slots.values.count { !$0.isOver } }

    /// A stamp for what this node says next under a key: later than all that it said.
    public func stamp(for key: String, now: Int64) -> Stamp {
        let present = Stamp(milliseconds: UInt64(max(0, now)))
        guard let last = slots[SoftKey(node: node, key: key)]?.state.stamp, last >= present else { return present }
        return last.successor
    }
}

// MARK: - Taking

extension SoftBoard {
    private mutating func post(_ state: SoftState, at moment: Moment) -> [SoftDirective] {
        guard state.node == node, state.isWithinLimits else {
            return [.refused(.oversized, count: 1, from: node)]
        }
        guard law.maySay(node, in: state.scope) else { return [.refused(.notPermitted, count: 1, from: node)] }
        guard hasRoom(for: state.slot) else { return [.refused(.flood, count: 1, from: node)] }
        if let known = slots[state.slot], !state.replaces(known.state) { return [] }
        put(state, at: moment)
        return [.changed([state.slot])] + flush(at: moment)
    }

    private mutating func receive(_ states: [SoftState], from peer: NodeID, at moment: Moment) -> [SoftDirective] {
        guard peers[peer] != nil else { return [] }
        var changed: [SoftKey] = []
        var refusals: [SoftRefusal: Int] = [:]
        for state in states {
            if let refusal = take(state, from: peer, at: moment, changed: &changed) {
                refusals[refusal, default: 0] += 1
            }
        }
        var directives: [SoftDirective] = changed.isEmpty ? [] : [.changed(changed)]
        directives += refusals.sorted { $0.key.rawValue < $1.key.rawValue }.map {
            .refused($0.key, count: $0.value, from: peer)
        }
        return directives + flush(at: moment)
    }

    /// The cheap questions come first; a signature is checked only for what would be kept.
    private mutating func take(
        _ state: SoftState, from peer: NodeID, at moment: Moment, changed: inout [SoftKey]
    ) -> SoftRefusal? {
        let slot = state.slot
        guard state.isWithinLimits else { return .oversized }
        // What this node itself said, perhaps in an earlier life.
        guard slot.node != node else { return nil }
        guard admit(peer, uptime: moment.uptime) else { return .flood }
        guard law.maySay(slot.node, in: state.scope), law.mayHear(peer, state.scope) else {
            keepEarly(state, from: peer)
            return .notPermitted
        }
        let said = Int64(clamping: state.stamp.milliseconds)
        guard said <= moment.now + settings.tolerance else { return .future }
        // Too late to be of use; whoever sent it has a slower clock.
        guard said + Int64(state.lifetime) + settings.tolerance > moment.now else { return nil }
        if let known = slots[slot], !state.replaces(known.state) {
            if known.state == state { peers[peer]?.pending[slot] = nil }
            return nil
        }
        guard hasRoom(for: slot) else { return .flood }
        guard state.isSigned(verifier: verifier) else { return .forged }
        put(state, at: moment)
        peers[peer]?.pending[slot] = nil
        changed.append(slot)
        return nil
    }

    private mutating func keepEarly(_ state: SoftState, from peer: NodeID) {
        let known = early[peer]?[state.slot]
        guard known != nil || (early[peer]?.count ?? 0) < settings.early else { return }
        if known.map(state.replaces) ?? true { early[peer, default: [:]][state.slot] = state }
    }

    /// Looks again at what came before its law. Nothing of it was believed, and its signature is checked only now.
    private mutating func takeEarly(at moment: Moment) -> [SoftDirective] {
        let waiting = early
        early = [:]
        var changed: [SoftKey] = []
        for (peer, states) in waiting.sorted(by: { $0.key < $1.key }) {
            for (_, state) in states.sorted(by: { $0.key < $1.key }) {
                _ = take(state, from: peer, at: moment, changed: &changed)
            }
        }
        return changed.isEmpty ? [] : [.changed(changed)]
    }

    /// Counts what a peer hands over, second by second.
    private mutating func admit(_ peer: NodeID, uptime: Int64) -> Bool {
        guard var box = peers[peer] else { return false }
        if uptime - 1000 >= box.intakeSince { (box.intakeSince, box.intake) = (uptime, 0) }
        box.intake += 1
        peers[peer] = box
        return box.intake <= settings.intake
    }

    private func hasRoom(for slot: SoftKey) -> Bool {
        guard slots[slot] == nil else { return true }
        guard let count = counts[slot.node] else { return counts.count < settings.nodes }
        return count < settings.keysPerNode
    }

    private mutating func put(_ state: SoftState, at moment: Moment) {
        let slot = state.slot
        if slots[slot] == nil { counts[slot.node, default: 0] += 1 }
        let entry = Entry(state: state, heard: moment)
        slots[slot] = Slot(entry: entry, expires: moment.uptime + Int64(state.lifetime))
        for peer in peers.keys { enqueue(slot, for: peer) }
    }

    private mutating func drop(_ slot: SoftKey) {
        guard slots.removeValue(forKey: slot) != nil else { return }
        counts[slot.node, default: 1] -= 1
        if counts[slot.node] == 0 { counts[slot.node] = nil }
    }
}

// MARK: - Passing on

extension SoftBoard {
    private mutating func enqueue(_ slot: SoftKey, for peer: NodeID) {
        guard slot.node != peer, peers[peer]?.pending[slot] == nil else { return }
        sequence += 1
        peers[peer]?.pending[slot] = sequence
    }

    private mutating func enqueueAll(for peer: NodeID) {
        for slot in slots.keys.sorted() { enqueue(slot, for: peer) }
    }

    private mutating func flush(at moment: Moment) -> [SoftDirective] {
        var directives: [SoftDirective] = []
        for peer in peers.keys.sorted() {
            guard var box = peers[peer], !box.pending.isEmpty else { continue }
            if let last = box.lastSent, moment.uptime - last < settings.interval { continue }
            let states = batch(for: peer, from: &box, uptime: moment.uptime)
            if !states.isEmpty {
                box.lastSent = moment.uptime
                directives.append(.send(states, to: peer))
            }
            peers[peer] = box
        }
        return directives
    }

    /// The oldest of what waits, up to the size of a message. What the peer may not hear, and what is over, goes nowhere.
    private func batch(for peer: NodeID, from box: inout Outbox, uptime: Int64) -> [SoftState] {
        var batch: [SoftState] = []
        var bytes = 0
        for (slot, _) in box.pending.sorted(by: { $0.value < $1.value }) {
            guard let entry = slots[slot], entry.expires > uptime, law.mayHear(peer, entry.state.scope) else {
                box.pending[slot] = nil
                continue
            }
            let size = entry.state.payload.count + slot.key.utf8.count + 160
            guard batch.isEmpty || bytes + size <= settings.messageBytes else { break }
            bytes += size
            batch.append(entry.state)
            box.pending[slot] = nil
        }
        return batch
    }
}

// MARK: - Time and law

extension SoftBoard {
    /// What is over is remembered until no copy of it could be taken for new.
    private mutating func expire(at moment: Moment) -> [SoftDirective] {
        var over: [SoftKey] = []
        for (slot, entry) in slots where entry.expires <= moment.uptime {
            if !entry.isOver {
                slots[slot]?.isOver = true
                if !entry.state.payload.isEmpty { over.append(slot) }
            }
            let said = Int64(clamping: entry.state.stamp.milliseconds)
            let memory = Int64(entry.state.lifetime) + 2 * settings.tolerance
            let isOld = max(said, entry.entry.heard.now) + memory < moment.now
            if isOld, entry.entry.heard.uptime + memory < moment.uptime { drop(slot) }
        }
        return over.isEmpty ? [] : [.expired(over.sorted())]
    }

    private mutating func obey(_ law: SoftLaw, at moment: Moment) -> [SoftDirective] {
        guard law != self.law else { return [] }
        self.law = law
        let gone = slots.filter { !law.maySay($0.key.node, in: $0.value.state.scope) }.map(\.key).sorted()
        for slot in gone { drop(slot) }
        for peer in peers.keys.sorted() { enqueueAll(for: peer) }
        return (gone.isEmpty ? [] : [.expired(gone)]) + takeEarly(at: moment) + flush(at: moment)
    }
}
