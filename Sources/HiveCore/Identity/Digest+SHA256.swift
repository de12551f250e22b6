import Crypto

extension Digest {
    public static func sha256(_ bytes: [UInt8]) -> Digest { bytes.withUnsafeBytes(sha256) }

    static func sha256(_ raw: UnsafeRawBufferPointer) -> Digest {
        var state = SHA256()
        state.update(bufferPointer: raw)
        return state.finalize().withUnsafeBytes(Digest.init(raw:))
    }

    /// `SHA-256(domain ‖ 0 ‖ parts…)`: hashes made for one purpose never stand for another.
    public static func sha256(domain: String, _ parts: [UInt8]...) -> Digest {
        var hasher = Hasher(domain: domain)
        for part in parts { hasher.update(part) }
        return hasher.finalize()
    }

    /// SHA-256 in pieces.
    public struct Hasher {
        private var state = SHA256()

        public init() {}

        /// Begins with `domain ‖ 0`.
        public init(domain: String) {
            var domain = domain
            domain.withUTF8 { state.update(bufferPointer: UnsafeRawBufferPointer($0)) }
            withUnsafeBytes(of: UInt8(0)) { state.update(bufferPointer: $0) }
        }

        public mutating func update(_ bytes: [UInt8]) {
            bytes.withUnsafeBytes { state.update(bufferPointer: $0) }
        }

        public mutating func update(_ bytes: ArraySlice<UInt8>) {
            bytes.withUnsafeBytes { state.update(bufferPointer: $0) }
        }

        public mutating func update(_ digest: Digest) {
            digest.withBytes { state.update(bufferPointer: $0) }
        }

        /// The hash of everything so far; more may follow.
        public func finalize() -> Digest { state.finalize().withUnsafeBytes(Digest.init(raw:)) }
    }
}
