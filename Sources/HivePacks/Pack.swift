public import HiveRules

/// A set of rules that comes with Hive, tested and ready to be used as it is or to begin one's own with.
public struct Pack: Sendable {
    /// Also the name of its set.
    public let name: String
    /// One line.
    public let summary: String
    /// Its files as they are written, with comments and tests; paths begin with the pack's name.
    public let sources: [RuleFiles.Source]

    /// All of them, by name.
    public static let all: [Pack] = [agentConduct, devopsSafety, platform]

    /// Nil for a name that no pack has.
    public static func named(_ name: String) -> Pack? { all.first { $0.name == name } }

    /// The version that its set document gives.
    public func version() throws(RuleError) -> Int64 { try contents().sets.first?.version ?? 1 }

    /// Its rules, read.
    public func contents() throws(RuleError) -> RuleFiles.Contents { try RuleFiles.load(sources) }

    /// Its rules without the cases beside them, for those who decide and test nothing.
    public func rulesAlone() throws(RuleError) -> RuleFiles.Contents { try RuleFiles.load(sourcesAlone) }

    /// Its files without the cases beside the rules: cases are most of what there is to be read. They stand last in
    /// every document. Lines keep their numbers.
    public var sourcesAlone: [RuleFiles.Source] {
        sources.map { RuleFiles.Source(path: $0.path, text: Self.withoutCases($0.text)) }
    }

    private static func withoutCases(_ text: String) -> String {
        var kept: [UInt8] = []
        kept.reserveCapacity(text.utf8.count)
        var isInCases = false
        for line in Array(text.utf8).split(separator: 0x0A, omittingEmptySubsequences: false) {
            if line.elementsEqual("tests:".utf8) { isInCases = true }
            if line.starts(with: "---".utf8) { isInCases = false }
            if !isInCases { kept += line }
            kept.append(0x0A)
        }
        return String(decoding: kept.dropLast(), as: UTF8.self)
    }

    init(_ name: String, _ summary: String, _ files: KeyValuePairs<String, [UInt8]>) {
        self.name = name
        self.summary = summary
        sources = files.map { file, bytes in
            RuleFiles.Source(path: "\(name)/\(file).yaml", text: String(decoding: bytes, as: UTF8.self))
        }
    }
}
