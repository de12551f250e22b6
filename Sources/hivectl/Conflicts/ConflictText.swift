import HiveAPI

/// A conflict as people read it: each value as its difference from the one before the values parted, or else from the one
/// that is shown.
struct ConflictText {
    let conflict: Conflict

    /// Many lines: who wrote which value when, and what is different about it.
    var text: String {
        var lines = [heading]
        let base = base
        if let base { lines += ["", "  " + Paint.dim("\(base.name):")] + Self.plain(base.value) }
        for sibling in conflict.siblings {
            lines += ["", "  " + title(of: sibling)]
            lines += base.map { Self.difference($0.value, sibling.value) } ?? Self.plain(sibling.value)
            lines += sibling.alone.map { "      " + Paint.dim("known here alone: ") + $0 }
        }
        if let merged = conflict.merged {
            lines += ["", "  " + Paint.bold("* made from all of them")] + Self.plain(merged)
        }
        return lines.joined(separator: "\n")
    }

    /// Some lines: for a list of many.
    var summary: String {
        let values = conflict.siblings.map { sibling in
            "  \(title(of: sibling))\n      \(Table.excerpt(sibling.value.string ?? sibling.value.text, 160))"
        }
        return ([heading] + values).joined(separator: "\n")
    }

    private var heading: String {
        let place = [conflict.scope, conflict.category].compactMap { $0 }.joined(separator: ", ")
        return Paint.bold(conflict.id) + (conflict.escalated ? Paint.yellow("  waits for a person") : "")
            + "\n  \(conflict.kind) conflict in \(conflict.field)\(place.isEmpty ? "" : " (\(place))"), shown by policy "
            + "\(conflict.policy), since \(conflict.since):"
    }

    private func title(of sibling: ConflictSibling) -> String {
        let agent = sibling.author.agent.map { $0 + " on " } ?? ""
        var text = "\(sibling.shown ? "*" : " ") \(sibling.at)  \(agent)\(Table.short(sibling.author.node))"
        if let memory = sibling.memory { text += ", memory \(Table.short(memory))" }
        if sibling.memory != nil, let confidence = sibling.confidence {
            text += ", believed \(MemoryCommands.share(confidence))"
        }
        return sibling.shown ? Paint.bold(text) : text
    }

    /// What values are compared with; nil where the first to be seen is one of them.
    private var base: (name: String, value: JSONValue)? {
        if let ancestor = conflict.ancestor { return ("before", ancestor) }
        guard let shown = conflict.siblings.first(where: \.shown), conflict.siblings.count > 1 else { return nil }
        return ("shown", shown.value)
    }

    private static func plain(_ value: JSONValue) -> [String] {
        lines(of: value).map { "        " + $0 }
    }

    /// A value's lines: those of a text, the items of a list, or the value itself.
    private static func lines(of value: JSONValue) -> [String] {
        if let text = value.string {
            return text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        }
        if let items = value.array { return items.map { "- \($0.string ?? $0.text)" } }
        return [value.text]
    }

    private static func difference(_ old: JSONValue, _ new: JSONValue) -> [String] {
        if old == new { return ["      " + Paint.dim("the same")] }
        if let (was, now) = numbers(old, new) {
            let change = now - was
            return plain(new) + ["      " + Paint.dim("\(change > 0 ? "+" : "")\(JSONValue.number(change).text)")]
        }
        let parts = TextDiff.between(lines(of: old), lines(of: new))
        return refined(parts).map { "      " + $0 }
    }

    private static func numbers(_ old: JSONValue, _ new: JSONValue) -> (Double, Double)? {
        func number(_ value: JSONValue) -> Double? {
            switch value {
            case .integer(let number): Double(number)
            case .number(let number): number
            default: nil
            }
        }
        guard let was = number(old), let now = number(new) else { return nil }
        return (was, now)
    }

    /// Lines with - and +; where one line takes the place of one, its words are marked.
    private static func refined(_ parts: [TextDiff.Part]) -> [String] {
        var lines: [String] = []
        var index = 0
        while index < parts.count {
            switch parts[index] {
            case .same(let line): lines.append("  " + line)
            case .new(let line): lines.append(Paint.green("+ " + line))
            case .gone(let line):
                guard index + 1 < parts.count, case .new(let other) = parts[index + 1],
                    isLone(parts, at: index)
                else {
                    lines.append(Paint.red("- " + line))
                    break
                }
                let words = TextDiff.between(TextDiff.words(line), TextDiff.words(other))
                lines.append(marked(words, isNew: false))
                lines.append(marked(words, isNew: true))
                index += 1
            }
            index += 1
        }
        return lines
    }

    /// Whether exactly one line goes and one comes at a place.
    private static func isLone(_ parts: [TextDiff.Part], at index: Int) -> Bool {
        if index > 0, case .gone = parts[index - 1] { return false }
        guard index + 2 < parts.count, case .new = parts[index + 2] else { return true }
        return false
    }

    /// Without colours, `[-words-]` that go and `{+words+}` that come are marked as `git diff --word-diff` does it.
    private static func marked(_ words: [TextDiff.Part], isNew: Bool) -> String {
        var (text, run) = ("", "")
        func closeRun() {
            if !run.isEmpty { text += isNew ? Paint.green("{+\(run)+}") : Paint.red("[-\(run)-]") }
            run = ""
        }
        for part in words {
            switch part {
            case .same(let word):
                closeRun()
                text += word
            case .gone(let word): if !isNew { run += word }
            case .new(let word): if isNew { run += word }
            }
        }
        closeRun()
        return (isNew ? "+ " : "- ") + text
    }
}
