/// Puts the defaults of `${NAME:-default}` in place, as far as a file alone tells them; variables without one become
/// empty, as they do where nobody sets them.
enum Interpolation {
    static func applied(to tree: Tree) -> Tree {
        switch tree.form {
        case .text(let text) where text.contains("$"): Tree(scalar(applied(to: text)), line: tree.line)
        case .list(let elements): Tree(.list(elements.map(applied)), line: tree.line)
        case .map(let entries): Tree(.map(entries.map { ($0.key, applied(to: $0.value)) }), line: tree.line)
        default: tree
        }
    }

    private static func scalar(_ text: String) -> Tree.Form { text.isEmpty ? .null : .text(text) }

    static func applied(to text: String) -> String {
        var result = ""
        var rest = text[...]
        while let dollar = rest.firstIndex(of: "$") {
            result += rest[..<dollar]
            rest = rest[rest.index(after: dollar)...]
            if rest.first == "$" {
                result += "$"
                rest = rest.dropFirst()
            } else if rest.first == "{", let end = end(of: rest) {
                result += value(rest[rest.index(after: rest.startIndex)..<end])
                rest = rest[rest.index(after: end)...]
            } else {
                rest = rest.drop { $0.isLetter || $0.isNumber || $0 == "_" }
            }
        }
        return result + rest
    }

    /// The brace that closes the first one: defaults may have variables of their own.
    private static func end(of rest: Substring) -> Substring.Index? {
        var depth = 0
        for index in rest.indices {
            if rest[index] == "{" { depth += 1 }
            if rest[index] == "}" {
                depth -= 1
                if depth == 0 { return index }
            }
        }
        return nil
    }

    private static func value(_ body: Substring) -> String {
        let name = body.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
        var rest = body[name.endIndex...]
        if rest.first == ":" { rest = rest.dropFirst() }
        guard rest.first == "-" else { return "" }
        return applied(to: String(rest.dropFirst()))
    }
}
