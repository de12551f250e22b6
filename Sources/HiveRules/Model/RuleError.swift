/// What is wrong with a rule document, where, and what to do.
public struct RuleError: Error, Sendable, Hashable, CustomStringConvertible {
    public let message: String
    public let hint: String
    public let location: RuleLocation

    public init(_ message: String, at location: RuleLocation, hint: String = "") {
        self.message = message
        self.location = location
        self.hint = hint
    }

    public var description: String { "\(location): \(message)" + (hint.isEmpty ? "" : "; \(hint)") }
}

/// A place in a rule file: line and column from 1.
public struct RuleLocation: Sendable, Hashable, Comparable, CustomStringConvertible {
    public let path: String
    public let line: Int
    public let column: Int

    public init(path: String, line: Int, column: Int) {
        self.path = path
        self.line = line
        self.column = column
    }

    public static func < (left: RuleLocation, right: RuleLocation) -> Bool {
        (left.path, left.line, left.column) < (right.path, right.line, right.column)
    }

    public var description: String { "\(path):\(line):\(column)" }
}
