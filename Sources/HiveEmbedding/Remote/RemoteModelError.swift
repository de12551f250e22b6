/// Why a model on a server could not be used.
public struct RemoteModelError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What went wrong, as a word that programs may hold on to.
    public struct Code: RawRepresentable, Sendable, Hashable {
        public let rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }

        /// No connection, or one that broke.
        public static let unreachable = Code(rawValue: "unreachable")
        public static let timedOut = Code(rawValue: "timed_out")
        /// It has too much to do: status 429 or 503.
        public static let overloaded = Code(rawValue: "overloaded")
        /// Any other status from 500 on.
        public static let failed = Code(rawValue: "server_failed")
        /// The key is missing or not accepted.
        public static let unauthorized = Code(rawValue: "unauthorized")
        /// No such model, or no such address.
        public static let notFound = Code(rawValue: "not_found")
        /// It does not take what it was sent; perhaps because of one text.
        public static let refused = Code(rawValue: "refused")
        /// A vector with components that are no numbers, or without a direction.
        public static let unusable = Code(rawValue: "unusable_vector")
        /// The answer is not what the API promises.
        public static let badAnswer = Code(rawValue: "bad_answer")
        /// No call was made, since the last ones failed.
        public static let circuitOpen = Code(rawValue: "circuit_open")
    }

    public let code: Code
    public let message: String
    /// What to do about it.
    public let hint: String
    /// Milliseconds that the server asks to be left alone.
    public let retryAfter: Int64?

    public init(_ code: Code, _ message: String, hint: String, retryAfter: Int64? = nil) {
        self.code = code
        self.message = message
        self.hint = hint
        self.retryAfter = retryAfter
    }

    public var description: String { "\(message); \(hint)" }

    /// Whether the same call may succeed a moment later.
    var isTransient: Bool { [.unreachable, .timedOut, .overloaded, .failed].contains(code) }

    /// Whether one of the texts may be to blame, and not the server. Some fail with 500 where a text makes a model stumble.
    var mayBeAboutText: Bool { [.refused, .unusable, .failed].contains(code) }

    /// Whether the server is there and works, whatever it says of this call.
    var showsLife: Bool { [.refused, .unusable].contains(code) }
}
