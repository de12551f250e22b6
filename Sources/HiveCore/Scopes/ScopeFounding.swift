/// What makes a scope the scope it is. Its hash is the scope's identity, and the first operation of the
/// founder's first law log carries it, so whoever receives a law log can check whose scope it is.
public struct ScopeFounding: Sendable, Hashable {
    public let hive: HiveID
    public let name: ScopeName
    public let founder: NodeID

    public init(hive: HiveID, name: ScopeName, founder: NodeID) {
        // An instance scope belongs to its node, not to a hive: it stays the same when the node joins another one.
        self.hive = name.kind == .instance ? HiveID(.zero) : hive
        self.name = name
        self.founder = founder
    }

    /// `SHA-256("hive/1/scope" ‖ 0 ‖ CBOR [hive, kind, name, founder])`.
    public var scope: ScopeID { ScopeID(.sha256(domain: "hive/1/scope", encoded())) }

    /// The CBOR array `[hive, kind, name, founder]`.
    public func encoded() -> [UInt8] {
        var encoder = CBOREncoder()
        encoder.beginArray(count: 4)
        encoder.encode(digest: hive.digest)
        encoder.encode(unsigned: UInt64(name.kind.rawValue))
        encoder.encode(text: name.name)
        encoder.encode(digest: founder.digest)
        return encoder.bytes
    }

    public init(decoding bytes: [UInt8]) throws(CBORError) {
        var decoder = CBORDecoder(bytes)
        try decoder.expectArray(count: 4)
        let hive = HiveID(try decoder.decodeDigest())
        let kind = try decoder.decodeUnsigned()
        let text = try decoder.decodeText()
        let founder = NodeID(try decoder.decodeDigest())
        try decoder.finish()
        guard let kind = UInt8(exactly: kind).flatMap(ScopeName.Kind.init(rawValue:)),
            let name = ScopeName(kind: kind, name: text)
        else { throw CBORError(code: .unexpectedValue, offset: 0, message: "`\(text)` is no scope name") }
        self.init(hive: hive, name: name, founder: founder)
    }
}
