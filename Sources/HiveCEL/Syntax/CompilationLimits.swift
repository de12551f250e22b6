/// How large a source may be. What is larger is refused with its place, before it can exhaust stack or memory.
public struct CompilationLimits: Sendable, Hashable {
    /// The length of the source in bytes of UTF-8.
    public var bytes: Int
    /// How deep brackets, operators and calls may nest.
    public var depth: Int
    /// How many parts an expression may have.
    public var nodes: Int
    /// How long a regular expression may be, in bytes of UTF-8.
    public var patternBytes: Int

    public init(bytes: Int = 100_000, depth: Int = 250, nodes: Int = 50_000, patternBytes: Int = 4_000) {
        self.bytes = bytes
        self.depth = depth
        self.nodes = nodes
        self.patternBytes = patternBytes
    }

    public static let `default` = CompilationLimits()
}
