/// Why a source is no expression, or not one that fits its environment: one or more problems, in the order of the
/// source. Its own message, hint and position are those of the first.
public struct CompilationError: Error, Sendable, Hashable, CustomStringConvertible {
    public let diagnostics: [Diagnostic]

    public init(_ diagnostics: [Diagnostic]) {
        precondition(!diagnostics.isEmpty, "a compilation error has at least one diagnostic")
        self.diagnostics = diagnostics
    }

    public init(
        _ message: String, at position: SourcePosition, hint: String = "", kind: EvaluationError.Kind = .syntax
    ) {
        diagnostics = [Diagnostic(message, at: position, hint: hint, kind: kind)]
    }

    public var message: String { diagnostics[0].message }
    public var hint: String { diagnostics[0].hint }
    public var position: SourcePosition { diagnostics[0].position }
    public var kind: EvaluationError.Kind { diagnostics[0].kind }

    public var description: String { diagnostics.map(\.description).joined(separator: "\n") }
}
