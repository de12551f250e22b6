/// Operations of one log in order, up to a checkpoint that proves them. What replicas exchange.
public struct LogRange: Sendable, Hashable {
    public let descriptor: LogDescriptor
    /// The number of the first operation.
    public let first: UInt64
    public let entries: [Entry]
    public let checkpoint: Checkpoint

    /// An operation's bytes as its author made them; the body is missing once it was erased.
    public struct Entry: Sendable, Hashable {
        public let header: [UInt8]
        public let body: SaltedBody?

        public init(header: [UInt8], body: SaltedBody?) {
            self.header = header
            self.body = body
        }

        public init(_ operation: Operation) {
            self.init(header: operation.headerBytes, body: operation.body)
        }
    }

    public init(descriptor: LogDescriptor, first: UInt64, entries: [Entry], checkpoint: Checkpoint) {
        self.descriptor = descriptor
        self.first = first
        self.entries = entries
        self.checkpoint = checkpoint
    }

    /// The number of the last operation.
    public var last: UInt64 { first + UInt64(entries.count) - 1 }
    /// Bytes of its headers and bodies.
    public var byteCount: Int {
        entries.reduce(0) { $0 + $1.header.count + ($1.body.map { $0.bytes.count + $0.salt.count } ?? 0) }
    }
}
