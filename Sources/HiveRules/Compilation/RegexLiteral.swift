/// Finds a text that every match of a regular expression contains, so that one scan for all such texts can rule most
/// expressions out.
enum RegexLiteral {
    /// The longest run of plain characters outside of groups, alternatives and repetitions. Nil where there is none of
    /// at least three, or where flags change what characters mean.
    static func required(by pattern: String) -> String? {
        var reader = Reader(pattern)
        guard let runs = reader.runs() else { return nil }
        let longest = runs.max { $0.utf8.count < $1.utf8.count }
        return longest.flatMap { $0.utf8.count >= 3 ? $0 : nil }
    }

    private struct Reader {
        private let source: [Unicode.Scalar]
        private var index = 0
        private var run = String.UnicodeScalarView()
        private var found: [String] = []

        init(_ pattern: String) { source = Array(pattern.unicodeScalars) }

        mutating func runs() -> [String]? {
            while index < source.count {
                guard step() else { return nil }
            }
            endRun()
            return found
        }

        /// False where nothing can be said about the whole pattern.
        private mutating func step() -> Bool {
            let character = source[index]
            index += 1
            switch character {
            case "|": return false
            case "(":
                if index + 1 < source.count, source[index] == "?", !":P<".unicodeScalars.contains(source[index + 1]) {
                    return false
                }
                endRun()
                return skipGroup()
            case "[":
                endRun()
                skipClass()
            case "*", "?", "{":
                dropLast()
                endRun()
                if character == "{" { skip(to: "}") }
            case "+": endRun()
            case ".", "^", "$": endRun()
            case "\\": return escape()
            default: run.append(character)
            }
            return true
        }

        /// The character before may stand there no time at all.
        private mutating func dropLast() {
            if !run.isEmpty { run.removeLast() }
        }

        /// Escaped punctuation is itself; classes such as `\d` end a run; numbers and quotations are left alone.
        private mutating func escape() -> Bool {
            guard index < source.count else { return false }
            let scalar = source[index]
            index += 1
            guard scalar.isASCII, !("0"..."9").contains(scalar), !"xpPQEC".unicodeScalars.contains(scalar) else {
                return false
            }
            if scalar.properties.isAlphabetic { endRun() } else { run.append(scalar) }
            return true
        }

        private mutating func skipClass() {
            if index < source.count, source[index] == "^" { index += 1 }
            if index < source.count, source[index] == "]" { index += 1 }
            while index < source.count, source[index] != "]" {
                if source[index] == "\\" { index += 1 }
                if index + 1 < source.count, source[index] == "[", source[index + 1] == ":" {
                    skip(to: "]")
                } else {
                    index += 1
                }
            }
            index += 1
        }

        private mutating func skipGroup() -> Bool {
            var depth = 1
            while index < source.count, depth > 0 {
                let character = source[index]
                index += 1
                switch character {
                case "(": depth += 1
                case ")": depth -= 1
                case "[": skipClass()
                case "\\": index += 1
                default: break
                }
            }
            return depth == 0
        }

        private mutating func skip(to end: Unicode.Scalar) {
            while index < source.count, source[index] != end { index += 1 }
            index += 1
        }

        private mutating func endRun() {
            if !run.isEmpty { found.append(String(run)) }
            run.removeAll()
        }
    }
}
