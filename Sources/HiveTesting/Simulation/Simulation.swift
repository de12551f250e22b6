public import HiveCore
import HiveSync

/// A hive of a few nodes in one thread: virtual time, a network that loses, repeats, delays and reorders messages,
/// partitions, crashes, clocks that are wrong, and backups that are put back. One seed, one history.
public final class Simulation {
    /// What may go wrong and how much is done.
    public struct Plan: Sendable {
        public var nodes = 3
        public var steps = 60
        /// Chances out of a hundred, for each message or step.
        public var loss = 0
        public var duplication = 0
        public var maximumDelay: Int64 = 20
        public var partition = 0
        public var crash = 0
        public var restore = 0
        public var skew: Int64 = 0
        /// The chance that a node dies between two things that a session asked for.
        public var interruption = 0
        /// What keeps known mistakes out; taken away one by one to see that they are noticed.
        package var defences = Defences.standing

        /// A plan drawn from a seed: each fault is there in about half of the runs.
        public init(seed: UInt64) {
            var random = SeededRandom(seed: seed ^ 0xA5A5)
            nodes = Int.random(in: 2...4, using: &random)
            steps = Int.random(in: 20...60, using: &random)
            if random.chance(50) { loss = Int.random(in: 1...25, using: &random) }
            if random.chance(50) { duplication = Int.random(in: 1...30, using: &random) }
            if random.chance(50) { maximumDelay = Int64.random(in: 50...1500, using: &random) }
            if random.chance(50) { partition = Int.random(in: 1...10, using: &random) }
            if random.chance(40) { crash = Int.random(in: 1...8, using: &random) }
            if random.chance(20) { restore = Int.random(in: 1...4, using: &random) }
            if random.chance(30) { skew = Int64.random(in: 1000...90_000_000, using: &random) }
            if random.chance(30) { interruption = Int.random(in: 1...3, using: &random) }
        }
    }

    /// Why a run failed, with the seed that repeats it.
    public struct Failure: Error, CustomStringConvertible {
        public let seed: UInt64
        public let message: String
        public var description: String { "seed \(seed): \(message)" }
    }

    /// What a run did.
    public struct Report: Sendable, Equatable {
        public var writes = 0
        public var messages = 0
        public var crashes = 0
        public var restores = 0
        public var virtualMilliseconds: Int64 = 0
        public var projection = Digest.zero
    }

    struct Flight {
        let time: Int64
        let sequence: UInt64
        let from: Int
        let to: Int
        let bytes: [UInt8]
    }

    let seed: UInt64
    let plan: Plan
    var random: SeededRandom
    var nodes: [SimulatedNode] = []
    var now: Int64 = 1_000_000
    var flights: [Flight] = []
    var sequence: UInt64 = 0
    var cut: Set<Int> = []
    /// Whether nothing goes wrong any more.
    var isHealed = false
    var report = Report()
    var ledger = Ledger()
    var soft: SoftLedger
    let scope: ScopeFounding

    /// What was acknowledged to writers, and must be there in the end.
    struct Ledger {
        /// Operations by log that some writer was told are on disk, unless their disk was put back to before them.
        var acknowledged: [LogID: UInt64] = [:]
        var documents: [DocumentAddress] = []
        /// How far logs once went whose ends were on no disk any more after one was put back.
        var lost: [LogID: UInt64] = [:]
    }

    /// Prepares a hive whose first node founded it and made all others writers or stewards.
    public init(
        seed: UInt64, plan: Plan? = nil, realSignatures: Bool = false, disk: (Int) throws -> any SimulatedDisk
    ) throws {
        self.seed = seed
        self.plan = plan ?? Plan(seed: seed)
        random = SeededRandom(seed: seed)
        soft = SoftLedger(random: SeededRandom(seed: seed ^ 0x50F7))
        var keys: [(any Signing, PublicKey)] = []
        for _ in 0..<self.plan.nodes { keys.append(try Self.key(realSignatures, &random)) }
        let founding = HiveFounding(founders: [keys[0].1], salt: Incarnation(using: &random).bytes)
        scope = ScopeFounding(hive: founding.hive, name: .main, founder: keys[0].1.nodeID)
        for (index, key) in keys.enumerated() {
            let verifier: any Verifying = realSignatures ? Ed25519Verifier() : KeyedHashVerifier()
            let node = try SimulatedNode(
                index: index, signer: key.0, key: key.1, verifier: verifier, disk: disk(index), hive: founding.hive,
                defences: self.plan.defences, random: &random)
            if self.plan.skew > 0 { node.skew = Int64.random(in: -self.plan.skew...self.plan.skew, using: &random) }
            nodes.append(node)
        }
        try found()
    }

    private static func key(_ real: Bool, _ random: inout SeededRandom) throws -> (any Signing, PublicKey) {
        let bytes = Incarnation(using: &random).bytes + Incarnation(using: &random).bytes
        if real {
            let signer = try Ed25519Signer(privateKey: bytes)
            return (signer, signer.publicKey)
        }
        guard let key = PublicKey(bytes: bytes) else {
            preconditionFailure("two incarnations have the length of a key")
        }
        return (KeyedHashSigner(publicKey: key), key)
    }

    private func found() throws {
        for node in nodes { try node.write { try $0.learn(scope, in: $1) } }
        var drafts = [Replica.foundingDraft(scope)]
        for (index, node) in nodes.enumerated().dropFirst() {
            let grant = Grant(node: node.node, role: index == 1 ? .steward : .writer)
            drafts.append(Replica.grantDraft(grant, in: scope.scope))
        }
        try commit(drafts, on: 0)
    }

    func time(of node: SimulatedNode) -> Timestamp {
        let time = Timestamp(milliseconds: 1_700_000_000_000 + now + node.skew)
        node.highestTime = max(node.highestTime, time.milliseconds)
        return time
    }

    func fail(_ message: String) -> Failure { Failure(seed: seed, message: message) }

    /// Runs the plan, heals everything, waits for the nodes to agree, and checks what must hold.
    public func run() throws -> Report {
        for a in nodes.indices { for b in nodes.indices where a < b { try connect(a, b) } }
        for step in 0..<plan.steps {
            try act()
            try saySomething()
            try advance(by: Int64.random(in: 1...400, using: &random))
            try checkClocks()
            try checkPromises()
            if step.isMultiple(of: 10) {
                try checkEqualSetsEqualBytes()
                try checkNothingIsMadeUp()
                try checkCauses()
            }
        }
        try settle()
        try checkSoftStates()
        report.virtualMilliseconds = now
        return report
    }
}
