/// Why a key could not be had or used. Never holds a key or a token.
public struct KeyError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What went wrong, as a word that programs may hold on to.
    public struct Code: RawRepresentable, Sendable, Hashable {
        public let rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }

        /// The keeper of the keys does not answer, or not in time.
        public static let unreachable = Code(rawValue: "key_unreachable")
        /// The keeper answers and gives no keys at present: a vault that is sealed.
        public static let sealed = Code(rawValue: "key_vault_sealed")
        /// The keeper does not give this key to this caller, or a key lies open to others.
        public static let forbidden = Code(rawValue: "key_forbidden")
        /// There is no such key.
        public static let missing = Code(rawValue: "key_missing")
        /// What is there is no key.
        public static let malformed = Code(rawValue: "key_malformed")
        /// The key is not the one that was used.
        public static let refused = Code(rawValue: "key_refused")
    }

    public let code: Code
    public let message: String
    public let hint: String

    public init(_ code: Code, _ message: String, hint: String = "") {
        self.code = code
        self.message = message
        self.hint = hint
    }

    public var description: String { hint.isEmpty ? message : "\(message); \(hint)" }
}
