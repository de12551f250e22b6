/// Why a Markdown file is no runbook.
public struct RunbookMarkdownError: Error, Sendable, Hashable {
    /// Counted from 1.
    public let line: Int
    public let message: String
    public let hint: String
}
