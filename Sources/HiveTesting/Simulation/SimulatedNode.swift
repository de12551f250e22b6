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
    /// Until when the node stands still, or is away.
    var pausedUntil: Int64?
    var absentUntil: Int64?
    /// Milliseconds by which the node's clock is wrong, and what is added in each thousand.
    var skew: Int64 = 0
    var drift: Int64 = 0
    /// Whether the clock ever jumped.
    var hasJumped = false
    /// Whether the disk lost or changed bits, so that the node may hold anything until its store was checked.
    var isSuspect = false
    /// Whether the disk answers syncs that it does not do.
    var isLying = false
    /// The latest time that the node ever read, or that its log had when it came back.
    var highestTime: Int64 = 0
    /// What the node told others is on its disk.
    var promised: [LogID: UInt64] = [:]
    /// How far logs were here.
    var seen: [LogID: UInt64] = [:]

    init(
        index: Int, signer: any Signing, key: PublicKey, verifier: any Verifying, disk: any SimulatedDisk,
        identity: NodeIdentity, defences: Defences
    ) throws {
        self.index = index
        self.signer = signer
        self.key = key
        self.verifier = verifier
        self.disk = disk
        store = try disk.open()
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

    /// Whether the node takes part at the moment.
    var isUp: Bool { pausedUntil == nil && absentUntil == nil }

    /// A node with the same key, in a new life, on a copy of the disk.
    func clone(as index: Int, on disk: any SimulatedDisk, random: inout SeededRandom) throws -> SimulatedNode {
        let node = try SimulatedNode(
            index: index, signer: signer, key: key, verifier: verifier, disk: disk, identity: replica.identity,
            defences: replica.defences)
        try node.restart(newLife: true, random: &random)
        return node
    }

    /// Runs a write in one transaction; the replica advances only where it was committed.
    func write<Result>(_ work: (inout Replica, any StoreTransaction) throws -> Result) throws -> Result {
        var next = replica
        guard replica.defences.stands(.memoryFollowsDisk) else {
            defer { replica = next }
            return try store.write { try work(&next, $0) }
        }
        let result = try store.write { try work(&next, $0) }
        replica = next
        return result
    }

    /// Looks at something without changing it.
    func look<Result>(_ work: (inout Replica, any StoreTransaction) throws -> Result) throws -> Result {
        var replica = replica
        return try store.read { try work(&replica, $0) }
    }

    /// The process comes back with what is on disk; sessions are gone. A disk of which nothing witnesses that it has all
    /// that was answered begins a new life.
    func restart(newLife: Bool, random: inout SeededRandom) throws {
        let opened = try disk.open()
        var identity = replica.identity
        if newLife || disk.isDoubtful { identity.incarnation = Incarnation(using: &random) }
        var next = try opened.read { try Replica(identity: identity, reading: $0, verifier: verifier) }
        next.defences = replica.defences
        store = opened
        replica = next
        highestTime = max(highestTime, Int64(replica.clock.latest.milliseconds))
        sessions = [:]
        board = Self.board(identity, verifier)
        isLawStale = true
    }

    /// The law of soft states where it may be another one than before.
    func changedLaw() throws -> SoftLaw? {
        guard isLawStale else { return nil }
        let law = try look { try SoftLaw(replica: &$0, in: $1) }
        isLawStale = false
        return law
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

    /// The node tells a peer that this is on its disk.
    func promise(_ heads: [LogHead]) {
        for head in heads { promised[head.log] = max(promised[head.log] ?? 0, head.size) }
    }

    /// Signs the ends of all own logs, as the shell does before it says how far they go: a process may have died after a
    /// commit and before it signed.
    func signAll() throws {
        let own = try store.read { try $0.logs.rows(.all).filter { $0.descriptor.author == key && $0.size > 0 } }
        guard own.contains(where: { $0.checkpoint?.size != $0.size }) else { return }
        _ = try heads(of: own.map(\.id))
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
