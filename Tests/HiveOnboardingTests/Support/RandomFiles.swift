/// Files as people have them: JSON in many layouts with comments, Markdown and TOML with and without a last line end.
struct RandomFiles {
    var random: Seeded

    mutating func json() -> String {
        let newline = pick(["\n", "\r\n", ""])
        let body = object(depth: 0, newline: newline, names: ["model", "mcpServers", "hooks", "permissions", "x y"])
        return pick(["", "\u{FEFF}", "// mine\n", "  "]) + body
            + pick(["", "\n", "\r\n", "\n\n", " // end", "\n/* end */"])
    }

    private mutating func object(depth: Int, newline: String, names: [String]) -> String {
        let chosen = names.filter { _ in Bool.random(using: &random) }
        guard !chosen.isEmpty else { return pick(["{}", "{ }", "{\(newline)}", "{ /* none */ }"]) }
        let space = newline.isEmpty ? pick(["", " "]) : newline + String(repeating: "  ", count: depth + 1)
        var text = "{"
        for (index, name) in chosen.enumerated() {
            text += space + "\"\(name)\"" + pick([":", ": "]) + value(of: name, depth: depth + 1, newline: newline)
            let isLast = index == chosen.count - 1
            if !isLast || Int.random(in: 0..<6, using: &random) == 0 { text += "," }
            if Int.random(in: 0..<6, using: &random) == 0 { text += " /* \(name) */" }
            if !newline.isEmpty, Int.random(in: 0..<6, using: &random) == 0 { text += " // \(name), {[\"" }
        }
        return text + (newline.isEmpty ? "" : newline + String(repeating: "  ", count: depth)) + "}"
    }

    private mutating func value(of name: String, depth: Int, newline: String) -> String {
        switch name {
        case "mcpServers": object(depth: depth, newline: newline, names: ["other", "model"])
        case "hooks": object(depth: depth, newline: newline, names: ["PreToolUse", "Stop"])
        case "PreToolUse", "Stop":
            pick(["[]", "[ ]", "[{\"hooks\": [{\"type\": \"command\", \"command\": \"mine\"}]}]", "[\(newline)]"])
        default: pick(["1", "true", "null", "\"a, } ] // b\"", "[1, 2,\(newline) 3]", "-1.5e3", "\"\\\"\""])
        }
    }

    mutating func markdown() -> String {
        lines(["# Mine", "", "- a", "text", "<!-- mine -->", "```", "hive:begin"])
    }

    mutating func toml() -> String {
        lines(["a = 1", "# mine", "", "[table]", "s = \"x # y\"", "l = [1, 2]", "m = '''x'''", "[mcp_servers.other]"])
    }

    private mutating func lines(_ choices: [String]) -> String {
        let newline = pick(["\n", "\r\n"])
        let count = Int.random(in: 0..<8, using: &random)
        let lines = (0..<count).map { _ in pick(choices) }
        return lines.joined(separator: newline) + pick(["", newline, newline + newline])
    }

    mutating func pick<T>(_ choices: [T]) -> T { choices[Int.random(in: 0..<choices.count, using: &random)] }
}
