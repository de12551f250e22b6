import HiveAPI

/// A slash command in the forms that clients read.
enum CommandText {
    private static let arguments = "$ARGUMENTS"

    /// Claude Code: front matter and a prompt.
    static func markdown(_ command: AgentCommand) -> String {
        var lines = ["---", "description: \(quoted(command.description))"]
        if let hint = command.argumentHint { lines.append("argument-hint: \(quoted(hint))") }
        return (lines + ["---", "", command.prompt, ""]).joined(separator: "\n")
    }

    /// Codex: a skill, which has no arguments of its own.
    static func skill(_ command: AgentCommand) -> String {
        let prompt = command.prompt.replacing(arguments, with: "(what the user wrote beside the skill's name)")
        return [
            "---", "name: \(command.name)", "description: \(quoted(command.description))", "---", "", prompt, "",
        ].joined(separator: "\n")
    }

    /// Gemini CLI: TOML, in which braces hold the arguments.
    static func toml(_ command: AgentCommand) -> String {
        let plain = command.prompt.replacing(arguments, with: "{{args}}")
        let prompt = [("\\", "\\\\"), ("\"\"\"", "\\\"\\\"\\\"")].reduce(plain) { text, pair in
            ByteText.replacing(pair.0, in: text, with: pair.1)
        }
        return "description = \(quoted(command.description))\nprompt = \"\"\"\n\(prompt)\n\"\"\""
    }

    /// JSON's quotes are those of YAML and TOML.
    private static func quoted(_ text: String) -> String { JSONValue.string(text).text }
}
