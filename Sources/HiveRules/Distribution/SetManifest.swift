/// Names the rules that make up one version of a set, so that a node activates it whole or not at all.
public struct SetManifest: Sendable, Hashable {
    public let name: String
    public let version: Int64
    /// Rule names with the hexadecimal hash of their texts, in order of the names.
    public let rules: [Entry]
    /// The least version of the rule language that understands the set.
    public let minimumEngine: Int64

    /// The version of the rule language that this code understands.
    public static let engine: Int64 = 1

    /// One rule of a set.
    public struct Entry: Sendable, Hashable {
        public let name: String
        public let digest: String

        public init(name: String, digest: String) {
            self.name = name
            self.digest = digest
        }
    }

    public init(name: String, version: Int64, rules: [Entry], minimumEngine: Int64 = Self.engine) {
        self.name = name
        self.version = version
        self.rules = rules.sorted { $0.name < $1.name }
        self.minimumEngine = minimumEngine
    }

    /// One line each: `hive-set 1`, name, version, engine, then `digest name` for each rule.
    public var text: String {
        (["hive-set 1", name, "\(version)", "\(minimumEngine)"] + rules.map { "\($0.digest) \($0.name)" })
            .joined(separator: "\n")
    }

    /// Nil for a text that is no manifest.
    public init?(text: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        guard lines.count >= 4, lines[0] == "hive-set 1", let version = Int64(lines[2]), let engine = Int64(lines[3])
        else {
            return nil
        }
        var entries: [Entry] = []
        for line in lines.dropFirst(4) {
            let parts = line.split(separator: " ", maxSplits: 1).map(String.init)
            guard parts.count == 2 else { return nil }
            entries.append(Entry(name: parts[1], digest: parts[0]))
        }
        self.init(name: lines[1], version: version, rules: entries, minimumEngine: engine)
    }
}
