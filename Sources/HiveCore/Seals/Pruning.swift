/// What of a scope's documents may lack its body: what was replaced below a seal that counts.
struct Pruning {
    let transaction: any StoreTransaction
    let authority: Authority
    private let descriptors: [LogID: LogDescriptor]

    init(of scope: ScopeID, under authority: Authority, in transaction: any StoreTransaction) throws {
        self.transaction = transaction
        self.authority = authority
        descriptors = Dictionary(
            uniqueKeysWithValues: try transaction.logs.rows(.scope(scope)).map { ($0.id, $0.descriptor) })
    }

    /// The dots of a document whose bodies nobody needs any more, by the seals that `isOldEnough`.
    func replaced(
        _ operations: [Operation], under isOldEnough: (Horizon) -> Bool = { _ in true }
    ) -> Set<Dot> {
        authority.horizons.filter(isOldEnough).reduce(into: []) { dots, horizon in
            let sealed = operations.map(\.header).filter { header in
                guard let descriptor = descriptors[header.dot.log], horizon.sealed.contains(header.dot),
                    header.kind.stream == descriptor.stream
                else { return false }
                return Authority.honours(
                    horizon.members[descriptor.author.nodeID], dot: header.dot, stream: descriptor.stream)
            }
            dots.formUnion(Standing.replaced(among: sealed))
        }
    }

    func operations(on document: DocumentID) throws -> [Operation] {
        try transaction.logs.operations(
            .document(DocumentAddress(scope: authority.founding.scope, document: document)))
    }
}

extension Replica {
    /// Drops the bodies of what was replaced below a seal, with the blobs that only they refer to. The merged documents stay
    /// as they are, byte for byte. Law is never touched.
    ///
    /// - Parameters:
    ///   - documents: where to look; nil for all documents of these kinds.
    ///   - cutoffs: by kind, the stamp in Unix milliseconds up to which replaced values go; kinds without one keep all.
    ///   - hold: seconds for which a seal's operations must lie back by this node's clock.
    public mutating func prune(
        _ documents: [DocumentID]? = nil, in scope: ScopeID, cutoffs: [DocumentKind: Int64],
        hold: Int64 = Replica.sealHold, now: Timestamp, transaction: any StoreTransaction
    ) throws -> PruneReceipt {
        let pruning = try Pruning(of: scope, under: try authority(of: scope, in: transaction), in: transaction)
        var receipt = PruneReceipt()
        guard !pruning.authority.horizons.isEmpty else { return receipt }
        let all = try documents ?? Self.documents(of: cutoffs.keys.sorted(), in: scope, transaction: transaction)
        for document in all {
            let operations = try pruning.operations(on: document)
            let replaced = pruning.replaced(operations) { $0.seal.time <= now.milliseconds - hold * 1000 }
            let gone = operations.filter { operation in
                guard let cutoff = cutoffs[operation.header.kind], operation.body != nil, !operation.isMalformed else {
                    return false
                }
                return replaced.contains(operation.dot)
                    && Int64(clamping: operation.header.stamp.milliseconds) <= cutoff
            }
            guard !gone.isEmpty else { continue }
            for operation in gone {
                receipt.bytes += (operation.body?.bytes.count ?? 0) + SaltedBody.saltLength
                try dropBlobs(of: operation, in: transaction)
            }
            try transaction.logs.dropBodies(of: gone.map(\.dot))
            receipt.dropped += gone.count
        }
        return receipt
    }

    /// The documents of these kinds in a scope.
    public static func documents(
        of kinds: [DocumentKind], in scope: ScopeID, transaction: any StoreTransaction
    ) throws -> [DocumentID] {
        try kinds.flatMap { try transaction.documents.list(.kind($0, scope: scope)).map(\.address.document) }
    }

    /// Forgets the blobs that an operation brought; their hashes are salted, so no other one refers to them.
    func dropBlobs(of operation: Operation, in transaction: any StoreTransaction) throws {
        for change in operation.decodedBody?.changes ?? [] {
            guard case .setBlob(let reference) = change.change else { continue }
            try transaction.local.set(nil, for: reference.hash.bytes, in: LocalNamespace.blobs)
            try transaction.local.set(nil, for: reference.hash.bytes, in: LocalNamespace.wantedBlobs)
        }
    }
}

/// What pruning dropped.
public struct PruneReceipt: Sendable, Hashable {
    /// How many operations lost their bodies.
    public var dropped = 0
    /// How many bytes of bodies went.
    public var bytes = 0
}
