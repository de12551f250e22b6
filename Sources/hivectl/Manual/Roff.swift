/// The language of man pages.
struct Roff {
    private(set) var text: String

    init(title: String) {
        text = ".TH \(Self.quoted(title.uppercased())) 1 \"\" \"Hive \(HiveControl.version)\" \"Hive\"\n"
    }

    /// Nothing where there are no parts.
    mutating func section(_ name: String, _ parts: [String]) {
        guard !parts.isEmpty else { return }
        text += ".SH \(name)\n" + parts.joined(separator: "\n.PP\n") + "\n"
    }

    static func bold(_ text: String) -> String { "\\fB\(escaped(text))\\fR" }
    static func italic(_ text: String) -> String { "\\fI\(escaped(text))\\fR" }

    /// A term, and what it means.
    static func entry(_ term: String, _ meaning: String) -> String { ".TP\n\(term)\n\(line(meaning))" }

    /// One line of words.
    static func line(_ text: String) -> String { guarded(escaped(text.replacing("\n", with: " "))) }

    /// Paragraphs that are separated by empty lines.
    static func paragraphs(_ text: String) -> String {
        text.split(separator: "\n\n").map { line(String($0)) }.joined(separator: "\n.PP\n")
    }

    /// Lines as they are.
    static func verbatim(_ lines: [String]) -> String {
        ".nf\n.RS 4\n" + lines.map { guarded(escaped($0)) }.joined(separator: "\n") + "\n.RE\n.fi"
    }

    private static func quoted(_ text: String) -> String { "\"\(text.replacing("\"", with: "\\(dq"))\"" }

    private static func escaped(_ text: String) -> String {
        text.replacing("\\", with: "\\e").replacing("-", with: "\\-").replacing("'", with: "\\(aq")
            .replacing("`", with: "\\(ga")
    }

    /// A line that begins like a request is none.
    private static func guarded(_ line: String) -> String {
        line.hasPrefix(".") || line.hasPrefix("'") ? "\\&" + line : line
    }
}
