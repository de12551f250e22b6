/// An identity that is a hash of what it names.
public protocol DigestIdentifier: Hashable, Sendable, Comparable, CustomStringConvertible {
    init(_ digest: Digest)
    var digest: Digest { get }
}

extension DigestIdentifier {
    public static func < (left: Self, right: Self) -> Bool { left.digest < right.digest }

    /// 64 hexadecimal digits.
    public var description: String { digest.hex }

    /// The first 8 hexadecimal digits, for people.
    public var short: String { String(digest.hex.prefix(8)) }

    public init?(hex: String) {
        guard let digest = Digest(hex: hex) else { return nil }
        self.init(digest)
    }
}
