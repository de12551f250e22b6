import HiveCore
import HiveSync
import HiveTesting

/// Some nodes that say what they do over a network that may lose, repeat, delay and reorder what they say.
struct SoftWorld {
    /// Per hundred messages.
    struct Faults {
        var loss = 0
        var repetition = 0
        /// Milliseconds.
        var delay: Int64 = 10
    }

    private struct Flight {
        let time: Int64
        let from: Int
        let to: Int
        let states: [SoftState]
    }

    struct NoKey: Error {}

    let keys: [PublicKey]
    let scopes: [ScopeFounding]
    let instances: [ScopeID]
    var boards: [SoftBoard]
    var skews: [Int64]
    var faults = Faults()
    var now: Int64 = 1_800_000_000_000
    var random: SeededRandom
    /// Nodes that cannot reach the others.
    var cut: Set<Int> = []
    private var wires: Set<[Int]> = []
    private var flights: [Flight] = []
    /// How many messages went from one node to another.
    private(set) var messages: [[Int]: Int] = [:]
    private(set) var refusals: [SoftRefusal: Int] = [:]

    /// - Parameter members: for each scope the places of its members, writers all; the first founded it.
    init(seed: UInt64 = 1, nodes: Int, members: [[Int]], settings: SoftBoard.Settings = .init()) throws {
        random = SeededRandom(seed: seed)
        let keys = try (0..<nodes).map { number in
            guard let key = PublicKey(bytes: [UInt8](repeating: UInt8(number + 1), count: 32)) else { throw NoKey() }
            return key
        }
        let hive = HiveID(.sha256([7]))
        let scopes = members.enumerated().map { place, members in
            let name = ScopeName(kind: .collective, name: "c\(place)") ?? .main
            return ScopeFounding(hive: hive, name: name, founder: keys[members[0]].nodeID)
        }
        self.keys = keys
        self.scopes = scopes
        instances = keys.map { ScopeFounding(hive: hive, name: .instance, founder: $0.nodeID).scope }
        skews = keys.map { _ in 0 }
        boards = []
        for (place, key) in keys.enumerated() {
            let held = scopes.indices.filter { members[$0].contains(place) }
            let law = try Self.law(of: key, hive, held.map { (scopes[$0], members[$0].map { keys[$0].nodeID }) })
            boards.append(
                SoftBoard(node: key.nodeID, law: law, verifier: KeyedHashVerifier(), settings: settings))
        }
    }

    /// The law as a replica of the node reads it.
    static func law(
        of key: PublicKey, _ hive: HiveID, _ held: [(scope: ScopeFounding, members: [NodeID])]
    ) throws -> SoftLaw {
        var random = SeededRandom(seed: 3)
        let store = InMemoryStore()
        let identity = NodeIdentity(hive: hive, key: key, incarnation: Incarnation(using: &random))
        return try store.write { transaction in
            var replica = Replica(identity: identity, clock: HybridLogicalClock())
            for (scope, members) in held {
                // Whoever founded it, its law is the same: written here by a stand-in for the founder.
                try replica.learn(scope, in: transaction)
                var founder = Replica(
                    identity: NodeIdentity(
                        hive: hive, key: try Self.key(of: scope.founder), incarnation: identity.incarnation),
                    clock: HybridLogicalClock())
                let drafts =
                    [Replica.foundingDraft(scope)]
                    + members.filter { $0 != scope.founder }.map {
                        Replica.grantDraft(Grant(node: $0, role: .writer), in: scope.scope)
                    }
                _ = try founder.commit(
                    drafts, in: transaction, now: Timestamp(milliseconds: 1), random: &random)
            }
            return try SoftLaw(replica: &replica, in: transaction)
        }
    }

    private static func key(of node: NodeID) throws -> PublicKey {
        for number in 1...255 as ClosedRange<UInt8> {
            if let key = PublicKey(bytes: [UInt8](repeating: number, count: 32)), key.nodeID == node { return key }
        }
        throw NoKey()
    }

    // MARK: What happens

    func clock(_ node: Int) -> Int64 { now + skews[node] }

    /// Uptime knows of no skew.
    func moment(_ node: Int) -> SoftBoard.Moment { SoftBoard.Moment(now: clock(node), uptime: now) }

    mutating func connect(_ a: Int, _ b: Int) {
        wires.insert([a, b].sorted())
        happen(.connected(keys[b].nodeID), at: a)
        happen(.connected(keys[a].nodeID), at: b)
    }

    func state(
        _ node: Int, _ key: String, _ text: String, scope: ScopeID? = nil, lifetime: UInt64 = 60_000,
        stamp: Stamp? = nil
    ) throws -> SoftState {
        try SoftState(
            author: keys[node], key: key, scope: scope ?? scopes[0].scope, payload: Array(text.utf8),
            stamp: stamp ?? boards[node].stamp(for: key, now: clock(node)), lifetime: lifetime,
            signer: KeyedHashSigner(publicKey: keys[node]))
    }

    mutating func say(_ node: Int, _ key: String, _ text: String, scope: ScopeID? = nil) throws {
        happen(.posted(try state(node, key, text, scope: scope)), at: node)
    }

    mutating func happen(_ event: SoftEvent, at node: Int) {
        for directive in boards[node].handle(event, at: moment(node)) {
            switch directive {
            case .send(let states, let peer):
                guard let to = keys.firstIndex(where: { $0.nodeID == peer }) else { continue }
                send(states, from: node, to: to)
            case .refused(let refusal, let count, _): refusals[refusal, default: 0] += count
            case .changed, .expired: continue
            }
        }
    }

    private mutating func send(_ states: [SoftState], from: Int, to: Int) {
        messages[[from, to], default: 0] += 1
        guard cut.contains(from) == cut.contains(to), !random.chance(faults.loss) else { return }
        for _ in 0..<(random.chance(faults.repetition) ? 2 : 1) {
            let time = now + Int64.random(in: 1...max(1, faults.delay), using: &random)
            flights.append(Flight(time: time, from: from, to: to, states: states))
        }
    }

    /// Moves time on; boards tick every half a second.
    mutating func run(_ milliseconds: Int64) {
        let end = now + milliseconds
        while now < end {
            let tick = now - now % 500 + 500
            guard let place = flights.indices.min(by: { flights[$0].time < flights[$1].time }),
                flights[place].time <= min(tick, end)
            else {
                now = min(tick, end)
                for node in boards.indices { happen(.tick, at: node) }
                continue
            }
            let flight = flights.remove(at: place)
            now = max(now, flight.time)
            guard wires.contains([flight.from, flight.to].sorted()) else { continue }
            happen(.received(flight.states, from: keys[flight.from].nodeID), at: flight.to)
        }
    }

    // MARK: What is seen

    func text(_ key: String, of author: Int, at node: Int) -> String? {
        boards[node].state(SoftKey(node: keys[author].nodeID, key: key), uptime: now)
            .map { String(decoding: $0.payload, as: UTF8.self) }
    }

    /// All that a node sees, for comparisons.
    func view(at node: Int) -> [SoftState] { boards[node].states(under: "", uptime: now).map(\.state) }
}
