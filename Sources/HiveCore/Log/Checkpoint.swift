/// An author's signature under the state of a log: it holds `size` operations whose tree has this root.
public struct Checkpoint: Sendable, Hashable {
    public let log: LogID
    public let size: UInt64
    public let root: Digest
    public let signature: Signature

    public init(log: LogID, size: UInt64, root: Digest, signature: Signature) {
        self.log = log
        self.size = size
        self.root = root
        self.signature = signature
    }

    /// Signs the state of a log.
    public init(log: LogID, size: UInt64, root: Digest, signer: any Signing) throws {
        let signature = try signer.sign(Self.message(log: log, size: size, root: root))
        self.init(log: log, size: size, root: root, signature: signature)
    }

    /// What is signed: `"hive/1/checkpoint" ‖ 0 ‖ CBOR [log, size, root]`.
    public static func message(log: LogID, size: UInt64, root: Digest) -> [UInt8] {
        var encoder = CBOREncoder()
        encoder.beginArray(count: 3)
        encoder.encode(digest: log.digest)
        encoder.encode(unsigned: size)
        encoder.encode(digest: root)
        return Array("hive/1/checkpoint".utf8) + [0] + encoder.bytes
    }

    public func isValid(author: PublicKey, verifier: any Verifying) -> Bool {
        verifier.isValid(signature, of: Self.message(log: log, size: size, root: root), by: author)
    }

    public func encode(into encoder: inout CBOREncoder) {
        encoder.beginArray(count: 4)
        encoder.encode(digest: log.digest)
        encoder.encode(unsigned: size)
        encoder.encode(digest: root)
        encoder.encode(bytes: signature.bytes)
    }

    public init(from decoder: inout CBORDecoder) throws(CBORError) {
        try decoder.expectArray(count: 4)
        log = LogID(try decoder.decodeDigest())
        size = try decoder.decodeUnsigned()
        root = try decoder.decodeDigest()
        guard let signature = Signature(bytes: try decoder.decodeBytes()) else {
            throw CBORError(code: .unexpectedValue, offset: 0, message: "a signature has 64 bytes")
        }
        self.signature = signature
    }
}
