import HiveAPI

/// The command in the input of a tool. Which of several members a client runs is its own affair: where they differ,
/// nothing can be said about the call.
struct ToolCommand {
    /// As one would type it; nil for a tool that runs none.
    let text: String?
    /// The one member that holds it as text; nil where another form or several would have to be changed.
    let member: String?

    /// - Parameters:
    ///   - tool: as the client calls it.
    ///   - isShell: whether the tool is one that runs commands, so that it must have one.
    /// Throws `invalid_input` where there is none, where it has another form, or where several differ.
    init(of tool: String, _ input: JSONValue, isShell: Bool) throws {
        var texts: Set<[UInt8]> = []
        var members: [String] = []
        for name in Self.names + (Self.furtherNames[tool] ?? []) {
            guard let value = input[name], value != .null, let text = try Self.text(value, isShell: isShell) else {
                continue
            }
            texts.insert(Array(text.utf8))
            members.append(name)
        }
        guard texts.count <= 1 else {
            throw HiveError(
                .invalidInput, "`\(members.joined(separator: "` and `"))` name different commands",
                hint: "give one command, as `command`")
        }
        guard !texts.isEmpty || !isShell else {
            throw HiveError(
                .invalidInput, "the call of Bash has no command", hint: "give `command` as text, or as a list of words")
        }
        text = texts.first.map { String(decoding: $0, as: UTF8.self) }
        member = members.count == 1 ? members.first { input[$0]?.string != nil } : nil
    }

    private static let names = ["command", "cmd"]
    /// What some tools call it; what is typed into a running shell is a command as well.
    private static let furtherNames = ["write_stdin": ["chars", "text"], "unified_exec": ["input"]]

    /// Nil for what is no command, which tools of other servers may have under the same name.
    private static func text(_ value: JSONValue, isShell: Bool) throws -> String? {
        if let text = value.string { return text }
        guard let list = value.array else {
            guard isShell else { return nil }
            throw HiveError(
                .invalidInput, "the command is neither a text nor a list",
                hint: "give it as text, or as a list of words")
        }
        let words = list.compactMap(\.string)
        guard words.count == list.count, !words.isEmpty else {
            throw HiveError(
                .invalidInput, "the command is a list of something else than words", hint: "give each word as text")
        }
        // Without quotes, what one word holds would read as several.
        return words.map { ShellWord.quoted($0, plain: "-_./:=,@%+") }.joined(separator: " ")
    }
}
