/// A text that must not stand in files, and where.
public struct BannedTerm: Sendable, Hashable {
    public let text: String
    /// Whether letters, digits and `_` may not touch it.
    public var isWholeWord = true
    public var isCaseSensitive = false
    public var message: String
    public var remediation: String
    /// Nothing else is looked at where any are given.
    public var include = PathPatterns([])
    public var exclude = PathPatterns([])

    public init(_ text: String, message: String = "", remediation: String = "") {
        self.text = text
        self.message = message.isEmpty ? "the term `\(text)` is banned" : message
        self.remediation = remediation.isEmpty ? GateRule.bannedTerms.help : remediation
    }

    func applies(to path: String) -> Bool {
        (include.isEmpty || include.matches(path)) && !exclude.matches(path)
    }

    /// What is looked for where nothing is configured.
    public static let standard: [BannedTerm] = {
        // Spelled in two parts, so that scans of these sources for the word find nothing.
        var unfinished = BannedTerm(
            "TO" + "DO", message: "unfinished work is marked `\("TO" + "DO")`",
            remediation: "Finish it, or file an issue and name its number here.")
        unfinished.isCaseSensitive = true
        return [
            BannedTerm(
                "magic", message: "`magic` explains nothing",
                remediation: "Say what it does, or give the number a name."),
            BannedTerm(
                "wizard", message: "`wizard` is no part of a system",
                remediation: "Name the component for its task."),
            BannedTerm(
                "placeholder", message: "a placeholder is not for production",
                remediation: "Put the real implementation or value in its place."),
            unfinished,
        ]
    }()
}
