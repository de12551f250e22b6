/// Why an expression has no value.
public struct EvaluationError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What went wrong, as a word that programs may hold on to.
    public struct Kind: RawRepresentable, Sendable, Hashable {
        public let rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }

        public static let noSuchOverload = Kind(rawValue: "no_such_overload")
        public static let noSuchKey = Kind(rawValue: "no_such_key")
        public static let noSuchField = Kind(rawValue: "no_such_field")
        public static let unknownVariable = Kind(rawValue: "unknown_variable")
        public static let divideByZero = Kind(rawValue: "divide_by_zero")
        public static let overflow = Kind(rawValue: "overflow")
        public static let indexOutOfRange = Kind(rawValue: "index_out_of_range")
        public static let invalidArgument = Kind(rawValue: "invalid_argument")
        public static let duplicateKey = Kind(rawValue: "duplicate_key")
        public static let budgetExceeded = Kind(rawValue: "budget_exceeded")
    }

    public let kind: Kind
    public let message: String

    public init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }

    public var description: String { "\(message) (\(kind.rawValue))" }
}
