/// Looks at a text before it is parsed: what would nest without end or multiply is refused unread.
package enum YAMLHazards {
    package struct Hazard: Sendable {
        package let message: String
        package let line: Int
        package let column: Int
        package let hint: String
    }

    /// Whoever allows aliases follows them within limits of its own.
    package static func first(in text: String, allowsAliases: Bool = false) -> Hazard? {
        var depth = 0
        var anchors: Set<Substring> = []
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if let hazard = indentation(line, number) ?? brackets(line, number, &depth) { return hazard }
            if !allowsAliases, let hazard = aliases(line, number, &anchors) { return hazard }
        }
        return nil
    }

    /// Every level of nesting without brackets stands further to the right.
    private static func indentation(_ line: Substring, _ number: Int) -> Hazard? {
        let lead = line.prefix { $0 == " " || $0 == "-" || $0 == "?" }
        guard lead.count > YAMLComposer.maximumIndentation, lead.count < line.count || lead.contains("-") else {
            return nil
        }
        return Hazard(
            message: "the line is indented further than \(YAMLComposer.maximumIndentation) columns", line: number + 1,
            column: YAMLComposer.maximumIndentation + 1, hint: "nest less deeply")
    }

    /// Counts brackets, those in quotes too: nobody writes that many in a row.
    private static func brackets(_ line: Substring, _ number: Int, _ depth: inout Int) -> Hazard? {
        guard line.utf8.contains(where: { "[]{}".utf8.contains($0) }) else { return nil }
        for (column, byte) in line.utf8.enumerated() {
            if byte == UInt8(ascii: "[") || byte == UInt8(ascii: "{") { depth += 1 }
            if byte == UInt8(ascii: "]") || byte == UInt8(ascii: "}") { depth = max(0, depth - 1) }
            if depth > YAMLComposer.maximumDepth {
                return Hazard(
                    message: "more than \(YAMLComposer.maximumDepth) brackets are open", line: number + 1,
                    column: column + 1, hint: "nest less deeply")
            }
        }
        return nil
    }

    /// `*name` after `&name`: copies that can multiply.
    private static func aliases(_ line: Substring, _ number: Int, _ anchors: inout Set<Substring>) -> Hazard? {
        guard line.contains("&") || line.contains("*") else { return nil }
        var previous: Character = " "
        var place = line.startIndex
        while place < line.endIndex {
            let character = line[place]
            let isFirst = previous.isWhitespace || "[{,-:".contains(previous)
            let next = line.index(after: place)
            if isFirst, character == "&" || character == "*" {
                let name = line[next...].prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" }
                if !name.isEmpty, character == "&" { anchors.insert(name) }
                if !name.isEmpty, character == "*", anchors.contains(name) {
                    return Hazard(
                        message: "the alias `*\(name)` is not supported", line: number + 1,
                        column: line.distance(from: line.startIndex, to: place) + 1, hint: "write the value out again")
                }
            }
            previous = character
            place = next
        }
        return nil
    }
}
