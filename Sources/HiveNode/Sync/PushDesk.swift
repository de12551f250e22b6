import HiveCore
import HiveSync
import Logging
import Synchronization

/// The shell of live push: what grew here goes to the links that the overlay names, and the others hear how far it goes.
final class PushDesk: Sendable {
    private let kernel: NodeKernel
    private let logger: Logger
    private let changes: AsyncStream<[LogHead]>
    private let change: AsyncStream<[LogHead]>.Continuation
    private let state: Mutex<State>

    private struct State {
        var overlay: PushOverlay
        var links: [NodeID: PeerLink] = [:]
        /// Whom operations came from that are being stored.
        var sources: [LogID: (peer: NodeID, size: UInt64)] = [:]
        var scopes: [LogID: ScopeID] = [:]
    }

    /// Changes that wait. More are left to the next hello.
    private static let waiting = 1_024
    /// Logs whose scopes are remembered.
    private static let remembered = 16_384

    init(kernel: NodeKernel, settings: PushOverlay.Settings, logger: Logger) {
        self.kernel = kernel
        self.logger = logger
        state = Mutex(State(overlay: PushOverlay(settings: settings)))
        (changes, change) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(Self.waiting))
    }

    var counts: PushOverlay.Counts { state.withLock { $0.overlay.counts } }

    /// Runs until cancelled.
    func run() async {
        let follower = kernel.follow { [change] in if !$0.logs.isEmpty { change.yield($0.logs) } }
        defer { kernel.stopFollowing(follower) }
        await withDiscardingTaskGroup { group in
            group.addTask { for await heads in self.changes { self.grew(heads) } }
            group.addTask {
                while !Task.isCancelled {
                    do { try await Task.sleep(for: .seconds(1)) } catch { return }
                    self.handle(.tick)
                }
            }
        }
    }

    /// A link knows what both may read.
    func linked(_ link: PeerLink, scopes: Set<ScopeID>) {
        state.withLock { $0.links[link.peer] = link }
        handle(.linked(link.peer, scopes: scopes))
    }

    func unlinked(_ link: PeerLink) {
        let isCurrent = state.withLock { state in
            guard state.links[link.peer] === link else { return false }
            state.links[link.peer] = nil
            return true
        }
        if isCurrent { handle(.unlinked(link.peer)) }
    }

    /// Operations of a peer are about to be stored.
    func arriving(_ range: LogRange, from peer: NodeID) {
        state.withLock { state in
            if state.sources.count > Self.remembered { state.sources = [:] }
            state.sources[range.checkpoint.log] = (peer, range.last)
        }
    }

    func handle(_ event: OverlayEvent) {
        let now = kernel.surroundings.uptime()
        let (directives, links) = state.withLock { ($0.overlay.handle(event, now: now), $0.links) }
        for directive in directives { perform(directive, links) }
    }

    private func perform(_ directive: OverlayDirective, _ links: [NodeID: PeerLink]) {
        switch directive {
        case .push(let head, let peer): links[peer]?.offer(.grew([head.head]))
        case .graft(let head, let peer): links[peer]?.offer(.overlay(.graft(head.scope, head.head.log)))
        case .prune(let scope, let peer): links[peer]?.offer(.overlay(.prune(scope)))
        case .announce(let heads, let peer):
            for (scope, heads) in Dictionary(grouping: heads, by: \.scope) {
                links[peer]?.offer(.overlay(.announce(scope, heads.map(\.head))))
            }
        }
    }

    private func grew(_ heads: [LogHead]) {
        do {
            let scoped = try heads.compactMap { head in
                try scope(of: head.log).map { ScopedHead(scope: $0, head: head) }
            }
            // Everybody knows what is held here, whoever it is pushed to.
            for link in state.withLock({ Array($0.links.values) }) { link.offer(.noted(heads)) }
            let groups = Dictionary(grouping: scoped) { source(of: $0.head) }
            for (source, heads) in groups { handle(.grew(heads, from: source)) }
        } catch {
            logger.error("cannot push what was written; the next hello finds it: \(error)")
        }
    }

    private func source(of head: LogHead) -> NodeID? {
        state.withLock { state in
            guard let source = state.sources[head.log], source.size >= head.size else { return nil }
            state.sources[head.log] = nil
            return source.peer
        }
    }

    private func scope(of log: LogID) throws -> ScopeID? {
        if let known = state.withLock({ $0.scopes[log] }) { return known }
        guard let scope = try kernel.read({ try $0.logs.row(log)?.descriptor.scope }) else { return nil }
        state.withLock { state in
            if state.scopes.count > Self.remembered { state.scopes = [:] }
            state.scopes[log] = scope
        }
        return scope
    }
}
