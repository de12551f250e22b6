/// What `.hive/check.yaml` says.
public struct GateConfiguration: Sendable, Hashable {
    public var terms: [BannedTerm] = BannedTerm.standard
    /// By the id of a check.
    public var severities: [String: Severity] = [:]
    /// The packs whose rules judge manifests.
    public var packs: [String] = ["platform"]
    /// Further rule files, as paths below the folder of the configuration.
    public var rules: [String] = []
    public var exclude = PathPatterns([])
    /// Files with more bytes are passed over and counted.
    public var maximumSize = 1 << 20
    /// A path below the folder of the configuration; nil where no baseline is used.
    public var baseline: String?

    public init() {}

    public func severity(of rule: GateRule) -> Severity { severities[rule.id] ?? rule.severity }

    /// Where the configuration stands below the folder that it is for.
    public static let path = ".hive/check.yaml"
    /// Where a baseline is written if nothing else is said.
    public static let baselinePath = ".hive/check-baseline.json"

    /// Whether a file defines terms rather than using them: this configuration, a baseline, rule documents.
    func definesTerms(_ file: SourceFile) -> Bool {
        file.path == Self.path || file.path == (baseline ?? Self.baselinePath)
            || file.bytes.prefix(512).split(separator: 0x0A).contains { $0.starts(with: "apiVersion: hive/v1".utf8) }
    }
}
