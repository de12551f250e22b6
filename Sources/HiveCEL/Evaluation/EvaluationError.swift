/// Why an expression has no value.
public struct EvaluationError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What went wrong, as a word that programs may hold on to.
    public struct Kind: RawRepresentable, Sendable, Hashable {
        public let rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }

        /// The source is no expression; only when compiling.
        public static let syntax = Kind(rawValue: "syntax")
        public static let noSuchOverload = Kind(rawValue: "no_such_overload")
        public static let noSuchKey = Kind(rawValue: "no_such_key")
        public static let noSuchField = Kind(rawValue: "no_such_field")
        public static let unknownVariable = Kind(rawValue: "unknown_variable")
        public static let unknownFunction = Kind(rawValue: "unknown_function")
        public static let divideByZero = Kind(rawValue: "divide_by_zero")
        /// A number, a time or a duration outside what its type can hold.
        public static let overflow = Kind(rawValue: "overflow")
        public static let indexOutOfRange = Kind(rawValue: "index_out_of_range")
        public static let invalidArgument = Kind(rawValue: "invalid_argument")
        /// A text, or bytes, that do not denote a value of the wanted type.
        public static let typeConversion = Kind(rawValue: "type_conversion")
        public static let duplicateKey = Kind(rawValue: "duplicate_key")
        public static let unsupportedKeyType = Kind(rawValue: "unsupported_key_type")
        public static let emptyOptional = Kind(rawValue: "empty_optional")
        public static let budgetExceeded = Kind(rawValue: "budget_exceeded")
    }

    public let kind: Kind
    public let message: String
    /// Where in the source, if known.
    public private(set) var position: SourcePosition?

    public init(_ kind: Kind, _ message: String, at position: SourcePosition? = nil) {
        self.kind = kind
        self.message = message
        self.position = position
    }

    public var description: String { (position.map { "\($0): " } ?? "") + "\(message) (\(kind.rawValue))" }

    /// The same error with a place, where it has none yet.
    func located(at position: SourcePosition) -> EvaluationError {
        guard self.position == nil else { return self }
        var copy = self
        copy.position = position
        return copy
    }
}
