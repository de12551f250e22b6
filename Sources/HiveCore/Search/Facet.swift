/// One property of a document that a search filters by: a name and a value, compared byte for byte.
///
/// A long value is held as its hash, so that the index stays small and any value can be asked for.
public struct Facet: Sendable, Hashable, Comparable {
    public let name: String
    public let value: String

    /// A longer value, in bytes of UTF-8, is held as its hash.
    static let longest = 128

    public init(_ name: String, _ value: String) {
        self.name = name
        let bytes = Array(value.utf8)
        self.value = bytes.count <= Self.longest ? value : "sha256:" + Digest.sha256(bytes).hex
    }

    public static func < (left: Facet, right: Facet) -> Bool { (left.name, left.value) < (right.name, right.value) }

    /// The facet that a tag is.
    public static func tag(_ tag: String) -> Facet { Facet("tag", tag) }

    /// The facet that a metadata entry is; nil for values that have parts, and for null.
    public static func metadata(_ key: String, _ value: CBORValue) -> Facet? {
        switch value {
        case .text(let text): Facet("metadata." + key, text)
        case .bool(let flag): Facet("metadata." + key, flag ? "true" : "false")
        case .unsigned, .negative: value.integer.map { Facet("metadata." + key, String($0)) }
        case .double(let number): Facet("metadata." + key, String(number))
        case .bytes, .array, .map, .null: nil
        }
    }
}
