public import HiveCore

/// What one node may exchange with one peer, and how much of it the node holds. Made in one place, from the law.
public struct ExchangeView: Sendable, Hashable {
    /// In order of scope, then stream.
    public let streams: [StreamView]

    public init(streams: [StreamView]) {
        self.streams = streams.sorted { ($0.scope, $0.stream) < ($1.scope, $1.stream) }
    }

    /// The hash over all streams that hold anything: equal on two nodes that have nothing to tell each other.
    public var digest: Digest {
        var encoder = CBOREncoder(reserving: 1024)
        for stream in streams where !stream.logs.isEmpty {
            encoder.encode(digest: stream.scope.digest)
            encoder.encode(unsigned: UInt64(stream.stream.rawValue))
            encoder.encode(digest: stream.digest)
        }
        return .sha256(domain: "hive/1/view", encoder.bytes)
    }

    public subscript(scope: ScopeID, stream: HiveCore.Stream) -> StreamView? {
        streams.first { $0.scope == scope && $0.stream == stream }
    }
}

/// One stream of one scope as a node holds it.
public struct StreamView: Sendable, Hashable {
    public let founding: ScopeFounding
    public let stream: HiveCore.Stream
    /// In order of their identities.
    public let logs: [LogHead]
    public let scope: ScopeID
    /// Where evidence ended logs. This node's own business: it is in no hash.
    public let frozen: [LogID: UInt64]
    /// Forked logs that this node is to issue anew, and wants to know all of.
    public let claims: [LogID]

    public init(
        founding: ScopeFounding, stream: HiveCore.Stream, logs: [LogHead], frozen: [LogID: UInt64] = [:],
        claims: [LogID] = []
    ) {
        self.founding = founding
        self.frozen = frozen
        self.claims = claims
        scope = founding.scope
        self.stream = stream
        self.logs = logs.sorted { $0.log < $1.log }
    }

    public var digest: Digest {
        var encoder = CBOREncoder(reserving: 80 * logs.count)
        for head in logs { head.encode(into: &encoder) }
        return .sha256(domain: "hive/1/stream", encoder.bytes)
    }
}

/// How far a log goes: its size and the root there.
public struct LogHead: Sendable, Hashable {
    public let log: LogID
    public let size: UInt64
    public let root: Digest

    public init(log: LogID, size: UInt64, root: Digest) {
        self.log = log
        self.size = size
        self.root = root
    }

    func encode(into encoder: inout CBOREncoder) {
        encoder.beginArray(count: 3)
        encoder.encode(digest: log.digest)
        encoder.encode(unsigned: size)
        encoder.encode(digest: root)
    }

    init(from decoder: inout CBORDecoder) throws(CBORError) {
        try decoder.expectArray(count: 3)
        log = LogID(try decoder.decodeDigest())
        size = try decoder.decodeUnsigned()
        root = try decoder.decodeDigest()
    }
}
