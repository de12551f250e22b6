/// What words mean by their form.
enum ShellWords {
    static func isNameCharacter(_ character: Character) -> Bool {
        character.isASCII && (character.isLetter || character.isNumber || character == "_")
    }

    /// Name and value of `NAME=value`, nil for anything else.
    static func assignment(_ word: String) -> (name: String, value: String)? {
        guard let equals = word.firstIndex(of: "="), equals != word.startIndex else { return nil }
        let name = word[..<equals].hasSuffix("+") ? word[..<equals].dropLast() : word[..<equals]
        guard let first = name.first, !first.isNumber, name.allSatisfy(isNameCharacter) else { return nil }
        return (String(name), String(word[word.index(after: equals)...]))
    }

    /// What a command prints, where its words alone say it.
    static func printed(by words: [String]) -> String? {
        switch words.first {
        case "echo":
            return words.dropFirst().drop { ["-n", "-e", "-E", "-ne", "-en"].contains($0) }.joined(separator: " ")
        case "printf":
            let format = words.dropFirst().drop { $0 == "--" }
            guard let first = format.first else { return nil }
            guard first.contains("%") else { return first }
            return ["%s", "%s\\n"].contains(first) ? format.dropFirst().joined() : nil
        default: return nil
        }
    }
}
