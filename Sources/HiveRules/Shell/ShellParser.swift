/// Finds every command that a shell line would run: behind `;`, `&&`, `||`, `|`, in `$()`, back quotes and sub-shells,
/// behind wrappers such as `sudo` and `env`, in the texts that `bash -c`, `eval` and `ssh` are given, and in what is fed
/// to a shell.
public enum ShellParser {
    /// The commands in the order in which they stand; those inside others come after them.
    public static func commands(in line: String) -> [ShellCommand] { parse(line).commands }

    /// `isComplete` is false where the line nests deeper, or holds more commands, than anybody would write.
    static func parse(_ line: String) -> (commands: [ShellCommand], isComplete: Bool) {
        var run = Run()
        run.line(line, variables: [:], depth: 0)
        return (run.found, run.isComplete)
    }

    /// The search through one line and all that is inside.
    struct Run {
        private(set) var found: [ShellCommand] = []
        private(set) var isComplete = true
        /// How many bytes may still come of braces and variables, in all texts together.
        private var expansionBudget = 1 << 20

        private static let maximumDepth = 16
        private static let maximumCommands = 1_000

        mutating func line(_ text: String, variables: [String: String], depth: Int) {
            guard depth < Self.maximumDepth, found.count < Self.maximumCommands else {
                isComplete = false
                return
            }
            var lexer = ShellLexer(text, variables: variables, expansionBudget: expansionBudget)
            lexer.run()
            expansionBudget = lexer.expansionBudget
            if !lexer.isComplete { isComplete = false }
            var printed: String?
            for command in lexer.commands {
                let fed = command.fed ?? (command.readsPipe ? printed : nil)
                resolve(command, fed: fed, lexer.variables, depth)
                printed = ShellWords.printed(by: command.words, fed: fed)
            }
            for nested in lexer.substitutions { line(nested, variables: lexer.variables, depth: depth + 1) }
        }

        /// Takes assignments, keywords and wrappers off; looks into commands that run a text.
        private mutating func resolve(
            _ command: ShellLexer.SimpleCommand, fed: String?, _ variables: [String: String], _ depth: Int
        ) {
            guard depth < Self.maximumDepth, found.count < Self.maximumCommands else {
                isComplete = false
                return
            }
            let (assigned, words) = ShellKeywords.strip(command.words)
            guard let path = words.first else { return }
            let program = path.unicodeScalars.split(separator: "/").last.map { String($0) } ?? path
            let arguments = Array(words.dropFirst())
            let effective = ShellWrappers.withoutGlobalOptions(program, arguments)
            found.append(
                ShellCommand(program: program, arguments: effective, environment: assigned, writes: command.writes))
            for inner in ShellWrappers.commands(in: program, arguments) {
                var next = command
                next.words = inner
                if program == "xargs", command.readsPipe, let fed {
                    next.words += ShellWords.words(of: fed)
                }
                resolve(next, fed: program == "xargs" ? nil : fed, variables, depth + 1)
            }
            for text in ShellTexts.inside(program, arguments, fed: fed) {
                line(text.text, variables: variables.merging(text.variables) { $1 }, depth: depth + 1)
            }
        }
    }
}
