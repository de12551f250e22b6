/// What words mean by their form.
enum ShellWords {
    static func isNameCharacter(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", "_": true
        default: false
        }
    }

    static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

    /// What separates words where nothing else is said.
    static func isBlank(_ scalar: Unicode.Scalar) -> Bool { scalar == " " || scalar == "\t" || scalar == "\n" }

    /// The words of a text in which quotes mean nothing.
    static func words(of text: String) -> [String] {
        text.unicodeScalars.split(whereSeparator: isBlank).map { String($0) }
    }

    /// Name and value of `NAME=value`, nil for anything else.
    static func assignment(_ word: String) -> (name: String, value: String)? {
        let scalars = word.unicodeScalars
        guard let equals = scalars.firstIndex(of: "="), equals != scalars.startIndex else { return nil }
        let name = scalars[..<equals].last == "+" ? scalars[..<equals].dropLast() : scalars[..<equals]
        guard let first = name.first, !isDigit(first), name.allSatisfy(isNameCharacter) else { return nil }
        return (String(name), String(scalars[scalars.index(after: equals)...]))
    }

    /// What a command prints, where its words and what it is fed say it.
    static func printed(by words: [String], fed: String? = nil) -> String? {
        switch words.first {
        case "cat", "tee":
            // A file that is read besides adds to what comes through, and takes nothing away.
            return fed
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
