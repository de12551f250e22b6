/// Finds every command that a shell line would run: behind `;`, `&&`, `||`, `|`, in `$()`, back quotes and sub-shells,
/// behind wrappers such as `sudo` and `env`, and in the texts that `bash -c` and `eval` are given.
public enum ShellParser {
    private static let maximumDepth = 8

    public static func commands(in line: String) -> [ShellCommand] { commands(in: line, depth: 0) }

    private static func commands(in line: String, depth: Int) -> [ShellCommand] {
        guard depth < maximumDepth else { return [] }
        var lexer = ShellLexer(line)
        lexer.run()
        var found = lexer.commands.flatMap { resolve($0, depth: depth) }
        for nested in lexer.substitutions { found += commands(in: nested, depth: depth + 1) }
        return found
    }

    /// Strips assignments, redirections and wrappers; looks into commands that run a text.
    private static func resolve(_ words: [String], depth: Int) -> [ShellCommand] {
        var words = words[...]
        while let first = words.first, isAssignment(first) || keywords.contains(first) { words = words.dropFirst() }
        guard let path = words.first else { return [] }
        let program = path.split(separator: "/").last.map(String.init) ?? path
        let arguments = Array(words.dropFirst())
        if let inner = wrapped(program, arguments) {
            let outer = ShellCommand(program: program, arguments: arguments)
            return [outer] + resolve(inner, depth: depth + 1)
        }
        let command = ShellCommand(program: program, arguments: withoutGlobalOptions(program, arguments))
        guard let text = innerText(program, arguments) else { return [command] }
        return [command] + commands(in: text, depth: depth + 1)
    }

    private static let keywords: Set<String> = [
        "then", "do", "else", "elif", "if", "while", "until", "time", "!", "{", "}", "fi", "done",
    ]

    private static func isAssignment(_ word: String) -> Bool {
        guard let equals = word.firstIndex(of: "="), equals != word.startIndex else { return false }
        return word[..<equals].allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" } && !word.first!.isNumber
    }

    /// Options of wrappers that take a value in the next word.
    private static let wrappers: [String: Set<String>] = [
        "sudo": ["-u", "-g", "-h", "-p", "-C", "-D", "-R", "-T", "-U"], "doas": ["-u", "-C"],
        "env": ["-u", "-C", "-S"],
        "nohup": [], "nice": ["-n"], "ionice": ["-c", "-n", "-p"], "timeout": ["-s", "-k"],
        "stdbuf": ["-i", "-o", "-e"],
        "setsid": [], "command": [], "builtin": [], "exec": ["-a"],
        "xargs": ["-I", "-n", "-P", "-L", "-d", "-a", "-E", "-s"],
        "watch": ["-n"], "strace": ["-o", "-e", "-p"], "busybox": [], "chroot": [],
    ]

    private static func wrapped(_ program: String, _ arguments: [String]) -> [String]? {
        guard let valued = wrappers[program] else { return nil }
        var rest = arguments[...]
        while let word = rest.first {
            if word == "--" {
                rest = rest.dropFirst()
                break
            }
            if valued.contains(word) {
                rest = rest.dropFirst(2)
            } else if word.hasPrefix("-") || isAssignment(word) {
                rest = rest.dropFirst()
            } else {
                break
            }
        }
        if program == "timeout" || program == "chroot" { rest = rest.dropFirst() }
        return rest.isEmpty ? nil : Array(rest)
    }

    private static func innerText(_ program: String, _ arguments: [String]) -> String? {
        switch program {
        case "eval": return arguments.joined(separator: " ")
        case "bash", "sh", "zsh", "dash", "ksh", "fish":
            guard
                let flag = arguments.firstIndex(where: { $0.hasPrefix("-") && !$0.hasPrefix("--") && $0.contains("c") }
                ),
                flag + 1 < arguments.count
            else { return nil }
            return arguments[flag + 1]
        default: return nil
        }
    }

    /// `git -C dir -c key=value push` is `git push`: options before the sub-command say where, not what.
    private static func withoutGlobalOptions(_ program: String, _ arguments: [String]) -> [String] {
        guard let valued = globalOptions[program] else { return arguments }
        var rest = arguments[...]
        while let word = rest.first, word.hasPrefix("-") {
            rest = valued.contains(word) ? rest.dropFirst(2) : rest.dropFirst()
        }
        return rest.isEmpty ? arguments : Array(rest)
    }

    private static let globalOptions: [String: Set<String>] = [
        "git": ["-C", "-c", "--git-dir", "--work-tree", "--namespace", "--exec-path"],
        "docker": ["-H", "--host", "--context", "-l", "--log-level", "--config"],
        "kubectl": ["-n", "--namespace", "--context", "--kubeconfig", "--cluster", "--user", "-s", "--server"],
    ]
}

/// Cuts a line into commands of words, as a shell would before it expands anything.
private struct ShellLexer {
    private let source: [Character]
    private var index = 0
    private var word = ""
    private var hasWord = false
    private var words: [String] = []
    private(set) var commands: [[String]] = []
    /// The texts inside `$()`, back quotes and sub-shells.
    private(set) var substitutions: [String] = []

    init(_ line: String) { source = Array(line) }

    mutating func run() {
        while index < source.count { step() }
        endCommand()
    }

    private mutating func step() {
        let character = source[index]
        switch character {
        case "'": quoteLiterally()
        case "\"": quote()
        case "\\":
            index += 1
            if index < source.count, source[index] != "\n" { append(source[index]) }
        case "$" where peek(1) == "(":
            index += 2
            substitute(until: ")")
        case "`":
            index += 1
            substitute(until: "`")
        case "(", ")", ";", "\n", "|", "&": endCommand()
        case "#" where !hasWord:
            while index + 1 < source.count, source[index + 1] != "\n" { index += 1 }
        case ">", "<": redirect()
        case _ where character.isWhitespace: endWord()
        default: append(character)
        }
        index += 1
    }

    private func peek(_ distance: Int) -> Character? {
        index + distance < source.count ? source[index + distance] : nil
    }

    private mutating func append(_ character: Character) {
        word.append(character)
        hasWord = true
    }

    private mutating func quoteLiterally() {
        hasWord = true
        index += 1
        while index < source.count, source[index] != "'" {
            word.append(source[index])
            index += 1
        }
    }

    private mutating func quote() {
        hasWord = true
        index += 1
        while index < source.count, source[index] != "\"" {
            if source[index] == "\\", let next = peek(1), "\"\\$`".contains(next) {
                index += 1
                word.append(source[index])
            } else if source[index] == "$", peek(1) == "(" {
                index += 2
                substitute(until: ")")
            } else if source[index] == "`" {
                index += 1
                substitute(until: "`")
            } else {
                word.append(source[index])
            }
            index += 1
        }
    }

    /// Takes the text of a substitution; in its place stands a mark that equals no program and no argument.
    private mutating func substitute(until end: Character) {
        var depth = 1
        var text = ""
        while index < source.count {
            if end == ")", source[index] == "(" { depth += 1 }
            if source[index] == end { depth -= 1 }
            if depth == 0 { break }
            text.append(source[index])
            index += 1
        }
        substitutions.append(text)
        word += "$()"
        hasWord = true
    }

    /// A redirection names a file, which is no argument.
    private mutating func redirect() {
        if hasWord, word.allSatisfy(\.isNumber) {
            word = ""
            hasWord = false
        }
        endWord()
        while let next = peek(1), next == ">" || next == "<" || next == "&" || next == "|" { index += 1 }
        while let next = peek(1), next == " " { index += 1 }
        while let next = peek(1), !next.isWhitespace, !";|&()<>".contains(next) { index += 1 }
    }

    private mutating func endWord() {
        if hasWord { words.append(word) }
        word = ""
        hasWord = false
    }

    private mutating func endCommand() {
        endWord()
        if !words.isEmpty { commands.append(words) }
        words = []
    }
}
