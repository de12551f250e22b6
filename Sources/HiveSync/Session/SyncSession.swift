public import HiveCore

/// One conversation with one peer, as a value: events in, directives out. It owns no clock, no socket and no store.
///
/// The root hash comes first and ends the matter where nothing is new. Else the hashes of streams, then the logs of
/// those that differ, then ranges, law before knowledge before traffic, a few at a time, each asked for once the one
/// before is on disk. New operations are pushed as they are written; what a push misses the next hello finds.
public struct SyncSession: Sendable {
    public let hive: HiveID
    public let settings: Settings
    private let introduction: (name: String, address: String)
    public private(set) var isOpen = true
    var view: ExchangeView?
    /// The version that both speak, once the peer has said which ones it does.
    public private(set) var version: UInt64?
    /// How far the peer is: heard from it, or sent to it.
    private var peerSizes: [LogID: UInt64] = [:]
    /// How far the peer said it is; what was only sent may have been lost.
    private var confirmedSizes: [LogID: UInt64] = [:]
    /// Whether ranges were asked for since both last compared their hashes.
    private var isCatchingUp = false
    /// What is held here, as far as this session heard.
    var ownSizes: [LogID: UInt64] = [:]
    /// The streams whose logs the peer was told since the view was made.
    var told: Set<StreamKey> = []
    /// Those whose buckets it was told.
    var compared: Set<StreamKey> = []
    /// Scopes that the peer named and that were not in the view then.
    private var learned: Set<ScopeID> = []
    private var wanted: [Want] = []
    var inFlight: [LogID: Int64] = [:]
    private var blobs: BlobFetch
    var forks: ForkTalk
    /// Where evidence ended logs: nobody asks for more.
    private var limits: [LogID: UInt64] = [:]
    /// Blobs that the peer asked for before they were here.
    private var owedBlobs: Set<SyncMessage.BlobAddress> = []
    private var awaitsSummary: Set<SummaryPurpose> = []
    private var lastHello: Int64 = .min
    private var lastHeard: Int64 = 0
    private var peerDigest: Digest?
    /// Until when the peer has no room for requests.
    var pausedUntil: Int64 = .min
    /// Logs of which the peer has nothing for this node up to a number, as it said.
    private var passed: [LogID: UInt64] = [:]
    /// The two hashes that were last found to differ and answered with a hello, so that both sides say what they have.
    private var answeredDifference: [Digest] = []
    /// The hash of the view whose streams the peer was last told.
    private var offered: Digest?

    /// Intervals in milliseconds, and limits.
    public struct Settings: Sendable, Hashable {
        /// How often the root hash is exchanged while all is quiet.
        public var helloInterval: Int64 = 15_000
        /// After how long an unanswered request is made again.
        public var requestTimeout: Int64 = 10_000
        /// After how long a silent peer is given up.
        public var silenceLimit: Int64 = 60_000
        /// How many logs are asked for at the same time.
        public var window = 4
        /// How many blobs are asked for at the same time; each has at most 1 MiB.
        public var blobWindow = 8
        /// How many of the peer's requests for blobs are remembered until the blobs arrive.
        public var owedBlobs = 1024
        /// How much of a log is asked for at a time; on its way is at most the window times this.
        public var credit = Credit.standard
        /// More operations than these are not pushed but announced, and asked for under credit.
        public var pushLimit: UInt64 = 64
        /// Streams of more logs than this are compared in buckets, and their logs named in pages of this many.
        public var bucketsFrom = 64
        public var page = 1_000
        /// Whether a reader that asked hears how far was looked, though nothing was for it; only tests say no.
        /// (couchdb#1081, #5224: filtered replication that never progresses)
        package var movesCursors = true
        /// What this node can do beyond the version of the protocol.
        public var features: [String] = []
        /// What keeps known mistakes out; tests of this package take some away.
        package var defences = Defences.standing

        public init() {}
    }

    private struct Want: Sendable {
        let log: LogID
        let stream: HiveCore.Stream
    }

    struct StreamKey: Hashable {
        let scope: ScopeID
        let stream: HiveCore.Stream
    }

    private enum SummaryPurpose: Hashable {
        case hello
        case compare
    }

    public init(hive: HiveID, name: String, address: String, settings: Settings = Settings()) {
        self.hive = hive
        introduction = (name, address)
        self.settings = settings
        forks = ForkTalk(timeout: settings.requestTimeout)
        blobs = BlobFetch(window: settings.blobWindow, timeout: settings.requestTimeout)
    }

    /// Takes one event at a time of the node's own clock, in milliseconds.
    public mutating func handle(_ event: SyncEvent, now: Int64) -> [SyncDirective] {
        guard isOpen else { return [] }
        switch event {
        case .opened:
            lastHeard = now
            return askForSummary(.hello)
        case .received(let message):
            lastHeard = now
            return receive(message, now: now)
        case .summarized(let view): return take(view, now: now)
        case .loaded(let log, let range, let purpose): return loaded(log, range, purpose)
        case .committed(let head, let lawChanged): return committed(head, lawChanged: lawChanged, now: now)
        case .rejected(let log, let cause, let held): return rejected(log, cause, held: held, now: now)
        case .grew(let heads): return push(heads)
        case .noted(let heads):
            hold(heads)
            return []
        case .overlay(let wish): return fulfil(wish, now: now)
        case .blobLoaded(let address, let bytes): return answer(address, with: bytes)
        case .blobsMissing(let page, let next): return blobs.take(page, next: next, now: now)
        case .blobCommitted: return blobs.proceed(now: now)
        case .blobsArrived(let hashes): return payBlobs(hashes)
        case .fork(let event): return directives(for: forks.handle(event, now: now))
        case .tick: return tick(now: now)
        case .nudged: return askForSummary(.hello)
        }
    }
}

// MARK: - Finding out what differs

extension SyncSession {
    private mutating func askForSummary(_ purpose: SummaryPurpose) -> [SyncDirective] {
        defer { awaitsSummary.insert(purpose) }
        return awaitsSummary.isEmpty ? [.summarize] : []
    }

    private mutating func take(_ view: ExchangeView, now: Int64) -> [SyncDirective] {
        self.view = view
        told = []
        compared = []
        for stream in view.streams {
            for head in stream.logs { ownSizes[head.log] = max(ownSizes[head.log] ?? 0, head.size) }
            for (log, size) in stream.frozen { limit(log, to: size) }
        }
        let purposes = awaitsSummary
        awaitsSummary = []
        var directives: [SyncDirective] = []
        var introduces = purposes.contains(.hello)
        if purposes.contains(.compare), let peerDigest {
            if peerDigest != view.digest, answeredDifference != [view.digest, peerDigest] {
                answeredDifference = [view.digest, peerDigest]
                introduces = true
            }
            directives += compare(with: peerDigest, view: view)
        }
        if introduces {
            lastHello = now
            let hello = SyncMessage.Hello(
                hive: hive, name: introduction.name, address: introduction.address, digest: view.digest,
                features: settings.features)
            directives.append(.send(.hello(hello)))
            directives += self.directives(for: forks.claim(view.streams.flatMap(\.claims)))
        }
        return directives
    }

    /// Evidence ended a log: whatever was held or heard of beyond is gone.
    private mutating func limit(_ log: LogID, to size: UInt64) {
        limits[log] = size
        if let own = ownSizes[log] { ownSizes[log] = min(own, size) }
        if let theirs = peerSizes[log] { peerSizes[log] = min(theirs, size) }
        if let confirmed = confirmedSizes[log] { confirmedSizes[log] = min(confirmed, size) }
    }

    private mutating func compare(with digest: Digest, view: ExchangeView) -> [SyncDirective] {
        guard digest != view.digest else {
            confirm(view)
            return [.send(.helloAck(digest: digest)), .converged(view.streams.flatMap(\.logs))]
        }
        let streams = view.streams.map {
            SyncMessage.StreamDigest(founding: $0.founding, stream: $0.stream, digest: $0.digest)
        }
        offered = view.digest
        return [.send(.have(streams))] + offerBuckets(of: view)
    }

    /// Where one side names scopes that the other does not share with it, as after a revocation, their hashes over all
    /// never meet. They are in step once both have said what they have, and all that both named is the same.
    private mutating func agree(on streams: [SyncMessage.StreamDigest]) -> [SyncDirective] {
        guard let view, offered == view.digest else { return [] }
        let common = streams.compactMap { entry in
            view[entry.founding.scope, entry.stream].map { (own: $0, digest: entry.digest) }
        }
        guard !common.isEmpty, common.allSatisfy({ $0.own.digest == $0.digest }) else { return [] }
        let heads = common.flatMap(\.own.logs)
        for head in heads { note(head.log, confirmed: head.size) }
        return [.converged(heads)]
    }

    /// Equal hashes: the peer holds all that the view holds.
    private mutating func confirm(_ view: ExchangeView) {
        for head in view.streams.flatMap(\.logs) { note(head.log, confirmed: head.size) }
    }

    mutating func note(_ log: LogID, confirmed size: UInt64) {
        let size = min(size, limits[log] ?? .max)
        confirmedSizes[log] = max(confirmedSizes[log] ?? 0, size)
        peerSizes[log] = max(peerSizes[log] ?? 0, size)
    }

    private mutating func receive(_ message: SyncMessage, now: Int64) -> [SyncDirective] {
        switch message {
        case .hello(let hello): return receive(hello)
        case .helloAck(let digest):
            guard let view, digest == view.digest else { return [] }
            confirm(view)
            return [.converged(view.streams.flatMap(\.logs))]
        case .have(let streams): return receive(streams)
        case .logs(let scope, let stream, let heads): return receive(heads, of: scope, stream, now: now)
        case .buckets(let scope, let stream, let hashes): return receive(buckets: hashes, of: scope, stream)
        case .bucketLogs(let scope, let stream, let heads):
            guard view?[scope, stream] != nil else { return [] }
            return want(heads, of: scope, stream, now: now)
        case .syncRequest(let log, let first, let credit):
            return first >= 1 ? [.load(log, from: first, .answer(credit.bounded))] : []
        case .plan(let log, let operations, let bytes): return [.planned(log, operations: operations, bytes: bytes)]
        case .cursor(let log, let number): return pass(log, through: number, now: now)
        case .syncResponse(let range): return receive(range, now: now)
        case .push(let range):
            let scope = range.descriptor.scope
            let isKnown = range.last <= ownSizes[range.checkpoint.log] ?? 0
            return receive(range, now: now) + (isKnown ? [.duplicate(scope, range.checkpoint.log)] : [])
        case .overlay(let message): return receive(message, now: now)
        case .syncAck(let heads): return receiveAck(heads)
        case .blobRequest(let address): return [.loadBlob(address)]
        case .blob(let address, let bytes):
            return blobs.accept(address) ? [.commitBlob(address, bytes)] : []
        case .ping(let number): return [.send(.pong(number))]
        case .fork(let message): return directives(for: forks.receive(message, now: now))
        case .pong, .conflictNotification, .conflictResolution, .mirror, .soft: return []
        case .leave(let code, let message):
            isOpen = false
            return [.close(code: code, message: message)]
        case .joinRequest, .joinResponse, .joinRefusal:
            return close(code: "unexpected_message", "pairing is over once a conversation has begun")
        }
    }

    private mutating func receive(_ hello: SyncMessage.Hello) -> [SyncDirective] {
        let (oldest, newest) = (SyncMessage.oldestVersion, SyncMessage.version)
        guard hello.oldest <= newest, hello.newest >= oldest, hello.oldest <= hello.newest else {
            return close(
                code: "version_mismatch",
                "this node speaks versions \(oldest) to \(newest), the peer \(hello.oldest) to \(hello.newest)")
        }
        version = min(hello.newest, newest)
        guard hello.hive == hive else { return close(code: "other_hive", "the peer belongs to another hive") }
        peerDigest = hello.digest
        return [.introduced(hello)] + askForSummary(.compare) + blobs.begin()
    }

    private mutating func receive(_ streams: [SyncMessage.StreamDigest]) -> [SyncDirective] {
        var directives: [SyncDirective] = []
        var hasLearned = false
        for entry in streams.sorted(by: { ($0.stream, $0.founding.scope) < ($1.stream, $1.founding.scope) }) {
            guard entry.founding.hive == hive, entry.founding.name.kind != .instance else { continue }
            let own = view?[entry.founding.scope, entry.stream]
            if own == nil {
                guard entry.stream == .law else { continue }
                // Once: a scope whose law does not name the peer stays out of the view, and both would greet for ever.
                if learned.insert(entry.founding.scope).inserted {
                    directives.append(.learn(entry.founding))
                    hasLearned = true
                }
            }
            let digest = own?.digest ?? StreamView(founding: entry.founding, stream: entry.stream, logs: []).digest
            if digest != entry.digest {
                directives += tell(own, of: entry.founding.scope, entry.stream)
            }
        }
        if hasLearned { directives += askForSummary(.hello) }
        return directives + (hasLearned ? [] : agree(on: streams))
    }

    /// Asks for what the peer has more of. What it has less of it asks for itself, by the list that it gets: a peer
    /// that knows too little of the law to name a stream by itself gets that list here.
    private mutating func receive(
        _ heads: [LogHead], of scope: ScopeID, _ stream: HiveCore.Stream, now: Int64
    ) -> [SyncDirective] {
        guard view?[scope, stream] != nil || stream == .law else { return [] }
        let requests = want(heads, of: scope, stream, now: now)
        let theirs = Dictionary(heads.map { ($0.log, $0.size) }, uniquingKeysWith: max)
        guard let own = view?[scope, stream], !told.contains(StreamKey(scope: scope, stream: stream)),
            own.logs.contains(where: { $0.size > theirs[$0.log] ?? 0 })
        else { return requests }
        return list(own) + requests
    }

    /// Asks for what the peer has more of.
    private mutating func want(
        _ heads: [LogHead], of scope: ScopeID, _ stream: HiveCore.Stream, now: Int64
    ) -> [SyncDirective] {
        for head in heads {
            note(head.log, confirmed: head.size)
            let held = max(ownSizes[head.log] ?? 0, passed[head.log] ?? 0)
            guard min(head.size, limits[head.log] ?? .max) > held, inFlight[head.log] == nil,
                !forks.isSearching(head.log),
                !wanted.contains(where: { $0.log == head.log })
            else { continue }
            wanted.append(Want(log: head.log, stream: stream))
            isCatchingUp = true
        }
        return compareRoots(of: heads, in: view?[scope, stream], now: now) + requestMore(now: now)
    }
}

// MARK: - Moving operations

extension SyncSession {
    private mutating func requestMore(now: Int64) -> [SyncDirective] {
        guard now >= pausedUntil else { return [] }
        wanted.sort { ($0.stream, $0.log) < ($1.stream, $1.log) }
        var directives: [SyncDirective] = []
        while inFlight.count < settings.window, let want = wanted.first {
            wanted.removeFirst()
            inFlight[want.log] = now
            directives.append(request(want.log))
        }
        return directives
    }

    func request(_ log: LogID) -> SyncDirective {
        .send(.syncRequest(log, from: (ownSizes[log] ?? 0) + 1, credit: settings.credit))
    }

    private mutating func loaded(_ log: LogID, _ range: LogRange?, _ purpose: LoadPurpose) -> [SyncDirective] {
        guard let range else {
            // A reader that hears nothing would wait, and hold a place in its window for what never comes.
            guard case .answer = purpose, settings.movesCursors else { return [] }
            return [.send(.cursor(log, ownSizes[log] ?? 0))]
        }
        let size = UInt64(range.entries.count)
        guard case .answer = purpose else {
            guard size <= settings.pushLimit else {
                let head = LogHead(log: log, size: range.last, root: range.checkpoint.root)
                return [.send(.overlay(.announce(range.descriptor.scope, [head])))]
            }
            peerSizes[log] = max(peerSizes[log] ?? 0, range.last)
            return [.send(.push(range))]
        }
        peerSizes[log] = max(peerSizes[log] ?? 0, range.last)
        let remaining = max(ownSizes[log] ?? 0, range.last) - (range.first - 1)
        let bytes = UInt64(range.byteCount) / size * remaining
        return [.send(.plan(log, operations: remaining, bytes: bytes)), .send(.syncResponse(range))]
    }

    /// The peer has nothing more of a log for this node: its place is free for another.
    private mutating func pass(_ log: LogID, through number: UInt64, now: Int64) -> [SyncDirective] {
        passed[log] = max(passed[log] ?? 0, number)
        inFlight[log] = nil
        if isCatchingUp, inFlight.isEmpty, wanted.isEmpty { isCatchingUp = false }
        return requestMore(now: now)
    }

    private mutating func receive(_ range: LogRange, now: Int64) -> [SyncDirective] {
        let log = range.checkpoint.log
        note(log, confirmed: range.last)
        guard range.last > ownSizes[log] ?? 0 || !settings.defences.stands(.repeatedRangesAreKnown) else {
            inFlight[log] = nil
            let head = LogHead(log: log, size: range.last, root: range.checkpoint.root)
            return [.send(.syncAck([head]))] + requestMore(now: now)
        }
        guard settings.defences.stands(.commitBeforeAcknowledging) else {
            let head = LogHead(log: log, size: range.last, root: range.checkpoint.root)
            return [.send(.syncAck([head])), .commit(range)]
        }
        return [.commit(range)]
    }

    private mutating func committed(_ head: LogHead, lawChanged: Bool, now: Int64) -> [SyncDirective] {
        let isLonger = head.size > ownSizes[head.log] ?? 0
        ownSizes[head.log] = max(ownSizes[head.log] ?? 0, head.size)
        var directives: [SyncDirective] = [.send(.syncAck([head]))]
        if inFlight.removeValue(forKey: head.log) != nil, isLonger, (peerSizes[head.log] ?? 0) > head.size {
            inFlight[head.log] = now
            directives.append(request(head.log))
        }
        directives += requestMore(now: now)
        let isDone = isCatchingUp && inFlight.isEmpty && wanted.isEmpty
        if isDone { isCatchingUp = false }
        if lawChanged || isDone { directives += askForSummary(.hello) }
        return directives + blobs.begin()
    }

    private mutating func rejected(
        _ log: LogID, _ cause: RejectionCause, held: UInt64, now: Int64
    ) -> [SyncDirective] {
        inFlight[log] = nil
        ownSizes[log] = held
        if cause.isFault { return close(code: cause.code, cause.message) }
        if cause.code == ReplicaError.Code.branch.rawValue {
            return directives(for: forks.begin(log, isRefused: true, now: now)) + requestMore(now: now)
        }
        guard cause.code == ReplicaError.Code.gap.rawValue else { return [] }
        inFlight[log] = now
        return [request(log)]
    }

    private mutating func push(_ heads: [LogHead]) -> [SyncDirective] {
        var directives: [SyncDirective] = []
        for head in heads {
            ownSizes[head.log] = max(ownSizes[head.log] ?? 0, head.size)
            let theirs = peerSizes[head.log] ?? 0
            guard head.size > theirs else { continue }
            peerSizes[head.log] = head.size
            directives.append(.load(head.log, from: theirs + 1, .push))
        }
        return directives
    }

    /// Logs go that far here, and somebody else decides who is pushed to.
    private mutating func hold(_ heads: [LogHead]) {
        for head in heads { ownSizes[head.log] = max(ownSizes[head.log] ?? 0, head.size) }
    }

    private mutating func receiveAck(_ heads: [LogHead]) -> [SyncDirective] {
        for head in heads { note(head.log, confirmed: head.size) }
        return [.acknowledged(heads)]
    }

    private mutating func answer(_ address: SyncMessage.BlobAddress, with bytes: [UInt8]?) -> [SyncDirective] {
        if let bytes { return [.send(.blob(address, bytes))] }
        if owedBlobs.count < settings.owedBlobs { owedBlobs.insert(address) }
        return []
    }

    /// Sends what the peer asked for before it was here.
    private mutating func payBlobs(_ hashes: Set<Digest>) -> [SyncDirective] {
        let due = owedBlobs.filter { hashes.contains($0.hash) }
        owedBlobs.subtract(due)
        return due.sorted { $0.hash < $1.hash }.map { .loadBlob($0) }
    }
}

// MARK: - Time

extension SyncSession {
    private mutating func tick(now: Int64) -> [SyncDirective] {
        if now - lastHeard > settings.silenceLimit {
            return close(code: "silent", "the peer has not been heard for \(settings.silenceLimit / 1000) seconds")
        }
        var directives: [SyncDirective] = []
        for (log, since) in inFlight.sorted(by: { $0.key < $1.key }) where now - since > settings.requestTimeout {
            inFlight[log] = now
            directives.append(request(log))
        }
        directives += requestMore(now: now) + blobs.proceed(now: now)
        directives += self.directives(for: forks.tick(now: now))
        guard isOpen else { return directives }
        if lastHello == .min || now - lastHello > settings.helloInterval {
            peerSizes = confirmedSizes  // what was only sent may have been lost
            passed = [:]
            awaitsSummary = []
            directives += askForSummary(.hello)
        }
        return directives
    }

    mutating func close(code: String, _ message: String) -> [SyncDirective] {
        isOpen = false
        return [.send(.leave(code: code, message: message)), .close(code: code, message: message)]
    }
}
