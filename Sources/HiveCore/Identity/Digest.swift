import Crypto

/// A SHA-256 hash: 32 bytes, held as four words so that comparing and hashing touch no heap.
public struct Digest: Hashable, Sendable, Comparable, CustomStringConvertible {
    private let words: (UInt64, UInt64, UInt64, UInt64)

    public static let zero = Digest(words: (0, 0, 0, 0))
    public static let length = 32

    private init(words: (UInt64, UInt64, UInt64, UInt64)) { self.words = words }

    /// Nil unless there are exactly 32 bytes.
    public init?(bytes: some Collection<UInt8>) {
        guard bytes.count == Self.length else { return nil }
        self.init(taking: bytes)
    }

    fileprivate init(taking bytes: some Sequence<UInt8>) {
        var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
        var index = 0
        for byte in bytes {
            switch index >> 3 {
            case 0: words.0 = words.0 << 8 | UInt64(byte)
            case 1: words.1 = words.1 << 8 | UInt64(byte)
            case 2: words.2 = words.2 << 8 | UInt64(byte)
            default: words.3 = words.3 << 8 | UInt64(byte)
            }
            index += 1
        }
        self.words = words
    }

    /// Nil for anything but 64 hexadecimal digits.
    public init?(hex: String) {
        guard let bytes = Hex.decode(hex) else { return nil }
        self.init(bytes: bytes)
    }

    public var bytes: [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(Self.length)
        append(to: &output)
        return output
    }

    public var hex: String { Hex.encode(bytes) }
    public var description: String { hex }

    /// Adds the 32 bytes to a buffer.
    public func append(to output: inout [UInt8]) {
        for word in [words.0, words.1, words.2, words.3] {
            for shift in stride(from: 56, through: 0, by: -8) {
                output.append(UInt8(truncatingIfNeeded: word >> UInt64(shift)))
            }
        }
    }

    public static func == (left: Digest, right: Digest) -> Bool { left.words == right.words }
    public static func < (left: Digest, right: Digest) -> Bool { left.words < right.words }

    public func hash(into hasher: inout Swift.Hasher) {
        hasher.combine(words.0)
        hasher.combine(words.1)
    }

    public static func sha256(_ bytes: [UInt8]) -> Digest {
        Digest(taking: SHA256.hash(data: bytes))
    }

    /// `SHA-256(domain ‖ 0 ‖ parts…)`: hashes made for one purpose never stand for another.
    public static func sha256(domain: String, _ parts: [UInt8]...) -> Digest {
        var hasher = Hasher()
        hasher.update(Array(domain.utf8))
        hasher.update([0])
        for part in parts { hasher.update(part) }
        return hasher.finalize()
    }

    /// SHA-256 in pieces.
    public struct Hasher {
        private var state = SHA256()
        public init() {}
        public mutating func update(_ bytes: [UInt8]) { state.update(data: bytes) }
        public func finalize() -> Digest { Digest(taking: state.finalize()) }
    }
}
