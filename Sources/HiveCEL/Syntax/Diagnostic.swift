/// One problem of a source.
public struct Diagnostic: Sendable, Hashable, CustomStringConvertible {
    public let message: String
    /// What to do about it; may be empty.
    public let hint: String
    public let position: SourcePosition
    /// The same words as for problems that show up at evaluation.
    public let kind: EvaluationError.Kind

    public init(
        _ message: String, at position: SourcePosition, hint: String = "", kind: EvaluationError.Kind = .syntax
    ) {
        self.message = message
        self.position = position
        self.hint = hint
        self.kind = kind
    }

    public var description: String { "\(position): \(message)" + (hint.isEmpty ? "" : "; \(hint)") }
}
