/// What was written to a log behind the size at which evidence ended it: kept, shown nowhere, and issued anew by its
/// author or a steward.
public struct LogBranch: Sendable, Hashable {
    public let descriptor: LogDescriptor
    /// The number of the first operation.
    public let first: UInt64
    public var entries: [LogRange.Entry]
    /// The author's signature under the end of it; nil for an end that nobody but its author ever had.
    public let checkpoint: Checkpoint?

    public init(descriptor: LogDescriptor, first: UInt64, entries: [LogRange.Entry], checkpoint: Checkpoint?) {
        self.descriptor = descriptor
        self.first = first
        self.entries = entries
        self.checkpoint = checkpoint
    }

    /// The number of the last operation.
    public var last: UInt64 { first + UInt64(entries.count) - 1 }

    public var leaves: [Digest] { entries.map { Operation.leaf(of: $0.header) } }

    /// What a peer gets of it; nil where nothing proves the end.
    public var range: LogRange? {
        guard let checkpoint, !entries.isEmpty else { return nil }
        return LogRange(descriptor: descriptor, first: first, entries: entries, checkpoint: checkpoint)
    }

    /// Whether the other is the beginning of this one, or all of it.
    func extends(_ other: LogBranch) -> Bool {
        guard first == other.first, entries.count >= other.entries.count else { return false }
        return zip(entries, other.entries).allSatisfy { $0.header == $1.header }
    }
}

// MARK: - Bytes, for this node's own store

extension LogBranch {
    /// CBOR `[descriptor, first, [[header] or [header, salt, body], …], checkpoint or null]`.
    func encoded() -> [UInt8] {
        var encoder = CBOREncoder(reserving: 1024)
        encoder.beginArray(count: 4)
        descriptor.encode(into: &encoder)
        encoder.encode(unsigned: first)
        encoder.beginArray(count: entries.count)
        for entry in entries {
            encoder.beginArray(count: entry.body == nil ? 1 : 3)
            encoder.encode(bytes: entry.header)
            guard let body = entry.body else { continue }
            encoder.encode(bytes: body.salt)
            encoder.encode(bytes: body.bytes)
        }
        if let checkpoint { checkpoint.encode(into: &encoder) } else { encoder.encodeNull() }
        return encoder.bytes
    }

    init(decoding bytes: [UInt8]) throws(CBORError) {
        var decoder = CBORDecoder(bytes)
        try decoder.expectArray(count: 4)
        descriptor = try LogDescriptor(from: &decoder)
        first = try decoder.decodeUnsigned()
        entries = try decoder.decodeArray { decoder throws(CBORError) in
            let parts = try decoder.beginArray()
            let header = try decoder.decodeBytes()
            guard parts == 3 else { return LogRange.Entry(header: header, body: nil) }
            let salt = try decoder.decodeBytes()
            return LogRange.Entry(header: header, body: SaltedBody(salt: salt, bytes: try decoder.decodeBytes()))
        }
        checkpoint = try decoder.decodeNullIfPresent() ? nil : Checkpoint(from: &decoder)
        try decoder.finish()
    }
}
