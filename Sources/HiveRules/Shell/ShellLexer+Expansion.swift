/// What a dollar sign and angle brackets mean.
extension ShellLexer {
    /// Goes on behind a dollar sign.
    mutating func expand(inQuotes: Bool) {
        guard let next = peek() else { return append("$") }
        switch next {
        case "(":
            index += 1
            if peek() == "(" { return arithmetic() }
            substitute(balanced(), inQuotes: inQuotes)
        case "{":
            index += 1
            parameter(balanced("{", "}"), inQuotes: inQuotes)
        case "'" where !inQuotes:
            index += 1
            quoteWithEscapes()
        case "\"" where !inQuotes:
            index += 1
            quote()
        case "@", "*":
            index += 1
            // `"$@"` is all arguments, each a word of its own even in quotes.
            insert(variables["@"] ?? "", inQuotes: inQuotes && next == "*")
        case _ where ShellWords.isNameCharacter(next): named(inQuotes: inQuotes)
        default: append("$")
        }
    }

    private mutating func named(inQuotes: Bool) {
        var name = ""
        while let next = peek(), ShellWords.isNameCharacter(next) {
            name.unicodeScalars.append(next)
            index += 1
            if name.utf8.count == 1, ShellWords.isDigit(next) { break }
        }
        variable(name, inQuotes: inQuotes)
    }

    /// What the line says the variable is; as it was written where it says nothing.
    private mutating func variable(_ name: String, inQuotes: Bool) {
        if name == "IFS" {
            insert(" ", inQuotes: inQuotes)
        } else if let value = variables[name] {
            insert(value, inQuotes: inQuotes)
        } else {
            word += "$" + name
            hasWord = true
        }
    }

    /// Outside of quotes a value is cut into words.
    private mutating func insert(_ value: String, inQuotes: Bool) {
        expansionBudget -= value.utf8.count
        guard expansionBudget >= 0 else {
            isComplete = false
            return
        }
        if inQuotes {
            word += value
            hasWord = true
            return
        }
        for scalar in value.unicodeScalars {
            if ShellWords.isBlank(scalar) { endWord() } else { append(scalar) }
        }
    }

    /// `${name}`, and forms such as `${name:-instead}`.
    private mutating func parameter(_ text: String, inQuotes: Bool) {
        let name = String(text.unicodeScalars.prefix(while: ShellWords.isNameCharacter))
        let rest = text.unicodeScalars.dropFirst(name.unicodeScalars.count)
        guard !rest.isEmpty else { return variable(name, inQuotes: inQuotes) }
        collectSubstitutions(in: String(rest))
        let instead = rest.drop { $0 == ":" }
        if name == "IFS" || name.isEmpty {
            insert(name == "IFS" ? " " : variables["@"] ?? "", inQuotes: inQuotes)
        } else if let value = variables[name] {
            insert(instead.first == "+" ? String(instead.dropFirst()) : value, inQuotes: inQuotes)
        } else if let sign = instead.first, sign == "-" || sign == "=" {
            insert(String(instead.dropFirst()), inQuotes: inQuotes)
        } else {
            word += "${" + text + "}"
            hasWord = true
        }
    }

    private mutating func arithmetic() {
        let text = balanced()
        collectSubstitutions(in: text)
        word += "$((…))"
        hasWord = true
    }

    /// Keeps the text aside. What `echo` would print is put in; for everything else stands a mark that equals no
    /// program and no argument.
    mutating func substitute(_ text: String, inQuotes: Bool) {
        substitutions.append(text)
        if let printed = printed(by: text) {
            insert(printed, inQuotes: inQuotes)
        } else {
            word += "$()"
            hasWord = true
        }
    }

    /// What a text prints, where that can be seen without running it.
    private mutating func printed(by text: String) -> String? {
        // Only what is short is worth a look: no program's name is long.
        guard text.utf8.count <= 256, var inner = inner(text) else { return nil }
        inner.run()
        expansionBudget = inner.expansionBudget
        guard inner.commands.count == 1, inner.substitutions.isEmpty else { return nil }
        return ShellWords.printed(by: inner.commands[0].words)
    }

    /// A redirection names a file or a text, which is no argument.
    mutating func redirect(_ kind: Unicode.Scalar) {
        if peek() == "(" {
            index += 1
            substitutions.append(balanced())
            word += "\(kind)()"
            hasWord = true
            return
        }
        if hasWord, !hasQuotes,
            word.unicodeScalars.allSatisfy(ShellWords.isDigit) || (word.hasPrefix("{") && word.hasSuffix("}"))
        {
            word = ""
            hasWord = false
        }
        endWord()
        redirection = kind == "<" ? source(of: kind) : target()
        while let next = peek(), next == " " || next == "\t" { index += 1 }
    }

    private mutating func source(of kind: Unicode.Scalar) -> Redirection? {
        guard peek() == "<" else {
            if peek() == ">" { index += 1 }
            return peek() == "&" ? duplicate() : .read
        }
        index += 1
        if peek() == "<" {
            index += 1
            return .hereString
        }
        let stripsTabs = peek() == "-"
        if stripsTabs { index += 1 }
        return .hereDocument(stripsTabs: stripsTabs)
    }

    private mutating func target() -> Redirection? {
        if let next = peek(), next == ">" || next == "|" { index += 1 }
        return peek() == "&" ? duplicate() : .write
    }

    /// `>&2` and `>&-` name no file, `>& file` does.
    private mutating func duplicate() -> Redirection? {
        index += 1
        guard let next = peek(), ShellWords.isDigit(next) || next == "-" else { return .write }
        while let next = peek(), ShellWords.isDigit(next) || next == "-" { index += 1 }
        return nil
    }
}
