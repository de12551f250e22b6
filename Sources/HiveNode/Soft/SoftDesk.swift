import HiveAPI
import HiveCore
import HiveSync
import Logging
import Synchronization

/// The shell of what nodes say of the present: signs what this node says, hands what peers say to the board, and sends what
/// the board wants sent. Nothing of it is stored.
final class SoftDesk: Sendable {
    private let kernel: NodeKernel
    private let peers: PeerBoard
    private let logger: Logger
    private let state: Mutex<State>

    private struct State {
        var board: SoftBoard
        var hive: HiveID
        /// Counts the changes of the law, and which of them the board knows.
        var lawChanges = 1
        var knownChanges = 0
        /// The connections to each peer, the newest last: two nodes that call each other at once have two for a moment.
        var outlets: [NodeID: [Outlet]] = [:]
        var nextOutlet = 0
        var followers: [Int: @Sendable ([SoftKey]) -> Void] = [:]
        var nextFollower = 0
    }

    /// One connection that takes messages; never waits.
    private struct Outlet {
        let number: Int
        let send: @Sendable (SyncMessage) -> Void
    }

    /// A state with when it was heard: by the time of day, for people, and by uptime, to measure by.
    struct Heard: Sendable, Hashable {
        let state: SoftState
        let at: Timestamp
        let uptime: Int64

        init(_ entry: SoftBoard.Entry) {
            state = entry.state
            at = Timestamp(milliseconds: entry.heard.now)
            uptime = entry.heard.uptime
        }
    }

    init(kernel: NodeKernel, peers: PeerBoard, logger: Logger) {
        self.kernel = kernel
        self.peers = peers
        self.logger = logger
        state = Mutex(State(board: Self.board(kernel), hive: kernel.identity.hive))
        _ = kernel.follow { [weak self] change in
            if !change.law.isEmpty { self?.state.withLock { $0.lawChanges += 1 } }
        }
    }

    private static func board(_ kernel: NodeKernel) -> SoftBoard {
        let identity = kernel.identity
        return SoftBoard(
            node: identity.node, law: SoftLaw(own: identity.node, instance: identity.instance.scope),
            verifier: kernel.verifier)
    }

    private var moment: SoftBoard.Moment {
        SoftBoard.Moment(now: kernel.surroundings.now().milliseconds, uptime: kernel.surroundings.uptime())
    }

    // MARK: Saying and hearing

    /// Says something under a key for so many seconds. Throws `forbidden` where this node may not write in the scope, and
    /// `rate_limited` where it says too many things.
    func post(_ key: String, in scope: ScopeID, _ payload: [UInt8], seconds: Int64) throws {
        let identity = kernel.identity
        let milliseconds = UInt64(clamping: seconds.multipliedReportingOverflow(by: 1000).partialValue)
        let lifetime = min(max(milliseconds, SoftState.lifetimes.lowerBound), SoftState.lifetimes.upperBound)
        let before = try refresh()
        let directives = try state.withLock { state in
            let said = try SoftState(
                author: identity.key, key: key, scope: scope, payload: payload,
                stamp: state.board.stamp(for: key, now: moment.now), lifetime: lifetime, signer: kernel.signer)
            return before + state.board.handle(.posted(said), at: moment)
        }
        for case .refused(let refusal, _, _) in directives { throw Self.error(refusal) }
        perform(directives)
    }

    private static func error(_ refusal: SoftRefusal) -> HiveError {
        switch refusal {
        case .notPermitted:
            HiveError(
                .forbidden, "this node may not write in that scope", hint: "ask a steward for the role of a writer")
        case .flood:
            HiveError(.rateLimited, "this node says too many things at once", hint: "wait until some are over")
        case .oversized, .forged, .future:
            HiveError(.tooLarge, "what is to be said is too long, or names another node", hint: "say less")
        }
    }

    func state(of slot: SoftKey) -> Heard? {
        state.withLock { $0.board.entry(slot, uptime: moment.uptime) }.map(Heard.init)
    }

    /// All that is said under keys that begin so, in order of node and key.
    func states(under prefix: String) -> [Heard] {
        state.withLock { $0.board.states(under: prefix, uptime: moment.uptime) }.map(Heard.init)
    }

    /// How many states are kept.
    var count: Int { state.withLock { $0.board.count } }

    /// A peer said something; never waits.
    func take(_ states: [SoftState], from peer: NodeID) { happen(.received(states, from: peer)) }

    // MARK: Connections

    /// A connection is there; returns a number to end it by. The board hears of it in the same breath, so that connections
    /// that come and go at once leave it with what there is.
    func connected(_ peer: NodeID, send: @escaping @Sendable (SyncMessage) -> Void) -> Int {
        let before = refreshed()
        let (number, directives) = state.withLock { state in
            state.nextOutlet += 1
            state.outlets[peer, default: []].append(Outlet(number: state.nextOutlet, send: send))
            return (state.nextOutlet, state.board.handle(.connected(peer), at: moment))
        }
        // What the newest law says of the peer is not known: nothing is sent until it is.
        if let before { perform(before + directives) }
        return number
    }

    /// It is gone. Where another one to the same peer is left, that one takes over, and all is said on it anew: nobody knows
    /// what of it went under.
    func disconnected(_ peer: NodeID, number: Int) {
        let before = refreshed()
        let directives = state.withLock { state -> [SoftDirective] in
            let newest = state.outlets[peer]?.last?.number
            state.outlets[peer]?.removeAll { $0.number == number }
            guard newest == number else { return [] }
            guard state.outlets[peer]?.isEmpty != false else {
                return state.board.handle(.connected(peer), at: moment)
            }
            state.outlets[peer] = nil
            return state.board.handle(.disconnected(peer), at: moment)
        }
        if let before { perform(before + directives) }
    }

    // MARK: Following

    /// Calls back with what was said anew or is over. Returns a number to stop it by.
    func follow(_ body: @escaping @Sendable ([SoftKey]) -> Void) -> Int {
        state.withLock { state in
            state.nextFollower += 1
            state.followers[state.nextFollower] = body
            return state.nextFollower
        }
    }

    func stopFollowing(_ number: Int) { state.withLock { _ = $0.followers.removeValue(forKey: number) } }

    // MARK: Work

    /// Runs until cancelled: sends what waits, and lets go of what is over.
    func run() async {
        while !Task.isCancelled {
            happen(.tick)
            do { try await Task.sleep(for: .seconds(1)) } catch { return }
        }
    }

    /// Lets the board take an event, by the newest law.
    func happen(_ event: SoftEvent) {
        guard let before = refreshed() else { return }
        perform(before + state.withLock { $0.board.handle(event, at: moment) })
    }

    /// What the newest law brings; nil where it cannot be read.
    private func refreshed() -> [SoftDirective]? {
        do { return try refresh() } catch {
            logger.error("the law of soft states cannot be read, what was said is passed over: \(error)")
            return nil
        }
    }

    /// Brings the board up to the law, and begins anew in another hive. The law is read without the lock, since whoever reads
    /// the store may wait for the lock.
    private func refresh() throws -> [SoftDirective] {
        let hive = kernel.identity.hive
        let changes = state.withLock { state -> Int? in
            if state.hive != hive {
                state.hive = hive
                state.board = Self.board(kernel)
                state.lawChanges += 1
                // A new board knows of no connection, and those to the hive that was joined go on. Nothing may be sent as yet.
                for peer in state.outlets.keys.sorted() { _ = state.board.handle(.connected(peer), at: moment) }
            }
            return state.lawChanges == state.knownChanges ? nil : state.lawChanges
        }
        guard let changes else { return [] }
        let law = try kernel.consult { try SoftLaw(replica: &$0, in: $1) }
        return state.withLock { state in
            guard state.knownChanges < changes else { return [] }
            state.knownChanges = changes
            return state.board.handle(.lawChanged(law), at: moment)
        }
    }

    private func perform(_ directives: [SoftDirective]) {
        for directive in directives {
            switch directive {
            case .send(let states, let peer): state.withLock { $0.outlets[peer]?.last }?.send(.soft(states))
            case .changed(let keys), .expired(let keys):
                for follower in state.withLock({ Array($0.followers.values) }) { follower(keys) }
            case .refused(let refusal, let count, let peer):
                peers.faulted(peer, code: refusal.rawValue)
                logger.debug(
                    "soft states of a peer are passed over: \(refusal.rawValue)",
                    metadata: ["peer": "\(peer.short)", "count": "\(count)"])
            }
        }
    }
}
