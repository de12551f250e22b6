public import HiveCore

/// Which peers a node keeps connections to, as a value. It knows everybody and forgets nobody; it only chooses.
///
/// All nodes stand on one ring, in the order of their identities. In every scope a node calls the next two holders after
/// itself that answer: so each scope hangs together, whoever is down. Some peers at random make ways short. Up to
/// `floodLimit` peers everybody is called. And now and then one more peer is called in turn, whatever the choice, so that
/// none is left alone and no partition of the choice outlasts its cause.
public struct PartialView: Sendable {
    public let settings: Settings
    private let own: NodeID
    /// Everybody who can be called, with the scopes that are shared.
    private var known: [NodeID: Set<ScopeID>] = [:]
    private var linked: Set<NodeID> = []
    /// Until when those who did not answer are passed over.
    private var resting: [NodeID: Int64] = [:]
    private var called: Set<NodeID> = []
    /// Peers by chance: as long as they answer they stay.
    private var chosen: Set<NodeID> = []
    /// The one called in turn, and until when.
    private var guest: (peer: NodeID, until: Int64)?
    private var nextPoll: Int64?
    private var lastGuest: NodeID?

    /// Times in milliseconds, and limits.
    public struct Settings: Sendable, Hashable {
        /// Up to so many peers all are called.
        public var floodLimit = 8
        /// How many of the next on the ring are called in each scope.
        public var successors = 2
        /// How many are called by chance.
        public var chosen = 2
        /// How long a peer that did not answer is passed over.
        public var rest: Int64 = 30_000
        /// How often one more peer is called in turn, and how long it is kept.
        public var pollInterval: Int64 = 60_000
        public var pollLength: Int64 = 20_000

        public init() {}
    }

    /// Whom to connect to and whom to let go.
    public enum Directive: Sendable, Hashable {
        case connect(NodeID)
        /// The call is no longer wanted by this side.
        case release(NodeID)
    }

    public init(own: NodeID, settings: Settings = Settings()) {
        self.own = own
        self.settings = settings
    }

    /// Everybody who can be called; who is missing here is passed over only until it is known again.
    public mutating func know(_ peers: [NodeID: Set<ScopeID>]) {
        known = peers
        known[own] = nil
    }

    /// A conversation stands, whoever began it.
    public mutating func connected(_ peer: NodeID) {
        linked.insert(peer)
        resting[peer] = nil
    }

    public mutating func disconnected(_ peer: NodeID) { linked.remove(peer) }

    /// A call failed: the next on the ring takes its place for a while.
    public mutating func failed(_ peer: NodeID, now: Int64) {
        linked.remove(peer)
        resting[peer] = now + settings.rest
    }

    /// What this side wants connections to right now.
    public var wanted: Set<NodeID> { called }

    /// Chooses anew; at least once a second, and after a change.
    public mutating func choose(now: Int64, using random: inout some RandomNumberGenerator) -> [Directive] {
        resting = resting.filter { $0.value > now }
        let wanted = known.count <= settings.floodLimit ? Set(known.keys) : choice(now: now, using: &random)
        defer { called = wanted }
        let released = called.subtracting(wanted).sorted().map { Directive.release($0) }
        return wanted.subtracting(called).sorted().map { .connect($0) } + released
    }

    private mutating func choice(now: Int64, using random: inout some RandomNumberGenerator) -> Set<NodeID> {
        let ring = known.keys.sorted()
        let start = ring.firstIndex { $0 > own } ?? 0
        let resting = resting
        let awake = (ring[start...] + ring[..<start]).filter { resting[$0] == nil }
        var wanted = Set(awake.prefix(settings.successors))
        for scope in known.values.reduce(into: Set<ScopeID>(), { $0.formUnion($1) }) {
            var missing = settings.successors
            for peer in awake where missing > 0 && known[peer]?.contains(scope) == true {
                wanted.insert(peer)
                missing -= 1
            }
        }
        chosen.formIntersection(awake)
        while chosen.count < settings.chosen,
            let peer = awake.filter({ !chosen.contains($0) }).randomElement(using: &random)
        {
            chosen.insert(peer)
        }
        wanted.formUnion(chosen)
        if let guest = poll(ring, now: now, beside: wanted) { wanted.insert(guest) }
        return wanted
    }

    /// Everybody has a turn, those that rest too: silence is no reason to forget anybody.
    private mutating func poll(_ ring: [NodeID], now: Int64, beside wanted: Set<NodeID>) -> NodeID? {
        if let guest, now < guest.until, known[guest.peer] != nil { return guest.peer }
        guest = nil
        guard now >= nextPoll ?? (now + settings.pollInterval) else {
            nextPoll = nextPoll ?? now + settings.pollInterval
            return nil
        }
        nextPoll = now + settings.pollInterval
        let others = ring.filter { !wanted.contains($0) && !linked.contains($0) }
        let peer = lastGuest.flatMap { last in others.first { $0 > last } } ?? others.first
        lastGuest = peer
        guest = peer.map { ($0, now + settings.pollLength) }
        return peer
    }
}
