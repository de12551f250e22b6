/// A SHA-256 hash: 32 bytes, held as four words so that comparing and hashing touch no heap.
/// Digests compare as their bytes do.
public struct Digest: Hashable, Sendable, Comparable, CustomStringConvertible {
    private let first: UInt64
    private let second: UInt64
    private let third: UInt64
    private let fourth: UInt64

    /// 32 zero bytes: stands for "none" where a hash must be written.
    public static let zero = Digest(first: 0, second: 0, third: 0, fourth: 0)
    /// How many bytes a digest has.
    public static let length = 32

    private init(first: UInt64, second: UInt64, third: UInt64, fourth: UInt64) {
        self.first = first
        self.second = second
        self.third = third
        self.fourth = fourth
    }

    /// Nil unless there are exactly 32 bytes.
    public init?(bytes: some Collection<UInt8>) {
        guard bytes.count == Self.length else { return nil }
        let inPlace = bytes.withContiguousStorageIfAvailable { Digest(raw: UnsafeRawBufferPointer($0)) }
        self = inPlace ?? Array(bytes).withUnsafeBytes(Digest.init(raw:))
    }

    /// Takes the first 32 bytes; the caller has checked that they are there.
    init(raw: UnsafeRawBufferPointer) {
        first = raw.bigEndian(at: 0)
        second = raw.bigEndian(at: 8)
        third = raw.bigEndian(at: 16)
        fourth = raw.bigEndian(at: 24)
    }

    /// Nil for anything but 64 hexadecimal digits.
    public init?(hex: String) {
        guard let bytes = Hex.decode(hex) else { return nil }
        self.init(bytes: bytes)
    }

    public var bytes: [UInt8] { withBytes { [UInt8]($0) } }

    public var hex: String { withBytes { Hex.encode($0) } }
    public var description: String { hex }

    /// Lends the 32 bytes for the time of a call, without touching the heap.
    public func withBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        let words = (first.bigEndian, second.bigEndian, third.bigEndian, fourth.bigEndian)
        return try withUnsafeBytes(of: words, body)
    }

    /// Adds the 32 bytes to a buffer.
    public func append(to output: inout [UInt8]) { withBytes { output.append(contentsOf: $0) } }

    public static func < (left: Digest, right: Digest) -> Bool {
        if left.first != right.first { return left.first < right.first }
        if left.second != right.second { return left.second < right.second }
        if left.third != right.third { return left.third < right.third }
        return left.fourth < right.fourth
    }
}
