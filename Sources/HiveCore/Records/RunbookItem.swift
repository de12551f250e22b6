/// One item of a list in a runbook, while it is read.
struct RunbookItem {
    /// How far the lines of the item are moved to the right.
    private let indent: Int
    private var part = Part.text
    private var parts: [Part: [String]] = [:]
    private var isInCommand = false

    private enum Part: Hashable { case text, command, expected, rollback }

    /// Nil for a line that begins no item: `1. …`, `1) …`, `- …`, `* …` or `+ …`.
    init?(opening line: ArraySlice<UInt8>) {
        let digits = line.prefix(while: MarkdownProse.isDigit)
        let rest = line.dropFirst(digits.count)
        guard let mark = rest.first else { return nil }
        let isNumber = !digits.isEmpty && (mark == UInt8(ascii: ".") || mark == UInt8(ascii: ")"))
        guard isNumber || (digits.isEmpty && "-*+".utf8.contains(mark)) else { return nil }
        let content = rest.dropFirst()
        guard content.isEmpty || content.first == RecordText.space else { return nil }
        indent = digits.count + 2
        read(content: Self.withoutBox(content.dropFirst()))
    }

    /// A box to tick is no part of what is to be done.
    private static func withoutBox(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let isBox = ["[ ] ", "[x] ", "[X] "].contains { line.starts(with: $0.utf8) }
        return isBox ? line.dropFirst(4) : line
    }

    /// Takes the next line of the item.
    mutating func read(_ line: ArraySlice<UInt8>, fence: inout MarkdownFence?) {
        let margin = line.prefix { $0 == RecordText.space }.count
        let line = line.dropFirst(min(margin, indent))
        if let open = fence {
            let isEnd = open.isClosed(by: line)
            if isEnd { fence = nil }
            if !isInCommand { parts[part, default: []].append(String(decoding: line, as: UTF8.self)) }
            if isInCommand, !isEnd { parts[.command, default: []].append(String(decoding: line, as: UTF8.self)) }
            if isEnd { isInCommand = false }
        } else if let opened = MarkdownFence(opening: line) {
            fence = opened
            isInCommand = part == .text
            if !isInCommand { parts[part, default: []].append(String(decoding: line, as: UTF8.self)) }
        } else {
            read(content: line)
        }
    }

    private mutating func read(content line: ArraySlice<UInt8>) {
        for (label, part) in [("Expected:", Part.expected), ("Rollback:", .rollback)] {
            for form in ["**\(label)**", "- \(label)", "* \(label)"] where line.starts(with: form.utf8) {
                self.part = part
                parts[part, default: []].append(
                    String(decoding: RecordText.trimmed(line.dropFirst(form.utf8.count)), as: UTF8.self))
                return
            }
        }
        parts[part, default: []].append(MarkdownProse.unescaped(line: line))
    }

    /// All of the item as prose.
    var prose: String {
        [Part.text, .command, .expected, .rollback].compactMap { text($0) }.joined(separator: "\n")
    }

    /// The item as a step; nil for one that says nothing.
    var step: RunbookStep? {
        RunbookStep(
            text: text(.text) ?? "", command: text(.command), expected: text(.expected), rollback: text(.rollback))
    }

    private func text(_ part: Part) -> String? { parts[part]?.joined(separator: "\n") }
}
