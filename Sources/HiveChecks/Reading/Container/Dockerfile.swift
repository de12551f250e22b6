/// A Dockerfile as instructions: comments gone, continued lines put together, heredocs kept with their instruction.
struct Dockerfile {
    struct Instruction {
        /// In capitals.
        let name: String
        let text: String
        let line: Int
    }

    let instructions: [Instruction]

    private static let known: Set<String> = [
        "ADD", "ARG", "CMD", "COPY", "ENTRYPOINT", "ENV", "EXPOSE", "FROM", "HEALTHCHECK", "LABEL", "MAINTAINER",
        "ONBUILD", "RUN", "SHELL", "STOPSIGNAL", "USER", "VOLUME", "WORKDIR",
    ]

    /// Throws for what is no instruction, and for a heredoc without its end.
    init(_ text: String, path: String) throws(ReadingProblem) {
        let lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
        let escape = Self.escape(lines)
        var instructions: [Instruction] = []
        var place = 0
        while place < lines.count {
            let start = place
            var content = Self.joined(lines, escape, &place)
            guard !content.isEmpty else { continue }
            for heredoc in Self.heredocs(in: content) {
                content += "\n" + (try Self.body(of: heredoc, lines, &place, path, start + 1))
            }
            let word = content.prefix { !$0.isWhitespace }
            let name = word.uppercased()
            guard Self.known.contains(name) else {
                throw ReadingProblem("`\(word)` is no instruction", path: path, line: start + 1)
            }
            let rest = content[word.endIndex...].drop { $0.isWhitespace }
            instructions.append(Instruction(name: name, text: String(rest), line: start + 1))
        }
        self.instructions = instructions
        guard instructions.contains(where: { $0.name == "FROM" }) else {
            throw ReadingProblem("there is no FROM", path: path, line: 1)
        }
    }

    /// The character that continues a line: a backslash, or what the first line says.
    private static func escape(_ lines: [Substring]) -> Character {
        for line in lines {
            let words = line.filter { $0 != " " }
            guard words.hasPrefix("#") else { break }
            if words.lowercased().hasPrefix("#escape="), let last = words.last { return last }
        }
        return "\\"
    }

    /// One instruction's text from a line on; empty for blank lines and comments.
    private static func joined(_ lines: [Substring], _ escape: Character, _ place: inout Int) -> String {
        var parts: [String] = []
        while place < lines.count {
            let line = trimmed(lines[place])
            place += 1
            let isSkipped = line.hasPrefix("#") || (line.isEmpty && !parts.isEmpty)
            if isSkipped {
                if parts.isEmpty { return "" }
                continue
            }
            guard line.last == escape else {
                parts.append(String(line))
                break
            }
            parts.append(String(trimmed(line.dropLast())))
        }
        return parts.joined(separator: " ")
    }

    private static func trimmed(_ line: Substring) -> Substring {
        var line = line.drop { $0.isWhitespace }
        while line.last?.isWhitespace == true { line = line.dropLast() }
        return line
    }

    /// The ends of `<<EOF`, `<<-EOF` and `<<"EOF"` in RUN, COPY and ADD.
    private static func heredocs(in content: String) -> [String] {
        guard ["RUN", "COPY", "ADD"].contains(content.prefix { !$0.isWhitespace }.uppercased()) else { return [] }
        var ends: [String] = []
        var rest = content[...]
        while let mark = rest.firstRange(of: "<<") {
            rest = rest[mark.upperBound...]
            if rest.first == "<" {
                rest = rest.drop { $0 == "<" }
                continue
            }
            let word = rest.drop { $0 == "-" || $0 == "\"" || $0 == "'" }
            let name = word.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
            if let first = name.first, !first.isNumber { ends.append(String(name)) }
        }
        return ends
    }

    private static func body(
        of end: String, _ lines: [Substring], _ place: inout Int, _ path: String, _ start: Int
    ) throws(ReadingProblem) -> String {
        var body: [Substring] = []
        while place < lines.count {
            let line = lines[place]
            place += 1
            if trimmed(line) == end { return body.joined(separator: "\n") }
            body.append(line)
        }
        throw ReadingProblem("the heredoc `\(end)` has no end", path: path, line: start)
    }
}
