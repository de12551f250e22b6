/// What a node says of the present, and what need not last: presence, heartbeats, load, progress.
///
/// It is signed by its node, read only where its scope may be read, replaced by the next one under the same key, and gone when
/// its time is over. It is in no log and on no disk.
public struct SoftState: Sendable, Hashable {
    public let author: PublicKey
    /// What it is about, as `agent/ava`: one node has one state under a key.
    public let key: String
    public let scope: ScopeID
    /// Empty where the node takes back what it said under the key.
    public let payload: [UInt8]
    /// The author's time; of two states under one key the later counts.
    public let stamp: Stamp
    /// Milliseconds from when it is heard until it is gone.
    public let lifetime: UInt64
    public let signature: Signature

    public static let maximumPayload = 4096
    /// Bytes of a key.
    public static let maximumKey = 160
    /// Milliseconds.
    public static let lifetimes: ClosedRange<UInt64> = 1000...3_600_000

    public init(
        author: PublicKey, key: String, scope: ScopeID, payload: [UInt8], stamp: Stamp, lifetime: UInt64,
        signature: Signature
    ) {
        self.author = author
        self.key = key
        self.scope = scope
        self.payload = payload
        self.stamp = stamp
        self.lifetime = lifetime
        self.signature = signature
    }

    public var node: NodeID { author.nodeID }
    public var slot: SoftKey { SoftKey(node: node, key: key) }

    /// Whether it stays within what anybody keeps.
    public var isWithinLimits: Bool {
        payload.count <= Self.maximumPayload && (1...Self.maximumKey).contains(key.utf8.count)
            && Self.lifetimes.contains(lifetime)
    }

    /// Whether this one replaces another under the same key: the later one does, of equal ones that with the greater hash, so
    /// that all nodes show the same.
    public func replaces(_ other: SoftState) -> Bool {
        guard stamp == other.stamp else { return stamp > other.stamp }
        return self != other && digest > other.digest
    }

    private var digest: Digest { .sha256(message) }
}

/// Under what a node keeps a state: whose it is, and what about.
public struct SoftKey: Sendable, Hashable, Comparable {
    public let node: NodeID
    public let key: String

    public init(node: NodeID, key: String) {
        self.node = node
        self.key = key
    }

    public static func < (left: SoftKey, right: SoftKey) -> Bool {
        left.node == right.node ? left.key.utf8.lexicographicallyPrecedes(right.key.utf8) : left.node < right.node
    }
}

extension SoftState {
    /// What is signed: `"hive/1/soft" ‖ 0 ‖ CBOR [author, key, scope, payload, stamp, lifetime]`.
    public var message: [UInt8] {
        var encoder = CBOREncoder(reserving: 160 + payload.count)
        encoder.beginArray(count: 6)
        encodeContent(into: &encoder)
        return Array("hive/1/soft".utf8) + [0] + encoder.bytes
    }

    /// Signs what a node says.
    public init(
        author: PublicKey, key: String, scope: ScopeID, payload: [UInt8], stamp: Stamp, lifetime: UInt64,
        signer: any Signing
    ) throws {
        guard let blank = Signature(bytes: [UInt8](repeating: 0, count: Signature.length)) else {
            preconditionFailure("as many bytes as a signature has are one")
        }
        let unsigned = SoftState(
            author: author, key: key, scope: scope, payload: payload, stamp: stamp, lifetime: lifetime,
            signature: blank)
        self.init(
            author: author, key: key, scope: scope, payload: payload, stamp: stamp, lifetime: lifetime,
            signature: try signer.sign(unsigned.message))
    }

    public func isSigned(verifier: any Verifying) -> Bool {
        verifier.isValid(signature, of: message, by: author)
    }

    /// The CBOR array `[author, key, scope, payload, stamp, lifetime, signature]`.
    public func encode(into encoder: inout CBOREncoder) {
        encoder.beginArray(count: 7)
        encodeContent(into: &encoder)
        encoder.encode(bytes: signature.bytes)
    }

    private func encodeContent(into encoder: inout CBOREncoder) {
        encoder.encode(bytes: author.bytes)
        encoder.encode(text: key)
        encoder.encode(digest: scope.digest)
        encoder.encode(bytes: payload)
        encoder.encode(unsigned: stamp.value)
        encoder.encode(unsigned: lifetime)
    }

    /// Throws for what is no state, and for one beyond the limits.
    public init(from decoder: inout CBORDecoder) throws(CBORError) {
        try decoder.expectArray(count: 7)
        let start = decoder.offset
        let author = PublicKey(bytes: try decoder.decodeBytes())
        let key = try decoder.decodeText()
        let scope = ScopeID(try decoder.decodeDigest())
        let payload = try decoder.decodeBytes()
        let stamp = Stamp(value: try decoder.decodeUnsigned())
        let lifetime = try decoder.decodeUnsigned()
        guard let author, let signature = Signature(bytes: try decoder.decodeBytes()) else {
            throw CBORError(
                code: .unexpectedValue, offset: start, message: "a key has 32 bytes and a signature has 64")
        }
        self.init(
            author: author, key: key, scope: scope, payload: payload, stamp: stamp, lifetime: lifetime,
            signature: signature)
        guard isWithinLimits else {
            throw CBORError(code: .unexpectedValue, offset: start, message: "a soft state is beyond its limits")
        }
    }
}
