/// What one incarnation of one node writes in one stream of one scope. Its hash is the log's identity.
public struct LogDescriptor: Sendable, Hashable {
    /// The only format of operations so far.
    public static let currentFormat: UInt64 = 1

    public let format: UInt64
    public let scope: ScopeID
    public let stream: Stream
    /// 0 until scopes are partitioned.
    public let partition: UInt64
    /// The key that signs this log's checkpoints.
    public let author: PublicKey
    /// 16 random bytes, new whenever a node cannot prove that it holds all that it ever wrote.
    public let incarnation: Incarnation

    public init(scope: ScopeID, stream: Stream, author: PublicKey, incarnation: Incarnation, partition: UInt64 = 0) {
        self.format = Self.currentFormat
        self.scope = scope
        self.stream = stream
        self.partition = partition
        self.author = author
        self.incarnation = incarnation
    }

    /// `SHA-256("hive/1/log" ‖ 0 ‖ CBOR [format, scope, stream, partition, author, incarnation])`.
    public var id: LogID {
        var encoder = CBOREncoder()
        encode(into: &encoder)
        return LogID(.sha256(domain: "hive/1/log", encoder.bytes))
    }

    public func encode(into encoder: inout CBOREncoder) {
        encoder.beginArray(count: 6)
        encoder.encode(unsigned: format)
        encoder.encode(digest: scope.digest)
        encoder.encode(unsigned: UInt64(stream.rawValue))
        encoder.encode(unsigned: partition)
        encoder.encode(bytes: author.bytes)
        encoder.encode(bytes: incarnation.bytes)
    }

    public init(from decoder: inout CBORDecoder) throws(CBORError) {
        try decoder.expectArray(count: 6)
        format = try decoder.decodeUnsigned()
        scope = ScopeID(try decoder.decodeDigest())
        let stream = try decoder.decodeUnsigned()
        partition = try decoder.decodeUnsigned()
        let author = PublicKey(bytes: try decoder.decodeBytes())
        let incarnation = Incarnation(bytes: try decoder.decodeBytes())
        guard format == Self.currentFormat,
            let stream = UInt8(exactly: stream).flatMap(Stream.init(rawValue:)),
            let author, let incarnation
        else { throw CBORError(code: .unexpectedValue, offset: 0, message: "no log of a known format") }
        self.stream = stream
        self.author = author
        self.incarnation = incarnation
    }
}
