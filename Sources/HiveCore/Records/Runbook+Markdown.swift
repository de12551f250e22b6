/// A runbook as Markdown that people can read and edit, and that reads back as the same runbook.
extension Runbook {
    public var markdown: String {
        var blocks = ["# " + title]
        var facts: [String] = []
        if let owner { facts.append("- Owner: " + owner) }
        if let reviewedAt { facts.append("- Reviewed: " + reviewedAt.rfc3339) }
        facts += systems.map { "- System: " + $0 }
        if !facts.isEmpty { blocks.append(facts.joined(separator: "\n")) }
        if let summary { blocks.append(MarkdownProse.escaped(summary, indent: 0)) }
        if let trigger { blocks += ["## Trigger", MarkdownProse.escaped(trigger, indent: 0)] }
        if !preconditions.isEmpty {
            let items = preconditions.map { "- " + MarkdownProse.escaped($0, indent: 2) }
            blocks += ["## Preconditions", items.joined(separator: "\n")]
        }
        if !steps.isEmpty {
            blocks += ["## Steps"] + steps.enumerated().map { Self.markdown($0.element, number: $0.offset + 1) }
        }
        if let expectedOutcome {
            blocks += ["## Expected outcome", MarkdownProse.escaped(expectedOutcome, indent: 0)]
        }
        return blocks.joined(separator: "\n\n") + "\n"
    }

    private static func markdown(_ step: RunbookStep, number: Int) -> String {
        let marker = "\(number). "
        let indent = marker.utf8.count
        let margin = String(repeating: " ", count: indent)
        var blocks = [marker + MarkdownProse.escaped(step.text, indent: indent)]
        if let command = step.command {
            let fence = String(repeating: "`", count: max(3, longestTicks(in: command) + 1))
            let lines = [fence + "sh"] + MarkdownProse.lines(command) + [fence]
            blocks.append(lines.map { $0.isEmpty ? "" : margin + $0 }.joined(separator: "\n"))
        }
        for (label, text) in [("Expected", step.expected), ("Rollback", step.rollback)] {
            guard let text else { continue }
            // What follows the label begins no line, so only the lines after it are escaped.
            let lines = MarkdownProse.lines(text)
            let rest = lines.dropFirst().map { $0.isEmpty ? "" : margin + MarkdownProse.escaped(line: $0) }
            blocks.append((["\(margin)**\(label):** \(lines[0])"] + rest).joined(separator: "\n"))
        }
        return blocks.joined(separator: "\n\n")
    }

    private static func longestTicks(in text: String) -> Int {
        var longest = 0
        var length = 0
        for byte in text.utf8 {
            length = byte == UInt8(ascii: "`") ? length + 1 : 0
            longest = max(longest, length)
        }
        return longest
    }
}
