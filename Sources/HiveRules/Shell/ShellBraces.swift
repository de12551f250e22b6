/// Braces with commas stand for several words: `{rm,-rf,x}`, `a{b,c}`.
enum ShellBraces {
    /// More words than this are left as they are.
    private static let maximumWords = 256
    private static let maximumLength = 2_048

    /// Whether a word is short enough to be looked at.
    static func isWithinLimits(_ word: String) -> Bool {
        word.utf8.count <= maximumLength || !word.contains("{") || !word.contains(",")
    }

    static func expand(_ word: String) -> [String] {
        guard word.utf8.count <= maximumLength else { return [word] }
        var pending = [word]
        var done: [String] = []
        while let next = pending.popLast() {
            guard let alternatives = firstGroup(in: next), pending.count + done.count < maximumWords else {
                done.append(next)
                continue
            }
            pending += alternatives.reversed()
        }
        return done
    }

    /// The words that the first group with a comma stands for; nil where there is none.
    private static func firstGroup(in word: String) -> [String]? {
        let characters = Array(word)
        for start in characters.indices where characters[start] == "{" && (start == 0 || characters[start - 1] != "$") {
            var depth = 0
            var parts: [String] = [""]
            for place in (start + 1)..<characters.count {
                let character = characters[place]
                if character == "}", depth == 0 {
                    guard parts.count > 1 else { break }
                    let head = String(characters[..<start])
                    let tail = String(characters[(place + 1)...])
                    return parts.map { head + $0 + tail }
                }
                if character == "{" { depth += 1 }
                if character == "}" { depth -= 1 }
                if character == ",", depth == 0 { parts.append("") } else { parts[parts.count - 1].append(character) }
            }
        }
        return nil
    }
}
