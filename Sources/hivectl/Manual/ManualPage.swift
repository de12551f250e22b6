import HiveAPI

/// One page of the manual, in the language of man pages, from what ArgumentParser knows of a command.
struct ManualPage {
    /// `hivectl-memory-add`
    let name: String
    let text: String

    /// The page of a command and those of all below it.
    static func pages(of command: JSONValue, below path: [String] = []) -> [ManualPage] {
        let path = path + [command["commandName"]?.string ?? ""]
        let subcommands = (command["subcommands"]?.array ?? []).filter { $0["commandName"]?.string != "help" }
        return [ManualPage(command, path, subcommands)] + subcommands.flatMap { pages(of: $0, below: path) }
    }

    private init(_ command: JSONValue, _ path: [String], _ subcommands: [JSONValue]) {
        let name = path.joined(separator: "-")
        let arguments = (command["arguments"]?.array ?? []).filter { $0["shouldDisplay"] != false }
        let (prose, examples) = Self.split(command["discussion"]?.string ?? "")
        var roff = Roff(title: name)
        roff.section("NAME", [Roff.line("\(name) - \(Self.small(command["abstract"]?.string ?? ""))")])
        roff.section("SYNOPSIS", [Self.synopsis(path, arguments, hasSubcommands: !subcommands.isEmpty)])
        let about = [command["abstract"]?.string ?? ""] + (prose.isEmpty ? [] : [prose])
        roff.section("DESCRIPTION", about.map(Roff.paragraphs))
        roff.section(
            "COMMANDS",
            subcommands.map {
                let page = "\(name)-\($0["commandName"]?.string ?? "")"
                return Roff.entry(Roff.bold(page) + "(1)", $0["abstract"]?.string ?? "")
            })
        roff.section(
            "ARGUMENTS", arguments.filter(Self.isPositional).map { Roff.entry(Self.label($0), Self.help($0)) })
        roff.section(
            "OPTIONS", arguments.filter { !Self.isPositional($0) }.map { Roff.entry(Self.label($0), Self.help($0)) })
        roff.section("EXAMPLES", examples.isEmpty ? [] : [Roff.verbatim(examples)])
        if path[0] == "hivectl" { roff.section("EXIT STATUS", Self.exits.map { Roff.entry(Roff.bold($0), $1) }) }
        roff.section("ENVIRONMENT", Self.variables.map { Roff.entry(Roff.bold($0), $1) })
        let above = path.count > 1 ? [path.dropLast().joined(separator: "-")] : []
        let others = (above + ["hivectl", "hived"]).filter { $0 != name }
        let related = others.enumerated().filter { others.firstIndex(of: $1) == $0 }.map(\.element)
        roff.section("SEE ALSO", [related.map { Roff.bold($0) + "(1)" }.joined(separator: ", ")])
        (self.name, text) = (name, roff.text)
    }

    private static let exits = [
        ("0", "Done."), ("1", "The answer is no: denied, not found, a check failed, a conflict remains."),
        ("2", "Bad usage or bad input."), ("3", "The node cannot be reached."), ("4", "Not permitted."),
        ("5", "Internal error."),
    ]

    private static let variables = [
        ("HIVE_DATA", "The data directory of the node."),
        ("HIVE_URL", "The address of a node elsewhere."),
        ("HIVE_TOKEN, HIVE_TOKEN_FILE", "The token to show there."),
        ("NO_COLOR", "Where it is set, nothing is coloured."),
    ]

    // MARK: Parts

    private static func isPositional(_ argument: JSONValue) -> Bool { argument["kind"]?.string == "positional" }

    private static func synopsis(_ path: [String], _ arguments: [JSONValue], hasSubcommands: Bool) -> String {
        var parts = [Roff.bold(path.joined(separator: " "))]
        parts += arguments.map { argument in
            let shown = label(argument) + (argument["isRepeating"] == true ? " ..." : "")
            return argument["isOptional"] == true ? "[\(shown)]" : shown
        }
        if hasSubcommands { parts.append(Roff.italic("command")) }
        return parts.joined(separator: " ")
    }

    private static func label(_ argument: JSONValue) -> String {
        let value = Roff.italic(argument["valueName"]?.string ?? "value")
        if isPositional(argument) { return value }
        let names = (argument["names"]?.array ?? []).map { name in
            let dashes = name["kind"]?.string == "long" ? "--" : "-"
            return Roff.bold(dashes + (name["name"]?.string ?? ""))
        }
        return names.joined(separator: ", ") + (argument["kind"]?.string == "option" ? " " + value : "")
    }

    private static func help(_ argument: JSONValue) -> String {
        let text = argument["abstract"]?.string ?? ""
        guard let usual = argument["defaultValue"]?.string else { return text }
        return text + (text.isEmpty ? "" : " ") + "Default: \(usual)."
    }

    /// What is said of a command, and the examples behind it.
    static func split(_ discussion: String) -> (prose: String, examples: [String]) {
        let lines = discussion.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        guard let start = lines.firstIndex(where: { $0 == "Example:" || $0 == "Examples:" }) else {
            return (discussion, [])
        }
        let prose = lines[..<start].joined(separator: "\n")
        let examples = lines[(start + 1)...].map { String($0.drop { $0 == " " }) }.filter { !$0.isEmpty }
        return (String(prose.reversed().drop { $0.isNewline }.reversed()), examples)
    }

    /// How a name is followed in a list of manuals: without a capital and a full stop.
    private static func small(_ text: String) -> String {
        let first = text.prefix(1).lowercased() + text.dropFirst()
        return first.hasSuffix(".") ? String(first.dropLast()) : first
    }
}
