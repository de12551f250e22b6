/// A statement about what a node may do in a scope; it grants, narrows or revokes.
public struct Grant: Sendable, Hashable {
    public let node: NodeID
    /// Nil revokes.
    public let role: Role?
    /// Per log of the node, the last number that is honoured. Where there is a list, a node that may not write
    /// has its unnamed logs void; nil puts no limit.
    public let limits: VersionVector?
    /// What the node calls itself, for people.
    public let name: String

    public init(node: NodeID, role: Role?, limits: VersionVector? = nil, name: String = "") {
        self.node = node
        self.role = role
        self.limits = limits
        self.name = name
    }

    /// The document that all statements about a node in a scope are made on.
    public static func document(for node: NodeID) -> DocumentID {
        DocumentID.derived(kind: DocumentKind.grant.rawValue, key: node.digest.bytes, generation: 0)
    }

    /// CBOR `[node, role or 0, limits or null, name]`.
    public var value: CBORValue {
        var encoder = CBOREncoder()
        encoder.beginArray(count: 4)
        encoder.encode(digest: node.digest)
        encoder.encode(unsigned: UInt64(role?.rawValue ?? 0))
        if let limits { limits.encode(into: &encoder) } else { encoder.encodeNull() }
        encoder.encode(text: name)
        return .bytes(encoder.bytes)
    }

    /// Nil for a value that is no such statement.
    public init?(_ value: CBORValue) {
        guard case .bytes(let bytes) = value else { return nil }
        do {
            var decoder = CBORDecoder(bytes)
            try decoder.expectArray(count: 4)
            node = NodeID(try decoder.decodeDigest())
            let code = try decoder.decodeUnsigned()
            guard code <= 4 else { return nil }
            role = Role(rawValue: UInt8(code))
            limits = try decoder.decodeNullIfPresent() ? nil : VersionVector(from: &decoder)
            name = try decoder.decodeText()
            try decoder.finish()
        } catch { return nil }
    }
}
