/// Lines up columns for people.
enum Table {
    static func text(_ header: [String], _ rows: [[String]]) -> String {
        guard !rows.isEmpty else { return "none" }
        let all = ([header] + rows).map { $0.map(cell) }
        let widths = header.indices.map { column in all.map { TextWidth.of($0[column]) }.max() ?? 0 }
        let lines = all.map { row in
            zip(row, widths).map { cell, width in cell + String(repeating: " ", count: width - TextWidth.of(cell)) }
                .joined(separator: "  ").trimmedEnd
        }
        return ([Paint.bold(lines[0])] + lines.dropFirst()).joined(separator: "\n")
    }

    /// A cell has one line, whatever its text holds.
    private static func cell(_ text: String) -> String {
        HarmlessText.of(String(text.map { $0.isNewline || $0 == "\t" ? " " : $0 }))
    }

    /// The beginning of a text on one line.
    static func excerpt(_ text: String?, _ length: Int = 72) -> String {
        let line = (text ?? "").split(whereSeparator: \.isNewline).joined(separator: " ")
        return TextWidth.of(line) <= length ? line : TextWidth.prefix(of: line, length - 1) + "…"
    }

    static func short(_ id: String) -> String { String(id.prefix(8)) }
}

extension String {
    fileprivate var trimmedEnd: String { String(reversed().drop { $0 == " " }.reversed()) }
}
