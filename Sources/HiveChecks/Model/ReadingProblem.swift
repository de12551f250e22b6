/// Why a file that looks like a manifest could not be read. Every rule about what it would have held fails.
public struct ReadingProblem: Error, Sendable, Hashable, CustomStringConvertible {
    public let path: String
    /// From 1.
    public let line: Int
    /// What the file would have held; empty where that cannot be told.
    public let kinds: [String]
    public let message: String

    public init(_ message: String, path: String, line: Int, kinds: [String] = []) {
        self.message = message
        self.path = path
        self.line = max(line, 1)
        self.kinds = kinds
    }

    func about(_ kinds: [String]) -> ReadingProblem {
        ReadingProblem(message, path: path, line: line, kinds: kinds)
    }

    public var description: String { "\(path):\(line): \(message)" }
}
