public import HiveCore

/// The one place that decides what may leave this node for which peer, and what is taken from it.
public enum ExchangeGate {
    /// Whether a stream of a scope may be exchanged with a peer: both hold the scope, by the scope's own law. A node that
    /// does not know the law of a scope yet may fetch the law from whoever holds it.
    public static func permits(
        _ peer: NodeID, _ founding: ScopeFounding, _ stream: HiveCore.Stream, own node: NodeID, authority: Authority
    ) -> Bool {
        guard founding.name.kind != .instance else { return false }
        guard let role = authority.role(of: peer), role != .appender else { return false }
        return authority.role(of: node) != nil || stream == .law
    }

    /// All that may be exchanged with a peer, and how much of it is here.
    public static func view(
        for peer: NodeID, replica: inout Replica, in transaction: any StoreTransaction
    ) throws -> ExchangeView {
        var streams: [StreamView] = []
        for founding in try replica.foundings(in: transaction) {
            let authority = try replica.authority(of: founding.scope, in: transaction)
            let rows = try transaction.logs.rows(.scope(founding.scope))
            for stream in HiveCore.Stream.allCases
            where permits(peer, founding, stream, own: replica.identity.node, authority: authority) {
                let heads = rows.filter { $0.descriptor.stream == stream && $0.size > 0 }.map {
                    LogHead(log: $0.id, size: $0.size, root: $0.frontier.root)
                }
                let forks = try replica.forks(of: founding.scope, in: transaction)
                    .filter { $0.descriptor.stream == stream }
                streams.append(
                    StreamView(
                        founding: founding, stream: stream, logs: heads,
                        frozen: Dictionary(forks.map { ($0.log, $0.freeze.size) }, uniquingKeysWith: min),
                        claims: try forks.filter { try replica.claims($0, in: transaction) }.map(\.log)))
            }
        }
        return ExchangeView(streams: streams)
    }

    /// Part of a log for a peer; nil where the peer may not have it or there is nothing from that number on.
    public static func range(
        of log: LogID, from first: UInt64, for peer: NodeID, credit: Credit = .standard, replica: inout Replica,
        fresh: Checkpoint?, in transaction: any StoreTransaction
    ) throws -> LogRange? {
        guard let row = try transaction.logs.row(log),
            let founding = try replica.founding(of: row.descriptor.scope, in: transaction)
        else { return nil }
        let authority = try replica.authority(of: founding.scope, in: transaction)
        guard permits(peer, founding, row.descriptor.stream, own: replica.identity.node, authority: authority) else {
            return nil
        }
        var count = credit.operations
        while let range = try Replica.range(
            of: log, from: first, count: count, newest: fresh, freeze: authority.frozen[log], in: transaction)
        {
            // Checkpoints stand where they stand: a range over the credit goes out where a shorter one is not to be had.
            count = min(count, UInt64(range.entries.count)) / 4
            if range.byteCount <= credit.bytes || count < smallestCount { return range }
        }
        return nil
    }

    /// Fewer operations than checkpoints are apart need not be asked for.
    private static let smallestCount: UInt64 = 16
}
