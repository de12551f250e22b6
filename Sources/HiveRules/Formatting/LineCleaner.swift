/// Lines without spaces at their ends and without more than one blank line in a row.
enum LineCleaner {
    static func isBlankOrComment(_ line: String) -> Bool {
        let text = line.drop { $0 == " " }
        return text.isEmpty || text.hasPrefix("#")
    }

    /// Leaves the lines of block texts (`|` and `>`) as they are.
    static func clean(_ lines: [String]) -> [String] {
        var result: [String] = []
        var textDepth: Int?
        for line in lines {
            let depth = line.prefix { $0 == " " }.count
            if let opened = textDepth {
                if line.allSatisfy({ $0 == " " }) || depth > opened {
                    result.append(line)
                    continue
                }
                textDepth = nil
            }
            let trimmed = trimmedEnd(line)
            if beginsText(trimmed) { textDepth = keyDepth(trimmed) }
            if trimmed.isEmpty, result.last?.isEmpty ?? true { continue }
            result.append(trimmed)
        }
        return result
    }

    /// The text of some lines; none where there is nothing but blanks.
    static func join(_ lines: [String]) -> String {
        var lines = lines
        while lines.last.map({ $0.allSatisfy { $0 == " " } }) == true { lines.removeLast() }
        while lines.first?.isEmpty == true { lines.removeFirst() }
        return lines.isEmpty ? "" : lines.joined(separator: "\n") + "\n"
    }

    /// Whether a block text begins behind the line.
    private static func beginsText(_ line: String) -> Bool {
        guard !isBlankOrComment(line), let last = line.split(separator: " ").last else { return false }
        return last.first.map { "|>".contains($0) } == true
            && last.dropFirst().allSatisfy { "+-0123456789".contains($0) }
    }

    /// Where the key of a block text stands, behind the dashes of lists.
    private static func keyDepth(_ line: String) -> Int {
        line.prefix { $0 == " " || $0 == "-" }.count
    }

    private static func trimmedEnd(_ line: String) -> String {
        String(line.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
    }

    /// All lines moved to the right, or to the left as far as there are spaces.
    static func shifted(_ lines: [String], by columns: Int) -> [String] {
        lines.map { line in
            if line.isEmpty || columns == 0 { return line }
            if columns > 0 { return String(repeating: " ", count: columns) + line }
            return String(line.dropFirst(min(-columns, line.prefix { $0 == " " }.count)))
        }
    }

    /// Moved so that the first line stands at a column.
    static func indented(_ lines: [String], to column: Int) -> [String] {
        guard let depth = lines.first(where: { !isBlankOrComment($0) })?.prefix(while: { $0 == " " }).count else {
            return lines
        }
        return shifted(lines, by: column - depth)
    }
}
