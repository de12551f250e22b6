public import HiveCore

/// What the overlay wants said to the peer of one conversation.
public enum OverlayWish: Sendable, Hashable {
    case announce(ScopeID, [LogHead])
    case graft(ScopeID, LogID)
    case prune(ScopeID)
    case share([SyncMessage.KnownPeer])
}

extension SyncSession {
    mutating func fulfil(_ wish: OverlayWish, now: Int64) -> [SyncDirective] {
        switch wish {
        case .announce(let scope, let heads): return [.send(.overlay(.announce(scope, heads)))]
        case .prune(let scope): return [.send(.overlay(.prune(scope)))]
        case .share(let peers): return [.send(.overlay(.peers(peers)))]
        case .graft(let scope, let log):
            guard version ?? 0 >= 1 else { return inFlight[log] == nil ? [request(log)] : [] }
            inFlight[log] = now
            return [.send(.overlay(.graft(scope, log, from: (ownSizes[log] ?? 0) + 1)))]
        }
    }

    mutating func receive(_ message: OverlayMessage, now: Int64) -> [SyncDirective] {
        switch message {
        case .graft(let scope, let log, let first):
            guard first >= 1 else { return [] }
            return [.grafted(scope), .load(log, from: first, .answer(.standard))]
        case .prune(let scope): return [.pruned(scope)]
        case .announce(let scope, let heads):
            for head in heads { note(head.log, confirmed: head.size) }
            let missing = heads.filter { $0.size > ownSizes[$0.log] ?? 0 }
            return missing.isEmpty ? [] : [.announced(scope, missing)]
        case .peers(let peers): return [.heardOf(peers)]
        case .busy(let milliseconds):
            pause(until: now + Int64(min(milliseconds, Self.longestPause)))
            return []
        }
    }

    /// A peer that says more than this is not believed.
    private static let longestPause: UInt64 = 60_000

    /// The peer has no room now: all that was asked for is asked for again then, and nothing before.
    private mutating func pause(until time: Int64) {
        pausedUntil = time
        for log in inFlight.keys { inFlight[log] = time - settings.requestTimeout }
    }
}
