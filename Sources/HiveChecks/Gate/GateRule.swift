/// One check of the gate, as people choose it and reports describe it.
public struct GateRule: Sendable, Hashable {
    /// What findings are named by.
    public let id: String
    /// The number in the numbered list that the check comes from; nil for a check that stands in none.
    public let number: Int?
    /// What it looks for, in one sentence.
    public let summary: String
    /// What to do about a finding.
    public let help: String
    public let severity: Severity

    public init(id: String, number: Int? = nil, summary: String, help: String, severity: Severity = .error) {
        self.id = id
        self.number = number
        self.summary = summary
        self.help = help
        self.severity = severity
    }
}

extension GateRule {
    public static let secrets = GateRule(
        id: "secrets", summary: "Keys, passwords and tokens do not stand in files.",
        help: "Take the secret out, revoke it, and read it from the environment or a vault.")

    public static let bannedTerms = GateRule(
        id: "banned-terms", number: 1, summary: "Words that stand for unfinished work do not reach the main branch.",
        help: "Finish the work or name it for what it is; hive:allow with a reason excuses one line.")

    public static let suppressions = GateRule(
        id: "suppressions", summary: "Every hive:allow names a known check and gives its reason.",
        help: "Write hive:allow CHECK REASON, or take the comment out.")

    public static let unreadable = GateRule(
        id: "unreadable", summary: "Every file that is to be checked can be read.",
        help: "Mend the file or the right to read it, or exclude it.")

    /// The checks that need no rule files.
    public static let builtIn = [secrets, bannedTerms, suppressions, unreadable]
}
