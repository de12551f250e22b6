/// How the rules of a set are found, for people.
public struct IndexReport: Sendable {
    public let entries: [Entry]

    /// One rule.
    public struct Entry: Sendable, Hashable {
        public let rule: String
        /// The guards on the way to it.
        public let found: String
        /// How much of the traffic has to ask it; nil where that is little.
        public let warning: String?
    }

    init(_ set: CompiledRuleSet) {
        entries = set.compiled.enumerated().map { place, rule in
            let path = set.index.paths[place]
            let steps = path.map { "\($0.field) is \(Self.tests($0))" }
            return Entry(
                rule: rule.rule.name,
                found: steps.isEmpty ? "by asking it" : "by " + steps.joined(separator: ", then "),
                warning: Self.warning(path))
        }
    }

    private static func tests(_ guardian: Guard) -> String {
        let texts = guardian.tests.prefix(4).map { "`\($0)`" }
        let rest = guardian.tests.count > 4 ? " or \(guardian.tests.count - 4) more" : ""
        return (texts.isEmpty ? "nothing" : texts.joined(separator: " or ")) + rest
    }

    private static func warning(_ path: [Guard]) -> String? {
        guard let first = path.first else {
            return "every request must evaluate it; name an event or a tool in match"
        }
        let isAboutTools = first.tests.contains { $0.passes("tool.pre") }
        guard path.count == 1, first.field == .top("event"), isAboutTools else { return nil }
        return "every use of a tool must evaluate it; name a tool, a path or a command, or ask for one in when"
    }
}
