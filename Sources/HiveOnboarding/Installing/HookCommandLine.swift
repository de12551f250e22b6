/// A command line that Hive wrote for a hook: `hivectl hook CLIENT`, from wherever, with options of Hive's own. What
/// does more than that, such as setting a variable before or piping behind, is somebody else's.
struct HookCommandLine {
    let client: String

    /// Nil for any other command.
    init?(_ text: String) {
        guard let words = Self.words(of: text), words.count >= 3, words[0].split(separator: "/").last == "hivectl",
            words[1] == "hook"
        else { return nil }
        let options = words.dropFirst(3)
        guard options.count.isMultiple(of: 2) else { return nil }
        for (index, word) in options.enumerated() where index.isMultiple(of: 2) {
            guard ["--data", "--policy"].contains(word) else { return nil }
        }
        client = words[2]
    }

    /// The words as a shell reads them; nil where anything but words and quotes stands there.
    private static func words(of text: String) -> [String]? {
        var words: [String] = []
        var word: String.UnicodeScalarView?
        var quote: Unicode.Scalar?
        // Scalars, as a shell sees them: a mark behind `;` makes no other character of it there.
        var rest = text.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            switch (scalar, quote) {
            case (let end, let open?) where end == open: quote = nil
            case ("\\", nil): if let next = rest.popFirst() { word = (word ?? .init()) + [next] }
            case (_, .some): word = (word ?? .init()) + [scalar]
            case ("'", nil), ("\"", nil): (quote, word) = (scalar, word ?? .init())
            case (" ", nil):
                if let whole = word { words.append(String(whole)) }
                word = nil
            case (_, nil):
                guard !"|&;<>()$`#*?[]{}~=!\n\t".unicodeScalars.contains(scalar) else { return nil }
                word = (word ?? .init()) + [scalar]
            }
        }
        guard quote == nil else { return nil }
        return words + [word.map(String.init)].compactMap(\.self)
    }
}
