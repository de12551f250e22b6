public import HiveCore
import HiveRules
public import HiveSync
public import Logging
import Synchronization

/// A node: what it does for agents and operators, over one store and with its peers.
public final class Node: Sendable {
    let kernel: NodeKernel
    public let sync: SyncEngine
    /// Called when the peer listener has opened or the node has joined another hive.
    let onIdentityChange = Mutex<@Sendable () -> Void>({})
    let lawBook: LawBook
    /// Nil where memories are found by their words only.
    let meaning: MeaningIndex?
    let settings: Settings
    let startedAt: Timestamp
    let startedUp: Int64
    let counters = Counters()
    let decisions = DecisionMeter()
    /// When a scheduled backup was last begun.
    let backupAttempt = Mutex<Timestamp?>(nil)
    let logger: Logger

    /// What the operator chose.
    public struct Settings: Sendable {
        /// What the node calls itself.
        public var name: String
        public var version: String
        /// Where the peer listener opens when it is first needed.
        public var peerAddress: PeerAddress
        /// The host that others are told to reach this node at.
        public var advertisedHost: String?
        /// Scopes that a memory of each kind goes to unless its caller says otherwise.
        public var defaultScopes: [EngramKind: ScopeName] = [
            .semantic: .main, .procedural: .main, .instant: .instance, .episodic: .instance,
        ]
        /// How long an erased body is kept before its bytes go, in seconds.
        public var erasureHold: Int64 = 24 * 3600
        public var backups = BackupPolicy()

        public init(name: String, version: String, peerAddress: PeerAddress) {
            self.name = name
            self.version = version
            self.peerAddress = peerAddress
        }
    }

    /// - Parameter embedder: what finds memories by what they mean; nil where their words are enough.
    public init(
        kernel: NodeKernel, transport: any PeerTransport, embedder: (any Embedder)? = nil, settings: Settings,
        logger: Logger
    ) throws {
        self.kernel = kernel
        meaning = embedder.map { MeaningIndex(embedder: $0, kernel: kernel) }
        lawBook = LawBook(zones: kernel.surroundings.zones)
        self.settings = settings
        self.logger = logger
        startedAt = kernel.surroundings.now()
        startedUp = kernel.surroundings.uptime()
        sync = SyncEngine(
            kernel: kernel, transport: transport, name: settings.name, advertisedHost: settings.advertisedHost,
            logger: logger)
        try lawBook.refresh(kernel)
        _ = kernel.follow { [weak self] change in self?.take(change) }
    }

    private func take(_ change: NodeChange) {
        meaning?.note(change.documents)
        do {
            if !change.erased.isEmpty {
                try noteErasures(try kernel.read { try change.erased.compactMap($0.documents.state) })
            }
        } catch {
            logger.error("what was erased could not be noted beside the database, the next start does: \(error)")
        }
        guard change.rules else { return }
        do {
            try lawBook.refresh(kernel)
            for (set, problem) in lawBook.problems.sorted(by: { $0.key < $1.key }) {
                logger.warning("rule set is not in force: \(problem)", metadata: ["set": "\(set)"])
            }
        } catch {
            logger.error("the law could not be brought up to date, the last good one stays: \(error)")
        }
    }

    /// Runs the node's own work until cancelled: peers, the purge of what was erased, and vectors for what was written.
    public func run() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await self.sync.run() }
            group.addTask { try await Housekeeping(node: self, logger: self.logger).run() }
            if let meaning = self.meaning { group.addTask { try await meaning.run(logger: self.logger) } }
            try await group.next()
            group.cancelAll()
        }
    }

    /// Drops the bytes of all documents whose erasure is due, and what the store still holds of them.
    func purge() async throws {
        let now = kernel.surroundings.now()
        let isDue = try kernel.read { !(try $0.documents.list(.erasureDue(now.milliseconds))).isEmpty }
        if isDue {
            try await kernel.write { context in
                let purged = try context.replica.purge(due: now, in: context.transaction)
                context.documents.formUnion(purged)
                try ScrubMark.set(in: context.transaction)
            }
        }
        guard try kernel.read({ try ScrubMark.isSet(in: $0) }) else { return }
        try kernel.surroundings.scrub()
        try await kernel.write { try ScrubMark.clear(in: $0.transaction) }
    }

    /// Calls back when the peer listener has opened or the node has joined another hive.
    public func onIdentityChange(_ body: @escaping @Sendable () -> Void) { onIdentityChange.withLock { $0 = body } }

    /// How many transactions were committed since the start.
    public var commits: UInt64 { kernel.commits }

    /// Who this node is.
    public var identity: NodeIdentity { kernel.identity }

    /// Calls back with the documents that each batch of writes changed; returns a number to stop it by.
    public func follow(_ body: @escaping @Sendable (NodeChange) -> Void) -> Int { kernel.follow(body) }
    public func stopFollowing(_ number: Int) { kernel.stopFollowing(number) }
}

/// Counts since the start, for metrics.
final class Counters: Sendable {
    private let counts = Mutex<[String: Double]>([:])

    func add(_ amount: Double = 1, to name: String) { counts.withLock { $0[name, default: 0] += amount } }
    subscript(name: String) -> Double { counts.withLock { $0[name] ?? 0 } }
    var all: [String: Double] { counts.withLock { $0 } }
}
