/// The set of operations that a state has seen: per log, every operation up to a number.
/// Kept sorted by log, so that equal vectors have equal bytes.
public struct VersionVector: Sendable, Hashable {
    public private(set) var entries: [Dot]

    public init() { entries = [] }

    /// Later entries for the same log win only where they are greater.
    public init(_ dots: some Sequence<Dot>) {
        entries = []
        for dot in dots { include(dot) }
    }

    public var isEmpty: Bool { entries.isEmpty }

    /// The highest number seen of a log; 0 where none was.
    public subscript(log: LogID) -> UInt64 {
        let index = position(of: log)
        return index < entries.count && entries[index].log == log ? entries[index].number : 0
    }

    public func contains(_ dot: Dot) -> Bool { self[dot.log] >= dot.number }

    /// Whether everything that the other one has seen was seen here too.
    public func covers(_ other: VersionVector) -> Bool { other.entries.allSatisfy(contains) }

    /// Adds the operation and all before it in its log.
    public mutating func include(_ dot: Dot) {
        let index = position(of: dot.log)
        if index < entries.count, entries[index].log == dot.log {
            if entries[index].number < dot.number { entries[index] = dot }
        } else {
            entries.insert(dot, at: index)
        }
    }

    /// The union of both.
    public mutating func merge(_ other: VersionVector) {
        for dot in other.entries { include(dot) }
    }

    private func position(of log: LogID) -> Int {
        var low = 0
        var high = entries.count
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].log < log { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

extension VersionVector {
    /// CBOR: a flat array `[log, number, log, number, …]` in order of the logs.
    public func encode(into encoder: inout CBOREncoder) {
        encoder.beginArray(count: entries.count * 2)
        for dot in entries {
            encoder.encode(digest: dot.log.digest)
            encoder.encode(unsigned: dot.number)
        }
    }

    public init(from decoder: inout CBORDecoder) throws(CBORError) {
        let count = try decoder.beginArray()
        guard count.isMultiple(of: 2) else {
            throw CBORError(code: .unexpectedValue, offset: 0, message: "a version needs pairs of log and number")
        }
        self.init()
        for _ in 0..<(count / 2) {
            let log = LogID(try decoder.decodeDigest())
            let dot = Dot(log: log, number: try decoder.decodeUnsigned())
            if let last = entries.last, last.log >= dot.log {
                throw CBORError(
                    code: .unexpectedValue, offset: decoder.offset,
                    message: "a version lists its logs in order, each once")
            }
            include(dot)
        }
    }

    /// The opaque token that users see as `version`; empty for nothing seen.
    public var token: String {
        var encoder = CBOREncoder()
        encode(into: &encoder)
        return Base64URL.encode(encoder.bytes)
    }

    /// Nil for a text that is no such token.
    public init?(token: String) {
        guard let bytes = Base64URL.decode(token) else { return nil }
        var decoder = CBORDecoder(bytes)
        do {
            try self.init(from: &decoder)
            try decoder.finish()
        } catch { return nil }
    }
}
