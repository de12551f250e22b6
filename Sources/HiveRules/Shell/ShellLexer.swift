/// Cuts a line into simple commands of words, as a shell would: quotes are taken away, what the line itself says about
/// its variables is put in, and the texts that run inside (`$()`, back quotes, process substitutions) are kept aside.
struct ShellLexer {
    /// The words between two operators, with what belongs to them.
    struct SimpleCommand {
        var words: [String] = []
        /// What a here document or here string feeds to it.
        var fed: String?
        /// Files that it writes to by redirection.
        var writes: [String] = []
        /// Whether it reads what the command before it prints.
        var readsPipe = false
    }

    /// What the next word is for, after a redirection.
    enum Redirection {
        case write
        case read
        case hereString
        case hereDocument(stripsTabs: Bool)
    }

    struct HereDocument {
        let end: String
        let stripsTabs: Bool
        let expands: Bool
        let command: Int
    }

    let source: [Character]
    var index = 0
    var word = ""
    var hasWord = false
    /// Whether a part of the word stood in quotes, where braces and spaces mean nothing.
    var hasQuotes = false
    var current = SimpleCommand()
    var redirection: Redirection?
    var hereDocuments: [HereDocument] = []
    var commands: [SimpleCommand] = []
    /// Texts that are run inside.
    var substitutions: [String] = []
    /// Variables whose values the line itself gives.
    var variables: [String: String]
    /// How many texts this one is inside of.
    let depth: Int
    /// False where something was too deep inside, or too long, to be looked at.
    var isComplete = true

    /// How many bytes of words with braces, and of values of variables, are still looked at.
    var expansionBudget: Int

    static let maximumDepth = 16
    private static let longestValue = 2_048
    private static let maximumVariables = 256

    init(_ line: String, variables: [String: String] = [:], depth: Int = 0, expansionBudget: Int) {
        // Scalars, as shells see them: a quote and the combining mark behind it are one character to Swift.
        source = line.unicodeScalars.map(Character.init)
        self.variables = variables
        self.depth = depth
        self.expansionBudget = expansionBudget
    }

    /// A lexer for a text inside this one; nil where that is too deep.
    func inner(_ text: String) -> ShellLexer? {
        depth < Self.maximumDepth
            ? ShellLexer(text, variables: variables, depth: depth + 1, expansionBudget: expansionBudget) : nil
    }

    mutating func run() {
        while index < source.count { step() }
        endCommand()
    }

    private mutating func step() {
        let character = source[index]
        index += 1
        switch character {
        case "'": quoteLiterally()
        case "\"": quote()
        case "\\": escape()
        case "$": expand(inQuotes: false)
        case "`": substitute(backquoted(), inQuotes: false)
        case "(": bracket()
        case ")", ";": endCommand()
        case "&": ampersand()
        case "|": bar()
        case "#" where !hasWord: skipComment()
        case "<", ">": redirect(character)
        case _ where character.isNewline:
            endCommand()
            readHereDocuments()
        case _ where character.isWhitespace: endWord()
        default: append(character)
        }
    }

    func peek(_ distance: Int = 0) -> Character? {
        index + distance < source.count ? source[index + distance] : nil
    }

    mutating func append(_ character: Character) {
        word.append(character)
        hasWord = true
    }

    private mutating func skipComment() {
        while let next = peek(), !next.isNewline { index += 1 }
    }

    private mutating func escape() {
        guard let next = peek() else { return }
        index += 1
        hasQuotes = true
        if !next.isNewline { append(next) }
    }

    /// A sub-shell; the definition of a function (`f() { … }`); or an array (`x=(…)`), which is remembered as a text.
    private mutating func bracket() {
        var end = index
        while end < source.count, source[end].isWhitespace { end += 1 }
        if end < source.count, source[end] == ")", hasWord || current.words.count == 1 {
            index = end + 1
            word = ""
            hasWord = false
            current = SimpleCommand()
        } else if hasWord, word.hasSuffix("="), !hasQuotes {
            word += balanced()
        } else {
            endCommand()
        }
    }

    private mutating func ampersand() {
        if peek() == ">" {
            index += 1
            redirect(">")
        } else {
            endCommand()
        }
    }

    private mutating func bar() {
        let isAlternative = peek() == "|"
        endCommand()
        if isAlternative || peek() == "&" { index += 1 }
        current.readsPipe = !isAlternative && !commands.isEmpty
    }
}

/// Words and commands.
extension ShellLexer {
    mutating func endWord() {
        guard hasWord else { return }
        if !hasQuotes, !ShellBraces.isWithinLimits(word) { isComplete = false }
        let words = hasQuotes ? [word] : ShellBraces.expand(word, budget: &expansionBudget)
        if expansionBudget < 0 { isComplete = false }
        if let redirection {
            take(words[0], for: redirection)
        } else {
            current.words += words
        }
        word = ""
        hasWord = false
        hasQuotes = false
    }

    mutating func endCommand() {
        endWord()
        redirection = nil
        defer { current = SimpleCommand() }
        guard !current.words.isEmpty || current.fed != nil || !current.writes.isEmpty else { return }
        // `> file` alone empties a file; `:` is the command that does nothing.
        if current.words.isEmpty, current.fed == nil { current.words = [":"] }
        remember(current.words)
        commands.append(current)
    }

    /// Assignments that stand alone, or behind `export` and the like, hold for what follows.
    private mutating func remember(_ words: [String]) {
        let declares = ["export", "declare", "local", "readonly", "typeset"].contains(words.first ?? "")
        let rest = declares ? words.dropFirst().drop { $0.hasPrefix("-") } : words[...]
        guard rest.allSatisfy({ ShellWords.assignment($0) != nil }) else { return }
        for word in rest {
            guard let (name, value) = ShellWords.assignment(word) else { continue }
            // Values that double with each line would outgrow any memory.
            if value.utf8.count <= Self.longestValue, variables.count < Self.maximumVariables {
                variables[name] = value
            } else {
                isComplete = false
            }
        }
    }

    private mutating func take(_ word: String, for redirection: Redirection) {
        switch redirection {
        case .write: current.writes.append(word)
        case .read: break
        case .hereString: current.fed = word
        case .hereDocument(let stripsTabs):
            hereDocuments.append(
                HereDocument(end: word, stripsTabs: stripsTabs, expands: !hasQuotes, command: commands.count))
        }
        self.redirection = nil
    }

    /// Reads the texts that the line before announced.
    mutating func readHereDocuments() {
        for document in hereDocuments {
            var lines: [String] = []
            while index < source.count {
                var line = ""
                while let next = peek(), !next.isNewline {
                    line.append(next)
                    index += 1
                }
                index += 1
                if document.stripsTabs { line = String(line.drop { $0 == "\t" }) }
                if line == document.end { break }
                lines.append(line)
            }
            let body = lines.joined(separator: "\n")
            if document.command < commands.count { commands[document.command].fed = body }
            if document.expands { collectSubstitutions(in: body) }
        }
        hereDocuments = []
    }

    /// The texts that run inside a text where quotes mean nothing.
    mutating func collectSubstitutions(in text: String) {
        guard text.contains(where: { $0 == "$" || $0 == "`" }) else { return }
        guard var inner = inner(text) else {
            isComplete = false
            return
        }
        while let character = inner.peek() {
            inner.index += 1
            switch character {
            case "\\": inner.index += 1
            case "$": inner.expand(inQuotes: true)
            case "`": inner.substitute(inner.backquoted(), inQuotes: true)
            default: continue
            }
        }
        substitutions += inner.substitutions
        isComplete = isComplete && inner.isComplete
        expansionBudget = inner.expansionBudget
    }
}
