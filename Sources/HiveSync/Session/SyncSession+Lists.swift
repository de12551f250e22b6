import HiveCore

/// Naming logs: all of a small stream, only those in differing buckets of a large one.
extension SyncSession {
    /// How many streams of many logs are compared in buckets before the peer has said that they differ: this saves a
    /// round trip and costs little.
    private static let eagerBuckets = 2

    /// The hashes of the buckets of large streams, right behind those of all streams.
    mutating func offerBuckets(of view: ExchangeView) -> [SyncDirective] {
        let large = view.streams.filter { $0.logs.count > settings.bucketsFrom }
        guard version ?? 0 >= 1 else { return [] }
        return large.sorted { $0.stream < $1.stream }.prefix(Self.eagerBuckets).map { compareInBuckets($0) }
    }

    /// Answers to a stream whose hash is another one at the peer.
    mutating func tell(
        _ own: StreamView?, of scope: ScopeID, _ stream: HiveCore.Stream
    ) -> [SyncDirective] {
        guard let own, own.logs.count > settings.bucketsFrom, version ?? 0 >= 1 else {
            told.insert(StreamKey(scope: scope, stream: stream))
            return [.send(.logs(scope, stream, own?.logs ?? []))]
        }
        guard !compared.contains(StreamKey(scope: scope, stream: stream)) else { return [] }
        return [compareInBuckets(own)]
    }

    private mutating func compareInBuckets(_ own: StreamView) -> SyncDirective {
        compared.insert(StreamKey(scope: own.scope, stream: own.stream))
        return .send(.buckets(own.scope, own.stream, own.bucketHashes(own.bucketCount)))
    }

    /// All logs of a stream, in pages where there are many.
    mutating func list(_ own: StreamView) -> [SyncDirective] {
        told.insert(StreamKey(scope: own.scope, stream: own.stream))
        guard own.logs.count > settings.page, version ?? 0 >= 1 else {
            return [.send(.logs(own.scope, own.stream, own.logs))]
        }
        return pages(of: own.logs, own.scope, own.stream)
    }

    /// Names the logs of the buckets that differ.
    mutating func receive(
        buckets hashes: [UInt8], of scope: ScopeID, _ stream: HiveCore.Stream
    ) -> [SyncDirective] {
        // Few logs were named all at once already.
        guard let own = view?[scope, stream], own.logs.count > settings.bucketsFrom else { return [] }
        let buckets = own.heads(inBucketsOf: hashes.count / StreamView.bucketHashLength)
        return pages(of: own.differingBuckets(from: hashes).flatMap { buckets[$0] }, scope, stream)
    }

    private func pages(
        of heads: [LogHead], _ scope: ScopeID, _ stream: HiveCore.Stream
    ) -> [SyncDirective] {
        stride(from: 0, to: heads.count, by: settings.page).map { start in
            .send(.bucketLogs(scope, stream, Array(heads[start..<min(start + settings.page, heads.count)])))
        }
    }
}
