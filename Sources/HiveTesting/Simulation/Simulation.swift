public import HiveCore
import HiveSync

/// A hive of a few nodes in one thread: virtual time, and everything that may go wrong between and below them. First
/// anything may happen, and what must always hold is checked; then all is healed, and the nodes must agree. One seed,
/// one history.
public final class Simulation {
    /// Why a run failed, with the plan that repeats it.
    public struct Failure: Error, CustomStringConvertible {
        public let plan: Plan
        public let message: String
        public var description: String { "\(message) (\(plan))" }
    }

    /// What a run did.
    public struct Report: Sendable, Equatable {
        public var writes = 0
        public var messages = 0
        public var crashes = 0
        public var restores = 0
        /// How often something failed on a disk and was answered.
        public var failures = 0
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

    let plan: Plan
    let makeDisk: (Int) throws -> any SimulatedDisk
    var seed: UInt64 { plan.seed }
    var random: SeededRandom
    var chances: [Fault: SeededRandom] = [:]
    var nodes: [SimulatedNode] = []
    var now: Int64 = 1_000_000
    var flights: [Flight] = []
    var sequence: UInt64 = 0
    var weather = Weather()
    /// Whether nothing goes wrong any more.
    var isHealed = false
    /// The node that lies, where one does, and what it said before.
    var liar: Int?
    var said: [[UInt8]] = []
    var report = Report()
    var ledger = Ledger()
    var soft: SoftLedger
    let scope: ScopeFounding

    /// What was acknowledged to writers, and must be there in the end.
    struct Ledger {
        /// Operations by log that some writer was told are on disk, unless their disk was put back to before them.
        var acknowledged: [LogID: UInt64] = [:]
        var documents: [DocumentAddress] = []
        /// Documents that somebody erased, by the operation that did.
        var erased: [DocumentAddress: Dot] = [:]
        /// How far logs once went whose ends were on no disk any more after one was put back.
        var lost: [LogID: UInt64] = [:]
        /// Nodes whose grant was taken away.
        var revoked: Set<Int> = []
        /// Nodes that once may have written what they misread.
        var suspects: Set<NodeID> = []
    }

    /// Prepares a hive whose first node founded it and made all others writers or stewards.
    public init(plan: Plan, realSignatures: Bool = false, disk: @escaping (Int) throws -> any SimulatedDisk) throws {
        self.plan = plan
        makeDisk = disk
        random = SeededRandom(seed: plan.seed)
        soft = SoftLedger(random: SeededRandom(seed: plan.seed ^ 0x50F7))
        var keys: [(any Signing, PublicKey)] = []
        for _ in 0..<plan.nodes { keys.append(try Self.key(realSignatures, &random)) }
        let founding = HiveFounding(founders: [keys[0].1], salt: Incarnation(using: &random).bytes)
        scope = ScopeFounding(hive: founding.hive, name: .main, founder: keys[0].1.nodeID)
        let verifier: any Verifying = realSignatures ? Ed25519Verifier() : KeyedHashVerifier()
        for (index, key) in keys.enumerated() {
            let identity = NodeIdentity(
                hive: founding.hive, key: key.1, incarnation: Incarnation(using: &random))
            let node = try SimulatedNode(
                index: index, signer: key.0, key: key.1, verifier: verifier, disk: disk(index), identity: identity,
                defences: plan.defences)
            setClock(of: node)
            nodes.append(node)
        }
        if plan.faults.contains(where: \.isLie), nodes.count > 2 { liar = nodes.count - 1 }
        try found()
    }

    private func setClock(of node: SimulatedNode) {
        if plan.faults.contains(.skew) { node.skew = number(-90_000_000...90_000_000, .skew) }
        if plan.faults.contains(.drift) { node.drift = number(-50...50, .drift) }
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
        for node in nodes.dropFirst() { drafts.append(Replica.grantDraft(grant(for: node), in: scope.scope)) }
        try commit(drafts, on: 0)
    }

    func grant(for node: SimulatedNode) -> Grant { Grant(node: node.node, role: node.index == 1 ? .steward : .writer) }

    func time(of node: SimulatedNode) -> Timestamp {
        let time = Timestamp(milliseconds: 1_700_000_000_000 + now + node.skew + now * node.drift / 1000)
        node.highestTime = max(node.highestTime, time.milliseconds)
        return time
    }

    func fail(_ message: String) -> Failure { Failure(plan: plan, message: message) }

    /// Runs the plan, heals everything, waits for the nodes to agree, and checks what must hold.
    public func run() throws -> Report {
        try connectAll()
        for step in 0..<plan.steps {
            try act()
            try saySomething()
            try advance(by: Int64.random(in: 1...400, using: &random))
            try checkStep(step)
        }
        try settle()
        try checkSoftStates()
        report.virtualMilliseconds = now
        return report
    }
}
