/// Words of the shell's grammar in front of commands.
enum ShellKeywords {
    private static let skipped: Set<String> = [
        "then", "do", "else", "elif", "if", "while", "until", "time", "!", "{", "}", "fi", "done", "esac", "coproc",
        "in",
    ]

    /// Takes what is no command off the front; answers with variables that are set for the command alone.
    static func strip(_ words: [String]) -> (assigned: [String: String], words: [String]) {
        var rest = words[...]
        var assigned: [String: String] = [:]
        while let first = rest.first {
            if let (name, value) = ShellWords.assignment(first) {
                assigned[name] = value
                rest = rest.dropFirst()
            } else if skipped.contains(first) {
                rest = rest.dropFirst()
                // `time -p` and the like.
                if first == "time" { rest = rest.drop { $0.hasPrefix("-") } }
            } else if first == "function" {
                rest = rest.dropFirst(2)
            } else if ["for", "select", "case"].contains(first) {
                return (assigned, [])
            } else {
                break
            }
        }
        return (assigned, Array(rest))
    }
}
