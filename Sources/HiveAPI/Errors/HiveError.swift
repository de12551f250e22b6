/// The one error of the public surface: an open code, advice in one sentence, and what to do.
/// Two errors are equal when their codes are.
public struct HiveError: Error, Sendable, Hashable {
    public let code: Code
    /// What happened: starts small, no full stop, user input in backticks.
    public let message: String
    /// What to do about it, where that is known.
    public let hint: String?
    /// After how many seconds it may go better; nil where time alone changes nothing.
    public let retryAfter: Int?

    public init(_ code: Code, _ message: String, hint: String? = nil, retryAfter: Int? = nil) {
        self.code = code
        self.message = message
        self.hint = hint
        self.retryAfter = retryAfter
    }

    public static func == (left: HiveError, right: HiveError) -> Bool { left.code == right.code }
    public func hash(into hasher: inout Hasher) { hasher.combine(code) }
}

extension HiveError: CustomStringConvertible {
    /// `message (code); hint`
    public var description: String { "\(message) (\(code.name))" + (hint.map { "; \($0)" } ?? "") }
}

extension HiveError {
    /// The body of an answer of `hivectl --json`: `{"error":{"code","message","hint"}}`.
    public var json: JSONValue {
        let hint = self.hint.map(JSONValue.string) ?? .null
        return ["error": ["code": .string(code.name), "message": .string(message), "hint": hint]]
    }

    /// The status of an HTTP answer that carries this error.
    public var httpStatus: Int { code.meaning.httpStatus }
    /// The exit code of `hivectl`: 1 the answer is no, 2 bad input, 3 unreachable, 4 not permitted, 5 internal.
    public var exitCode: Int32 { code.meaning.exitCode }
    /// The error for anything thrown that is no `HiveError`. Says nothing of its insides.
    public static func wrapping(_ error: any Error) -> HiveError {
        (error as? HiveError)
            ?? HiveError(.internalError, "something went wrong inside the node", hint: "its log says more")
    }
}
