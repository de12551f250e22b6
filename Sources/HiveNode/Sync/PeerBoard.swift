import HiveCore
import HiveSync
import Synchronization

/// What is known of all peers right now: soft state for people, metrics and history.
final class PeerBoard: Sendable {
    /// One peer's counters.
    struct Entry: Sendable {
        var name = ""
        var address = ""
        var isConnected = false
        var lastSeen: Timestamp?
        var lastConverged: Timestamp?
        var bytesSent: UInt64 = 0
        var bytesReceived: UInt64 = 0
        var operationsReceived: UInt64 = 0
        var failures: UInt64 = 0
        var faults: [String: UInt64] = [:]
        var lastError: String?
        /// What the peer has on disk, as it said.
        var acknowledged: [LogID: UInt64] = [:]
        /// Messages that were not sent to it because it reads too slowly.
        var dropped: UInt64 = 0
        /// How often it was cut off for what it sent.
        var cutOff: UInt64 = 0
    }

    /// Something worth remembering about a sync.
    struct Event: Sendable {
        let time: Timestamp
        let peer: NodeID
        let kind: String
        let detail: String
    }

    private struct State {
        var entries: [NodeID: Entry] = [:]
        var events: [Event] = []
        var needsIncarnation = false
        var twin: Timestamp?
        var converged: UInt64 = 0
        var durations = Histogram(bounds: [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60, 600])
        var turnedAway: UInt64 = 0
        /// What peers have on disk and this node has not written down yet.
        var unsaved: [NodeID: [LogID: UInt64]] = [:]

        mutating func remember(_ event: Event) {
            events.append(event)
            if events.count > PeerBoard.maximumEvents { events.removeFirst() }
        }
    }

    private static let maximumEvents = 500
    private let state = Mutex(State())
    private let now: @Sendable () -> Timestamp
    private let follower = Mutex<(@Sendable (Event) -> Void)?>(nil)

    /// Calls back with every event that is worth remembering.
    func follow(_ body: @escaping @Sendable (Event) -> Void) { follower.withLock { $0 = body } }

    init(now: @escaping @Sendable () -> Timestamp) { self.now = now }

    var entries: [NodeID: Entry] { state.withLock { $0.entries } }
    var events: [Event] { state.withLock { $0.events } }
    /// How many connections of strangers were turned away.
    var strangers: UInt64 { state.withLock { $0.turnedAway } }
    var convergences: UInt64 { state.withLock { $0.converged } }
    /// How long two nodes differed before they found themselves equal, in seconds.
    var durations: Histogram { state.withLock { $0.durations } }
    /// Whether a peer showed operations of this life's log that are not here.
    var needsIncarnation: Bool { state.withLock { $0.needsIncarnation } }

    /// When somebody else last wrote with this node's key while it was alive; nil where nobody did.
    var twin: Timestamp? { state.withLock { $0.twin } }

    func noteTwin(at time: Timestamp) { state.withLock { $0.twin = max($0.twin ?? time, time) } }

    private func update(_ peer: NodeID, _ body: (inout Entry) -> Void) {
        state.withLock { body(&$0.entries[peer, default: Entry()]) }
    }

    private func record(_ peer: NodeID, _ kind: String, _ detail: String) {
        let event = Event(time: now(), peer: peer, kind: kind, detail: detail)
        state.withLock { $0.remember(event) }
        follower.withLock { $0 }?(event)
    }

    func connected(_ peer: NodeID) {
        let time = now()
        update(peer) {
            $0.isConnected = true
            $0.lastSeen = time
        }
        record(peer, "connected", "")
    }

    func disconnected(_ peer: NodeID) {
        update(peer) { $0.isConnected = false }
        record(peer, "disconnected", "")
    }

    func introduced(_ record: PeerRecord) {
        update(record.node) {
            $0.name = record.name
            $0.address = record.address
        }
    }

    func sent(_ peer: NodeID, bytes: Int) { update(peer) { $0.bytesSent += UInt64(bytes) } }

    func received(_ peer: NodeID, bytes: Int) {
        let time = now()
        update(peer) {
            $0.bytesReceived += UInt64(bytes)
            $0.lastSeen = time
        }
    }

    func stored(_ peer: NodeID, operations: UInt64) {
        guard operations > 0 else { return }
        update(peer) { $0.operationsReceived += operations }
        record(peer, "received", "\(operations) operations")
    }

    func acknowledged(_ peer: NodeID, _ heads: [LogHead]) {
        state.withLock { state in
            for head in heads where state.entries[peer]?.acknowledged[head.log] ?? 0 < head.size {
                state.entries[peer, default: Entry()].acknowledged[head.log] = head.size
                state.unsaved[peer, default: [:]][head.log] = head.size
            }
        }
    }

    /// Puts back what was written down before a restart.
    func restore(_ sizes: [NodeID: [LogID: UInt64]]) {
        for (peer, logs) in sizes { update(peer) { $0.acknowledged.merge(logs, uniquingKeysWith: max) } }
    }

    /// What is to be written down; it is forgotten here with this.
    func takeUnsaved() -> [NodeID: [LogID: UInt64]] {
        state.withLock { state in
            defer { state.unsaved = [:] }
            return state.unsaved
        }
    }

    func dropped(_ peer: NodeID) { update(peer) { $0.dropped += 1 } }

    func cutOff(_ peer: NodeID) {
        update(peer) { $0.cutOff += 1 }
        record(peer, "cut off", "too much that was refused")
    }

    /// - Parameter milliseconds: how long both may have differed.
    func converged(_ peer: NodeID, at time: Timestamp, after milliseconds: Int64) {
        update(peer) { $0.lastConverged = time }
        state.withLock {
            $0.converged += 1
            $0.durations.record(Double(milliseconds) / 1000)
        }
    }

    func faulted(_ peer: NodeID, code: String) {
        update(peer) { $0.faults[code, default: 0] += 1 }
        record(peer, "refused", code)
    }

    /// Counts a connection of nobody known.
    func turnedAway(_ code: String, from address: String) {
        let event = Event(time: now(), peer: NodeID(.zero), kind: "turned away", detail: "\(code) from \(address)")
        state.withLock { state in
            state.turnedAway += 1
            state.remember(event)
        }
        follower.withLock { $0 }?(event)
    }

    func failed(_ peer: NodeID, error: String) {
        update(peer) {
            $0.failures += 1
            $0.lastError = error
        }
    }

    func closed(_ peer: NodeID, code: String, message: String) {
        update(peer) { $0.lastError = message }
        record(peer, "closed", "\(code): \(message)")
    }

    /// A peer says that conflicts began or ended there. It informs, and changes nothing.
    func heard(_ peer: NodeID, ofConflicts count: Int, began: Bool) {
        record(peer, began ? "conflict reported" : "conflict settled", count == 1 ? "1 memory" : "\(count) memories")
    }

    func mustReincarnate() { state.withLock { $0.needsIncarnation = true } }
}
