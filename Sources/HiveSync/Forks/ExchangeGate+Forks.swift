public import HiveCore

/// Proofs and branches go through the same gate as the logs that they are about.
extension ExchangeGate {
    /// A search for where the peer's history of a log parts from the one here; nil where nothing signed is here, or the
    /// peer may not have the log.
    public static func search(
        of log: LogID, for peer: NodeID, replica: inout Replica, fresh: Checkpoint?,
        in transaction: any StoreTransaction
    ) throws -> ForkSearch? {
        guard try mayExchange(log, with: peer, replica: &replica, in: transaction) else { return nil }
        return try Replica.history(of: log, endingWith: nil, fresh: fresh, replica: replica, in: transaction)
            .map(ForkSearch.init)
    }

    /// What a log is like here at a size; nil where the peer may not have it or nothing signed is here.
    public static func probe(
        of log: LogID, at size: UInt64, endingWith root: Digest?, for peer: NodeID, replica: inout Replica,
        fresh: Checkpoint?, in transaction: any StoreTransaction
    ) throws -> ForkProbe? {
        guard try mayExchange(log, with: peer, replica: &replica, in: transaction) else { return nil }
        return try Replica.probe(
            of: log, at: size, endingWith: root, fresh: fresh, replica: replica, in: transaction)
    }

    /// What lies behind the freeze of a log, as far as its author signed it.
    public static func branches(
        of log: LogID, for peer: NodeID, replica: inout Replica, in transaction: any StoreTransaction
    ) throws -> [LogRange] {
        guard try mayExchange(log, with: peer, replica: &replica, in: transaction) else { return [] }
        return try replica.branches(of: log, in: transaction).compactMap(\.range)
    }

    private static func mayExchange(
        _ log: LogID, with peer: NodeID, replica: inout Replica, in transaction: any StoreTransaction
    ) throws -> Bool {
        let row = try transaction.logs.row(log)
        guard
            let descriptor = try row?.descriptor ?? replica.branches(of: log, in: transaction).first?.descriptor,
            let founding = try replica.founding(of: descriptor.scope, in: transaction)
        else { return false }
        let authority = try replica.authority(of: founding.scope, in: transaction)
        return permits(peer, founding, descriptor.stream, own: replica.identity.node, authority: authority)
    }
}
