public import HiveCore

/// Blobs follow the operations that refer to them, through the same gate.
extension ExchangeGate {
    /// The bytes of a blob for a peer; nil where they are not here or the peer may not have them.
    public static func blob(
        _ address: SyncMessage.BlobAddress, for peer: NodeID, replica: inout Replica,
        in transaction: any StoreTransaction
    ) throws -> [UInt8]? {
        guard try mayExchangeBlobs(of: address.document.scope, with: peer, replica: &replica, in: transaction),
            try replica.isBlob(address.hash, of: address.document, in: transaction)
        else { return nil }
        return try replica.blob(address.hash, in: transaction)
    }

    /// Some of the blobs that are missing here and that a peer may have; `next` is where the following page begins,
    /// nil after the last.
    public static func missingBlobs(
        after cursor: Digest?, limit: Int, from peer: NodeID, replica: inout Replica,
        in transaction: any StoreTransaction
    ) throws -> (page: [SyncMessage.BlobAddress], next: Digest?) {
        let missing = try replica.missingBlobs(after: cursor, limit: limit, in: transaction)
        let page = try missing.filter {
            try mayExchangeBlobs(of: $0.document.scope, with: peer, replica: &replica, in: transaction)
        }
        let next = missing.count < limit ? nil : missing.last?.hash
        return (page.map { SyncMessage.BlobAddress(hash: $0.hash, document: $0.document) }, next)
    }

    private static func mayExchangeBlobs(
        of scope: ScopeID, with peer: NodeID, replica: inout Replica, in transaction: any StoreTransaction
    ) throws -> Bool {
        guard let founding = try replica.founding(of: scope, in: transaction) else { return false }
        let authority = try replica.authority(of: scope, in: transaction)
        return permits(peer, founding, .knowledge, own: replica.identity.node, authority: authority)
    }
}
