/// The content of an operation: who acted, and one change for each field that the header names.
public struct OperationBody: Sendable, Hashable {
    /// The agent that acted through the node, as it called itself; nil where the node acted by itself.
    public let agent: String?
    /// In the order of the header's fields.
    public let changes: [Change]

    /// A body with more bytes is malformed. Larger values lie in blobs.
    public static let limit = 1 << 20

    /// One change, with the path spelled where the field is the hash of one.
    public struct Change: Sendable, Hashable {
        public let field: FieldID
        public let path: String?
        public let change: FieldChange

        public init(field: FieldID, change: FieldChange) {
            self.field = field
            path = nil
            self.change = change
        }

        public init(path: String, change: FieldChange) {
            field = .path(path)
            self.path = path
            self.change = change
        }
    }

    /// Sorts the changes by field. No field may be changed twice.
    public init(agent: String?, changes: [Change]) {
        self.agent = agent
        self.changes = changes.sorted { $0.field < $1.field }
    }

    /// CBOR `[agent or null, [code, value, path or null, code, value, path or null, …]]`.
    public func encoded() -> [UInt8] {
        var encoder = CBOREncoder(reserving: 256)
        encoder.beginArray(count: 2)
        if let agent { encoder.encode(text: agent) } else { encoder.encodeNull() }
        encoder.beginArray(count: changes.count * 3)
        for change in changes {
            change.change.encode(into: &encoder)
            if let path = change.path { encoder.encode(text: path) } else { encoder.encodeNull() }
        }
        return encoder.bytes
    }

    /// Reads the body of an operation whose header names these fields.
    public init(decoding bytes: [UInt8], fields: [FieldID]) throws(CBORError) {
        guard bytes.count <= Self.limit else {
            throw CBORError(code: .unexpectedValue, offset: 0, message: "a body has at most \(Self.limit) bytes")
        }
        var decoder = CBORDecoder(bytes)
        try decoder.expectArray(count: 2)
        agent = try decoder.decodeNullIfPresent() ? nil : decoder.decodeText()
        try decoder.expectArray(count: fields.count * 3)
        var changes: [Change] = []
        for field in fields {
            let change = try FieldChange(from: &decoder)
            guard try !decoder.decodeNullIfPresent() else {
                changes.append(Change(field: field, change: change))
                continue
            }
            let spelled = Change(path: try decoder.decodeText(), change: change)
            guard spelled.field == field else {
                throw CBORError(code: .unexpectedValue, offset: 0, message: "a path does not match its field")
            }
            changes.append(spelled)
        }
        try decoder.finish()
        self.changes = changes
    }
}
