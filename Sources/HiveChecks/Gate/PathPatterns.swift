import HiveRules

/// Patterns for paths below the folder of the configuration: `*` stops at a slash, `**` does not. A pattern without a
/// slash is for the name of a file or a folder, wherever it stands; one that ends in a slash is for all below a folder.
public struct PathPatterns: Sendable, Hashable {
    private let patterns: [Glob]
    private let names: [Glob]

    public init(_ patterns: [String]) {
        self.patterns = patterns.filter { $0.contains("/") }.map {
            Glob($0.hasSuffix("/") ? $0 + "**" : $0, isPath: true)
        }
        names = patterns.filter { !$0.contains("/") && !$0.isEmpty }.map { Glob($0, isPath: true) }
    }

    public var isEmpty: Bool { patterns.isEmpty && names.isEmpty }

    public func matches(_ path: String) -> Bool {
        if patterns.contains(where: { $0.matches(path) }) { return true }
        guard !names.isEmpty else { return false }
        return path.split(separator: "/").contains { part in names.contains { $0.matches(String(part)) } }
    }
}
