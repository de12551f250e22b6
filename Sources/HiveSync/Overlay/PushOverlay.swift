public import HiveCore

/// Who is pushed to, and who is only told: one tree for each scope over the links that are there, as a value.
///
/// In a scope of up to `floodLimit` other holders everybody is pushed to. Beyond, a peer that pushes what was here already is asked
/// to only tell from then on (prune), and what was told and did not come is fetched from who told it (graft), which puts
/// that link back into the tree. What all of this misses the next hello finds: no promise rests on it.
public struct PushOverlay: Sendable {
    public let settings: Settings
    private var links: [NodeID: Link] = [:]
    private var missing: [LogID: Missing] = [:]
    /// The log whose duplicates prune in a scope: the lowest that was heard of lately. Several writers at once would each
    /// cut what the others need, since what comes twice depends on where it comes from.
    private var references: [ScopeID: Reference] = [:]
    /// How many other nodes hold a scope; of a scope that is not in here everybody is pushed to.
    private var holders: [ScopeID: Int] = [:]
    /// Counters for metrics: operations pushed, announced, duplicates heard, grafts and prunes.
    public private(set) var counts = Counts()

    /// Times in milliseconds, and limits.
    public struct Settings: Sendable, Hashable {
        /// In a scope with up to so many other holders all links are pushed to.
        public var floodLimit = 8
        /// How long something announced may take to come by itself.
        public var graftTimeout: Int64 = 1_000
        /// How often one announcement is asked about before it is left to the next hello.
        public var graftAttempts = 4
        /// How long a log shapes the tree after it last grew.
        public var referenceLife: Int64 = 30_000
        /// How many logs may be waited for.
        public var maximumMissing = 4_096
        /// How many announcements wait for one peer; beyond, the oldest are left to the next hello.
        public var maximumAnnounced = 1_024
        /// Whether anything is pushed at all.
        public var isOn = true

        public init() {}
    }

    /// What has gone on since the start.
    public struct Counts: Sendable, Hashable {
        public var pushed: UInt64 = 0
        public var announced: UInt64 = 0
        public var duplicates: UInt64 = 0
        public var grafts: UInt64 = 0
        public var prunes: UInt64 = 0
    }

    private struct Link: Sendable {
        var scopes: Set<ScopeID>
        /// The scopes in which the peer is only told.
        var lazy: Set<ScopeID> = []
        /// What to tell it at the next tick; only the newest of each log.
        var announcements: [LogID: ScopedHead] = [:]
    }

    private struct Reference: Sendable {
        let log: LogID
        let since: Int64
    }

    private struct Missing: Sendable {
        var head: ScopedHead
        var since: Int64
        var attempts = 0
        /// Who announced it, in turn.
        var sources: [NodeID]
    }

    public init(settings: Settings = Settings()) { self.settings = settings }

    /// Takes one event at a time of the node's own clock, in milliseconds.
    public mutating func handle(_ event: OverlayEvent, now: Int64) -> [OverlayDirective] {
        switch event {
        case .linked(let peer, let scopes): link(peer, scopes)
        case .unlinked(let peer): unlink(peer)
        case .holders(let numbers): holders = numbers
        case .grew(let heads, let source): return grew(heads, from: source, now: now)
        case .duplicate(let scope, let log, let peer): return duplicate(scope, log, from: peer)
        case .announced(let head, let peer): announced(head, by: peer, now: now)
        case .grafted(let scope, let peer): links[peer]?.lazy.remove(scope)
        case .pruned(let scope, let peer): links[peer]?.lazy.insert(scope)
        case .tick: return tick(now: now)
        }
        return []
    }

    /// The peers that are pushed to in a scope.
    public func eager(in scope: ScopeID) -> [NodeID] {
        links.filter { $0.value.scopes.contains(scope) && !isLazy($0.value, scope) }.map(\.key).sorted()
    }

    private func isLazy(_ link: Link, _ scope: ScopeID) -> Bool { link.lazy.contains(scope) && !floods(scope) }

    private func floods(_ scope: ScopeID) -> Bool { holders[scope] ?? 0 <= settings.floodLimit }

    private mutating func link(_ peer: NodeID, _ scopes: Set<ScopeID>) {
        var link = links[peer] ?? Link(scopes: scopes)
        link.scopes = scopes
        link.lazy.formIntersection(scopes)
        links[peer] = link
    }

    private mutating func unlink(_ peer: NodeID) {
        links[peer] = nil
        for log in missing.keys { missing[log]?.sources.removeAll { $0 == peer } }
    }
}

// MARK: - The tree

extension PushOverlay {
    private mutating func grew(_ heads: [ScopedHead], from source: NodeID?, now: Int64) -> [OverlayDirective] {
        for head in heads {
            refer(to: head, now: now)
            if let wait = missing[head.head.log], wait.head.head.size <= head.head.size { missing[head.head.log] = nil }
            if let source { links[source]?.lazy.remove(head.scope) }
        }
        guard settings.isOn else { return [] }
        var directives: [OverlayDirective] = []
        for (peer, link) in links.sorted(by: { $0.key < $1.key }) where peer != source {
            for head in heads where link.scopes.contains(head.scope) {
                if isLazy(link, head.scope) {
                    remember(head, for: peer)
                } else {
                    counts.pushed += 1
                    directives.append(.push(head, to: peer))
                }
            }
        }
        return directives
    }

    private mutating func remember(_ head: ScopedHead, for peer: NodeID) {
        guard let link = links[peer],
            link.announcements[head.head.log] != nil || link.announcements.count < settings.maximumAnnounced
        else { return }
        links[peer]?.announcements[head.head.log] = head
    }

    private mutating func refer(to head: ScopedHead, now: Int64) {
        let present = references[head.scope].flatMap { now - $0.since > settings.referenceLife ? nil : $0.log }
        guard head.head.log <= present ?? head.head.log else { return }
        references[head.scope] = Reference(log: head.head.log, since: now)
    }

    private mutating func duplicate(_ scope: ScopeID, _ log: LogID, from peer: NodeID) -> [OverlayDirective] {
        counts.duplicates += 1
        guard references[scope]?.log == log else { return [] }
        // Also where the link is lazy here: then the peer does not know, since a prune and a push have crossed.
        guard let link = links[peer], link.scopes.contains(scope), !floods(scope) else { return [] }
        links[peer]?.lazy.insert(scope)
        counts.prunes += 1
        return [.prune(scope, at: peer)]
    }

    private mutating func announced(_ head: ScopedHead, by peer: NodeID, now: Int64) {
        guard links[peer] != nil else { return }
        if var wait = missing[head.head.log] {
            if head.head.size > wait.head.head.size { wait.head = head }
            if !wait.sources.contains(peer), wait.sources.count < settings.floodLimit { wait.sources.append(peer) }
            missing[head.head.log] = wait
        } else if missing.count < settings.maximumMissing {
            missing[head.head.log] = Missing(head: head, since: now, sources: [peer])
        }
    }

    private mutating func tick(now: Int64) -> [OverlayDirective] { tell() + ask(now: now) }

    private mutating func tell() -> [OverlayDirective] {
        var directives: [OverlayDirective] = []
        for peer in links.keys.sorted() {
            guard let heads = links[peer]?.announcements.values, !heads.isEmpty else { continue }
            counts.announced += UInt64(heads.count)
            directives.append(.announce(heads.sorted { $0.head.log < $1.head.log }, to: peer))
            links[peer]?.announcements = [:]
        }
        return directives
    }

    private mutating func ask(now: Int64) -> [OverlayDirective] {
        var directives: [OverlayDirective] = []
        for log in missing.keys.sorted() {
            guard var wait = missing[log], now - wait.since >= settings.graftTimeout else { continue }
            guard wait.attempts < settings.graftAttempts, let source = wait.sources.first else {
                missing[log] = nil
                continue
            }
            wait.attempts += 1
            wait.since = now
            wait.sources.append(wait.sources.removeFirst())
            missing[log] = wait
            links[source]?.lazy.remove(wait.head.scope)
            counts.grafts += 1
            directives.append(.graft(wait.head, from: source))
        }
        return directives
    }
}
