/// A line of an example, as a shell reads it.
enum ExampleLine {
    /// The arguments of every `hivectl` on the line.
    static func commands(in line: String) -> [[String]] {
        var commands: [[String]] = []
        for part in parts(line) where part.first == "hivectl" { commands.append(Array(part.dropFirst())) }
        return commands
    }

    /// Words between pipes; what follows a redirection is no word.
    private static func parts(_ line: String) -> [[String]] {
        var parts: [[String]] = [[]]
        var word: String?
        var quote: Character?
        var skips = false
        func finish() {
            if let word, !skips { parts[parts.count - 1].append(word) }
            if word != nil { skips = false }
            word = nil
        }
        for character in line {
            if let open = quote {
                if character == open { quote = nil } else { word = (word ?? "") + String(character) }
                continue
            }
            switch character {
            case "'", "\"":
                quote = character
                word = word ?? ""
            case " ": finish()
            case "|":
                finish()
                parts.append([])
            case ">", "<":
                finish()
                skips = true
            default: word = (word ?? "") + String(character)
            }
        }
        finish()
        return parts
    }
}
