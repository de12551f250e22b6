/// Why a source is no expression, or not one that fits its environment.
public struct CompilationError: Error, Sendable, Hashable, CustomStringConvertible {
    public let message: String
    public let hint: String
    public let position: SourcePosition

    public init(_ message: String, at position: SourcePosition, hint: String = "") {
        self.message = message
        self.position = position
        self.hint = hint
    }

    public var description: String { "\(position): \(message)" + (hint.isEmpty ? "" : "; \(hint)") }
}
