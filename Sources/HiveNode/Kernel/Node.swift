import HiveAPI
public import HiveCore
import HiveRules
public import HiveSync
public import Logging
import Synchronization

/// A node: what it does for agents and operators, over one store and with its peers.
public final class Node: Sendable {
    let kernel: NodeKernel
    public let sync: SyncEngine
    /// Nil where nothing is kept on a disk.
    let mirroring: Mirroring?
    /// Called when the peer listener has opened or the node has joined another hive.
    let onIdentityChange = Mutex<@Sendable () -> Void>({})
    let lawBook: LawBook
    /// Nil where memories are found by their words only.
    let contradictions: ContradictionIndex
    let conflictDesk = ConflictDesk()
    let tasks: TaskBoard
    let hearing: TaskHearing
    let duty: DutyRoster
    let newcomers = Newcomers()
    let taskMeter = TaskMeter()
    /// Where the next round among tasks begins.
    let taskRound = Mutex(0)
    /// Whom tasks may be given to; nil for those of the roster.
    let candidates = Mutex<(any TaskCandidates)?>(nil)
    let messageIndex: MessageIndex
    /// Who is asked about completed tasks; nil for this node itself.
    let taskHistory = Mutex<(any PastTaskSearch)?>(nil)
    let succession: MeaningSuccession?
    /// The vectors of the model that was chosen; perhaps not complete yet.
    var meaning: MeaningIndex? { succession?.current }
    /// What writes one text for several, as the operator chose; nil where nothing was chosen.
    let summarizer: (any Summarizer)?
    /// Nil where the store is not encrypted.
    let keyKeeping: KeyKeeping?
    let tokenRegistry: TokenRegistry
    /// Nil where nothing is kept on a disk.
    let accessLog: AccessLog?
    /// The fingerprint of the certificate of this node's listeners; nil where they speak in the clear.
    let certificate = Mutex<String?>(nil)
    let settings: Settings
    let startedAt: Timestamp
    let startedUp: Int64
    let counters = Counters()
    let sealClock = SealClock()
    let decisions = DecisionMeter()
    /// What the last check of the whole store found since the start; nil before the first.
    let lastVerification = Mutex<VerifyReport?>(nil)
    let recentDecisions = RecentDecisions()
    let announcer: EventAnnouncer
    let forkWatch = ForkWatch()
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
        public var defaultScopes = DefaultScopes.hive
        /// Where infrastructure states, incidents and runbooks go unless their caller says otherwise.
        public var recordScope = ScopeName.main
        /// How long an erased body is kept before its bytes go, in seconds.
        public var erasureHold: Int64 = 24 * 3600
        /// How far whom is believed, and how fast what was told grows old.
        public var belief = BeliefPolicy()
        /// What counts beside the score of a search.
        public var ranking = Ranking()
        /// How much of a score is its meaning, 0 to 1; nil for what was measured to be best for the model.
        public var meaningWeight: Double?
        public var backups = BackupPolicy()
        /// By which numbers working sets work.
        public var working = WorkingSet.Policy()
        /// Relations whose links must not run in a circle.
        public var acyclicRelations = LinkGraph.acyclicRelations
        public var lifecycle = LifecycleSettings()
        public var conflicts = ConflictSettings()
        /// From when on the node calls itself unwell.
        public var health = HealthPolicy()
        public var tasks = TaskPolicy()
        public var agents = AgentSettings()
        public var sync = SyncSettings()
        /// When this node acknowledges, seals and prunes by itself.
        public var seals = SealPolicy()

        public init(name: String, version: String, peerAddress: PeerAddress) {
            self.name = name
            self.version = version
            self.peerAddress = peerAddress
        }
    }

    /// - Parameters:
    ///   - embedder: what finds memories by what they mean; nil where their words are enough.
    ///   - formerEmbedder: the embedder of a model that served before, by its name, until all memories have vectors of the
    ///     new one; nil asks for the one before the first, and answers nil where it cannot be had any more.
    ///   - summarizer: what writes one text for several.
    public init(
        kernel: NodeKernel, transport: any PeerTransport, embedder: (any Embedder)? = nil,
        formerEmbedder: (String?) -> (any Embedder)? = { _ in nil }, summarizer: (any Summarizer)? = nil,
        settings: Settings, logger: Logger
    ) throws {
        self.kernel = kernel
        kernel.setConflictPolicies(settings.conflicts.policies)
        contradictions = ContradictionIndex(kernel: kernel)
        tasks = TaskBoard(kernel: kernel)
        messageIndex = MessageIndex(kernel: kernel)
        duty = DutyRoster(kernel: kernel)
        succession = try embedder.map { try MeaningSuccession(embedder: $0, former: formerEmbedder, kernel: kernel) }
        self.summarizer = summarizer
        keyKeeping = kernel.surroundings.keys.map { KeyKeeping(keys: $0) }
        tokenRegistry = TokenRegistry(
            node: kernel.identity.node, records: try kernel.read { try TokenRecord.all(in: $0) },
            now: kernel.surroundings.now)
        accessLog = try kernel.surroundings.access.map {
            try AccessLog(
                $0, anchor: try kernel.read { try AccessAnchor.load(in: $0)?.chain }, now: kernel.surroundings.now,
                logger: logger)
        }
        lawBook = LawBook(zones: kernel.surroundings.zones)
        self.settings = settings
        self.logger = logger
        startedAt = kernel.surroundings.now()
        startedUp = kernel.surroundings.uptime()
        mirroring = Mirroring(kernel: kernel, policy: settings.backups, logger: logger)
        sync = SyncEngine(
            kernel: kernel, transport: transport, name: settings.name, advertisedHost: settings.advertisedHost,
            mirroring: mirroring, settings: settings.sync, logger: logger)
        hearing = TaskHearing(uptime: kernel.surroundings.uptime) { [soft = sync.soft] in soft.state(of: $0) }
        announcer = try EventAnnouncer(kernel: kernel, board: sync.board, logger: logger)
        try lawBook.refresh(kernel)
        _ = kernel.follow { [weak self] change in self?.take(change) }
        _ = sync.soft.follow { [weak self] keys in self?.announcePresence(keys) }
        _ = try contradictions.all()
        announcer.followConflicts { [weak self] documents, began in
            do { try self?.sync.tell(of: documents, began: began) } catch {
                self?.logger.warning("peers were not told of conflicts: \(error)")
            }
        }
        contradictions.follow { [weak self] turn in self?.announcer.announce(turn) }
        announceForks()
        try sync.awaitPeers()
    }

    private func take(_ change: NodeChange) {
        if !change.law.isEmpty { announceForks() }
        succession?.note(change.documents)
        contradictions.note(change.documents)
        if change.law.isEmpty { tasks.note(change.documents(of: .task)) } else { tasks.noteAll() }
        if !change.law.isEmpty || !change.documents(of: .agent).isEmpty {
            duty.noteAll()
        }
        if change.law.isEmpty {
            messageIndex.note(change.documents(of: .message, .agent))
        } else {
            messageIndex.noteAll()
        }
        do {
            if !change.erased.isEmpty {
                // Messages are left out: one from an older copy of the database has expired all the same.
                let erased = try kernel.read { try change.erased.compactMap($0.documents.state) }
                try noteErasures(erased.filter { $0.kind != .message })
            }
        } catch {
            logger.error("what was erased could not be noted beside the database, the next start does: \(error)")
        }
        defer {
            announcer.announce(change, rules: lawBook.label) { [weak self] in self?.stories(of: $0) ?? [:] }
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
            group.addTask { await self.sync.soft.run() }
            group.addTask { await Postman(node: self, logger: self.logger).run() }
            group.addTask { try await Housekeeping(node: self, logger: self.logger).run() }
            if let keys = self.keyKeeping { group.addTask { try await keys.run(logger: self.logger) } }
            if let succession { group.addTask { try await succession.run(logger: self.logger) } }
            group.addTask { try await TaskKeeper(node: self).run() }
            group.addTask { try await WorkingSetKeeper(node: self, logger: self.logger).run() }
            try await group.next()
            group.cancelAll()
        }
    }

    /// Drops the bytes of all documents whose erasure is due, and what the store still holds of them.
    func purge() async throws {
        try await eraseCopies()
        let now = kernel.surroundings.now()
        let isDue = try kernel.read { !(try $0.documents.list(.erasureDue(now.milliseconds))).isEmpty }
        if isDue {
            try await kernel.write { context in
                let purged = try context.replica.purge(due: now, in: context.transaction)
                try VectorShelf.remove(purged, in: context.transaction)
                context.documents.formUnion(purged)
                for address in purged {
                    try UseRecord.remove(address, in: context.transaction)
                    try ReadMark.remove(address, in: context.transaction)
                }
                try ScrubMark.set(in: &context)
            }
        }
        guard let mark = try kernel.read({ try ScrubMark.current(in: $0) }) else { return }
        try kernel.surroundings.scrub()
        try await kernel.write { try ScrubMark.clear(mark, in: $0.transaction) }
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
