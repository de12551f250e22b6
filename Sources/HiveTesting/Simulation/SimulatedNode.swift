import HiveCore
import HiveSync

/// A node in a simulation: the real replica, the real sessions, the real store, and a shell of one thread.
final class SimulatedNode {
    let index: Int
    let key: PublicKey
    let signer: any Signing
    let verifier: any Verifying
    let disk: any SimulatedDisk
    private(set) var store: any Store
    private(set) var replica: Replica
    private(set) var sessions: [Int: SyncSession] = [:]
    /// What nodes say of the present; gone with the process.
    var board: SoftBoard
    /// Whether members of a scope may have changed since the board heard of them.
    var isLawStale = true
    var isDown = false
    /// Milliseconds by which the node's clock is wrong.
    var skew: Int64 = 0
    /// The latest time that the node ever read, or that its log had when it came back.
    var highestTime: Int64 = 0
    /// What the node told others is on its disk.
    var promised: [LogID: UInt64] = [:]

    init(
        index: Int, signer: any Signing, key: PublicKey, verifier: any Verifying, disk: any SimulatedDisk, hive: HiveID,
        defences: Defences, random: inout SeededRandom
    ) throws {
        self.index = index
        self.signer = signer
        self.key = key
        self.verifier = verifier
        self.disk = disk
        store = try disk.open()
        let identity = NodeIdentity(hive: hive, key: key, incarnation: Incarnation(using: &random))
        replica = Replica(identity: identity, clock: HybridLogicalClock(), verifier: verifier)
        replica.defences = defences
        board = Self.board(identity, verifier)
    }

    private static func board(_ identity: NodeIdentity, _ verifier: any Verifying) -> SoftBoard {
        SoftBoard(
            node: identity.node, law: SoftLaw(own: identity.node, instance: identity.instance.scope),
            verifier: verifier)
    }

    var node: NodeID { key.nodeID }

    /// Runs a write in one transaction; the replica advances only where it was committed.
    func write<Result>(_ work: (inout Replica, any StoreTransaction) throws -> Result) throws -> Result {
        var next = replica
        let result = try store.write { try work(&next, $0) }
        replica = next
        return result
    }

    /// The process comes back with what is on disk; sessions are gone. A restored disk begins a new life.
    func restart(newLife: Bool, random: inout SeededRandom) throws {
        store = try disk.open()
        var identity = replica.identity
        if newLife { identity.incarnation = Incarnation(using: &random) }
        let defences = replica.defences
        replica = try store.read { try Replica(identity: identity, reading: $0, verifier: verifier) }
        replica.defences = defences
        highestTime = max(highestTime, Int64(replica.clock.latest.milliseconds))
        sessions = [:]
        board = Self.board(identity, verifier)
        isLawStale = true
        isDown = false
    }

    /// The law of soft states where it may be another one than before.
    func changedLaw() throws -> SoftLaw? {
        guard isLawStale else { return nil }
        isLawStale = false
        var replica = replica
        return try store.read { try SoftLaw(replica: &replica, in: $0) }
    }

    func openSession(with peer: Int) {
        var settings = SyncSession.Settings.simulation
        settings.defences = replica.defences
        sessions[peer] = SyncSession(
            hive: replica.identity.hive, name: "node\(index)", address: "", settings: settings)
    }

    func closeSession(with peer: Int) { sessions[peer] = nil }

    /// Lets a session take an event.
    func handle(_ event: SyncEvent, from peer: Int, now: Int64) -> [SyncDirective] {
        sessions[peer]?.handle(event, now: now) ?? []
    }

    /// Signs what grew, as the shell does after a commit.
    func heads(of logs: some Sequence<LogID>) throws -> [LogHead] {
        let instance = replica.identity.instance.scope
        return try write { replica, transaction in
            try logs.sorted().compactMap { log in
                _ = try replica.signCheckpoint(of: log, signer: signer, in: transaction)
                guard let row = try transaction.logs.row(log), row.descriptor.scope != instance else { return nil }
                return LogHead(log: log, size: row.size, root: row.frontier.root)
            }
        }
    }
}

extension SyncSession.Settings {
    /// Short intervals, so that a simulation need not run for long.
    static var simulation: SyncSession.Settings {
        var settings = SyncSession.Settings()
        settings.helloInterval = 2_000
        settings.requestTimeout = 1_000
        settings.silenceLimit = 20_000
        return settings
    }
}
