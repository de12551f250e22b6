import Crypto

/// A 256-bit key that seals values by AES-256-GCM (NIST SP 800-38D), each under a fresh nonce and bound to its place.
public struct SealingKey: Sendable {
    /// How many bytes a key has.
    public static let length = 32
    /// What a sealed value has more than a plain one: a nonce of 12 bytes before it and a tag of 16 behind.
    public static let overhead = nonceLength + 16
    private static let nonceLength = 12

    private let key: SymmetricKey
    private let lookupKey: SymmetricKey

    /// Nil unless there are exactly 32 bytes.
    public init?(bytes: [UInt8]) {
        guard bytes.count == Self.length else { return nil }
        key = SymmetricKey(data: bytes)
        lookupKey = SymmetricKey(data: Digest.sha256(domain: "hive/1/lookup-key", bytes).bytes)
    }

    public init(using random: inout some RandomNumberGenerator) {
        let bytes = Incarnation(using: &random).bytes + Incarnation(using: &random).bytes
        guard let key = SealingKey(bytes: bytes) else { preconditionFailure("two incarnations have 32 bytes") }
        self = key
    }

    /// The 32 bytes; keep them secret.
    public var bytes: [UInt8] { key.withUnsafeBytes { [UInt8]($0) } }

    /// Tells keys apart and says nothing about them: 16 hexadecimal digits of a hash of the key.
    public var fingerprint: String {
        String(Digest.sha256(domain: "hive/1/key-fingerprint", bytes).hex.prefix(16))
    }

    /// Nonce, ciphertext and tag. What was sealed at one place (any bytes that name it) opens nowhere else.
    public func seal(
        _ bytes: [UInt8], at place: [UInt8], using random: inout some RandomNumberGenerator
    ) throws -> [UInt8] {
        let nonce = Incarnation(using: &random).bytes.prefix(Self.nonceLength)
        let box = try AES.GCM.seal(bytes, using: key, nonce: AES.GCM.Nonce(data: nonce), authenticating: place)
        guard let sealed = box.combined else { preconditionFailure("a nonce of 12 bytes goes before the ciphertext") }
        return [UInt8](sealed)
    }

    /// What was sealed; nil where that was under another key, at another place, or not quite these bytes.
    public func open(_ sealed: ArraySlice<UInt8>, at place: [UInt8]) -> [UInt8]? {
        guard sealed.count >= Self.overhead else { return nil }
        do {
            return [UInt8](
                try AES.GCM.open(AES.GCM.SealedBox(combined: sealed), using: key, authenticating: place))
        } catch { return nil }
    }

    /// A name that finds the same thing again and that nobody without the key can guess: HMAC-SHA-256.
    public func lookup(_ bytes: [UInt8]) -> Digest {
        HMAC<SHA256>.authenticationCode(for: bytes, using: lookupKey).withUnsafeBytes { Digest(raw: $0) }
    }
}
