/// How far a log goes and what it holds up to there: its first `size` operations have this root.
public struct LogExtent: Sendable, Hashable {
    public let log: LogID
    public let size: UInt64
    public let root: Digest

    public init(log: LogID, size: UInt64, root: Digest) {
        self.log = log
        self.size = size
        self.root = root
    }
}

extension [LogExtent] {
    /// CBOR: a flat array `[log, size, root, log, size, root, …]` in order of the logs, each once.
    func encode(into encoder: inout CBOREncoder) {
        encoder.beginArray(count: count * 3)
        for extent in self {
            encoder.encode(digest: extent.log.digest)
            encoder.encode(unsigned: extent.size)
            encoder.encode(digest: extent.root)
        }
    }

    init(from decoder: inout CBORDecoder) throws(CBORError) {
        let count = try decoder.beginArray()
        guard count.isMultiple(of: 3) else { throw .unexpected("extents of logs come in threes") }
        self = []
        for _ in 0..<(count / 3) {
            let log = LogID(try decoder.decodeDigest())
            let size = try decoder.decodeUnsigned()
            let extent = LogExtent(log: log, size: size, root: try decoder.decodeDigest())
            if let last, last.log >= log { throw .unexpected("extents list their logs in order, each once") }
            guard size > 0 else { throw .unexpected("an extent holds at least one operation") }
            append(extent)
        }
    }
}
