/// A vector as it is kept: 8-bit integers under one scale, with the hash of the text that it was made of.
///
/// The bytes: 16 of the text's SHA-256, the scale as a float with its lowest byte first, one byte for each component.
public struct StoredVector: Sendable, Hashable {
    private static let hashLength = 16

    /// The first 16 bytes of the text's SHA-256: a vector whose text has changed is none.
    public let textHash: [UInt8]
    private let scale: Float
    private let components: [Int8]

    public init(_ vector: [Float], textHash: [UInt8]) {
        let scale = vector.reduce(0) { max($0, abs($1)) } / 127
        self.scale = scale
        self.textHash = textHash
        components = vector.map { scale > 0 ? Int8(($0 / scale).rounded()) : 0 }
    }

    /// Nil where the bytes are no vector.
    public init?(bytes: [UInt8]) {
        let start = Self.hashLength + 4
        guard bytes.count > start else { return nil }
        let scale = Float(bitPattern: (0..<4).reduce(0) { $0 | UInt32(bytes[Self.hashLength + $1]) << (8 * $1) })
        guard scale.isFinite, scale >= 0 else { return nil }
        self.scale = scale
        textHash = Array(bytes[..<Self.hashLength])
        components = bytes[start...].map { Int8(bitPattern: $0) }
    }

    public var bytes: [UInt8] {
        textHash + (0..<4).map { UInt8(truncatingIfNeeded: scale.bitPattern >> (8 * $0)) }
            + components.map { UInt8(bitPattern: $0) }
    }

    public var dimensions: Int { components.count }

    public var vector: [Float] { components.map { Float($0) * scale } }

    public static func hash(of text: String) -> [UInt8] {
        Array(Digest.sha256(Array(text.utf8)).bytes.prefix(hashLength))
    }
}
