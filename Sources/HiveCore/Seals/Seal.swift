/// A steward's statement of finality: what these logs hold up to these sizes counts as the law named here says, for ever.
///
/// It does so once every member that this law waits for has acknowledged both what is sealed and the seal itself; see
/// `Finality`. What is sealed may be pruned where it was replaced.
public struct Seal: Sendable, Hashable {
    /// The law by which the seal judges: all law that its author knew. Above all it holds the revocations that were made
    /// before.
    public let law: VersionVector
    /// What is sealed, by stream.
    public let streams: [Stream: [LogExtent]]
    /// `Standing.digest` of what is sealed: who stands, on every document, by the author's reckoning.
    public let standing: Digest
    /// Unix milliseconds: nothing that is sealed bears a later stamp.
    public let time: Int64

    public init(law: VersionVector, streams: [Stream: [LogExtent]], standing: Digest, time: Int64) {
        self.law = law
        self.streams = streams.mapValues { $0.sorted { $0.log < $1.log } }.filter { !$0.value.isEmpty }
        self.standing = standing
        self.time = time
    }

    /// What is sealed, sizes only.
    public var horizon: VersionVector {
        VersionVector(streams.values.joined().map { Dot(log: $0.log, number: $0.size) })
    }

    /// A seal is a document of its own; the same one made twice is one.
    public var document: DocumentID {
        DocumentID.derived(kind: DocumentKind.seal.rawValue, key: encoded(), generation: 0)
    }

    /// The statement as it stands in the law.
    public var value: CBORValue { .bytes(encoded()) }

    /// CBOR `[time, standing, [log, number, …], [stream, [log, size, root, …], …]]`.
    public func encoded() -> [UInt8] {
        var encoder = CBOREncoder()
        encoder.beginArray(count: 4)
        encoder.encode(integer: time)
        encoder.encode(digest: standing)
        law.encode(into: &encoder)
        encoder.beginArray(count: streams.count * 2)
        for (stream, extents) in streams.sorted(by: { $0.key < $1.key }) {
            encoder.encode(unsigned: UInt64(stream.rawValue))
            extents.encode(into: &encoder)
        }
        return encoder.bytes
    }

    /// Nil for a value that is no such statement.
    public init?(_ value: CBORValue) {
        guard case .bytes(let bytes) = value else { return nil }
        do { try self.init(decoding: bytes) } catch { return nil }
    }

    private init(decoding bytes: [UInt8]) throws(CBORError) {
        var decoder = CBORDecoder(bytes)
        try decoder.expectArray(count: 4)
        time = try decoder.decodeInteger()
        standing = try decoder.decodeDigest()
        law = try VersionVector(from: &decoder)
        let count = try decoder.beginArray()
        guard count.isMultiple(of: 2) else { throw .unexpected("a seal lists streams and what is sealed of them") }
        var streams: [Stream: [LogExtent]] = [:]
        var last: Stream?
        for _ in 0..<(count / 2) {
            let number = try decoder.decodeUnsigned()
            guard let stream = UInt8(exactly: number).flatMap(Stream.init(rawValue:)), last.map({ $0 < stream }) ?? true
            else { throw .unexpected("a seal lists its streams in order, each once") }
            let extents = try [LogExtent](from: &decoder)
            guard !extents.isEmpty else { throw .unexpected("a seal names no stream of which it seals nothing") }
            streams[stream] = extents
            last = stream
        }
        self.streams = streams
        try decoder.finish()
    }
}
