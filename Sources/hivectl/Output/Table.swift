/// Lines up columns for people.
enum Table {
    static func text(_ header: [String], _ rows: [[String]]) -> String {
        guard !rows.isEmpty else { return "none" }
        let all = [header] + rows
        let widths = header.indices.map { column in all.map { $0[column].count }.max() ?? 0 }
        return all.map { row in
            zip(row, widths).map { cell, width in cell + String(repeating: " ", count: width - cell.count) }
                .joined(separator: "  ").trimmedEnd
        }.joined(separator: "\n")
    }

    /// The beginning of a text on one line.
    static func excerpt(_ text: String?, _ length: Int = 72) -> String {
        let line = (text ?? "").split(whereSeparator: \.isNewline).joined(separator: " ")
        return line.count <= length ? line : line.prefix(length - 1) + "…"
    }

    static func short(_ id: String) -> String { String(id.prefix(8)) }
}

extension String {
    fileprivate var trimmedEnd: String { String(reversed().drop { $0 == " " }.reversed()) }
}
