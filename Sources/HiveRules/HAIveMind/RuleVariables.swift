/// The variables of one rule while it is translated: each expression once, under a name that says what it is.
struct RuleVariables {
    private(set) var entries: [(name: String, expression: String)] = []

    /// A reference to the variable with an expression.
    mutating func reference(_ expression: String, name wanted: String) -> String {
        if let known = entries.first(where: { $0.expression == expression }) { return "variables.\(known.name)" }
        var base = ""
        for scalar in wanted.unicodeScalars {
            base.unicodeScalars.append(ShellWords.isNameCharacter(scalar) ? scalar : "_")
        }
        if base.first?.isNumber ?? true || CELText.reserved.contains(base) { base = "_" + base }
        var name = base
        var count = 2
        while entries.contains(where: { $0.name == name }) {
            name = "\(base)_\(count)"
            count += 1
        }
        entries.append((name, expression))
        return "variables.\(name)"
    }
}
