/// Why bytes are no deterministic CBOR of the shape asked for.
public struct CBORError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong, as a word that programs may hold on to.
    public struct Code: RawRepresentable, Sendable, Hashable {
        public let rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }

        public static let truncated = Code(rawValue: "truncated")
        /// Well-formed CBOR that deterministic encoding forbids.
        public static let notDeterministic = Code(rawValue: "not_deterministic")
        public static let wrongType = Code(rawValue: "wrong_type")
        public static let invalidText = Code(rawValue: "invalid_text")
        public static let tooDeep = Code(rawValue: "too_deep")
        public static let trailingBytes = Code(rawValue: "trailing_bytes")
        public static let unsupported = Code(rawValue: "unsupported")
        public static let unexpectedValue = Code(rawValue: "unexpected_value")
    }

    public let code: Code
    /// The byte at which it was noticed.
    public let offset: Int
    public let message: String

    public init(code: Code, offset: Int, message: String) {
        self.code = code
        self.offset = offset
        self.message = message
    }

    public var description: String { "\(message) (\(code.rawValue) at byte \(offset))" }
}
