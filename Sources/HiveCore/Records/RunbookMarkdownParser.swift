extension Runbook {
    /// Reads what `markdown` wrote, and what people write by hand: sections named in other words, lists with other
    /// marks, fences that are not indented, front matter. What has no field of its own becomes part of the summary.
    public init(markdown text: String) throws(RunbookMarkdownError) {
        var parser = RunbookMarkdownParser(text)
        self = try parser.runbook()
    }
}

/// Goes through a file line by line, in bytes.
struct RunbookMarkdownParser {
    private let lines: [ArraySlice<UInt8>]
    private var next = 0
    private var title: String?
    private var owner: String?
    private var reviewedAt: Timestamp?
    private var systems: [String] = []
    private var sections: [Section: [String]] = [:]
    private var items: [Section: [RunbookItem]] = [:]
    private var section = Section.summary
    private var fence: MarkdownFence?

    /// The parts of a runbook.
    enum Section: Hashable {
        case summary, trigger, preconditions, steps, outcome

        /// By the words of a heading; nil for other words.
        init?(heading: String) {
            switch heading.lowercased().filter({ $0.isLetter || $0 == " " }) {
            case "trigger", "when", "when to use", "when to use this": self = .trigger
            case "preconditions", "prerequisites", "before you begin", "requirements": self = .preconditions
            case "steps", "procedure", "instructions": self = .steps
            case "expected outcome", "expected result", "outcome": self = .outcome
            default: return nil
            }
        }

        var isList: Bool { self == .preconditions || self == .steps }
    }

    init(_ text: String) {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let bytes = RecordText.unified(text)
        let start = bytes.starts(with: mark) ? mark.count : 0
        lines = bytes[start...].split(separator: RecordText.newline, omittingEmptySubsequences: false)
    }

    mutating func runbook() throws(RunbookMarkdownError) -> Runbook {
        skipFrontMatter()
        try readTitle()
        try readFacts()
        while next < lines.count {
            read(lines[next])
            next += 1
        }
        let steps = (items[.steps] ?? []).compactMap(\.step)
        let made = Runbook(
            title: title ?? "", summary: text(of: .summary), trigger: text(of: .trigger),
            preconditions: (items[.preconditions] ?? []).map(\.prose), steps: steps,
            expectedOutcome: text(of: .outcome), systems: systems, owner: owner, reviewedAt: reviewedAt)
        guard let made else { throw lackOfTitle }
        return made
    }

    private func text(of section: Section) -> String? { sections[section]?.joined(separator: "\n") }

    // MARK: The head

    private mutating func skipFrontMatter() {
        guard lines.first.map(RecordText.trimmed)?.elementsEqual("---".utf8) == true,
            let end = lines.dropFirst().firstIndex(where: { RecordText.trimmed($0).elementsEqual("---".utf8) })
        else { return }
        next = end + 1
    }

    private mutating func skipBlank() {
        while next < lines.count, RecordText.trimmed(lines[next]).isEmpty { next += 1 }
    }

    private var lackOfTitle: RunbookMarkdownError {
        RunbookMarkdownError(
            line: min(next + 1, lines.count), message: "a runbook begins with its title",
            hint: "write a first line like `# Restart kube-proxy`")
    }

    private mutating func readTitle() throws(RunbookMarkdownError) {
        skipBlank()
        guard next < lines.count, lines[next].starts(with: "# ".utf8),
            let line = RecordText.line(String(decoding: lines[next].dropFirst(2), as: UTF8.self))
        else { throw lackOfTitle }
        title = line
        next += 1
    }

    /// `- Owner: …`, `- Reviewed: …` and `- System: …` right below the title.
    private mutating func readFacts() throws(RunbookMarkdownError) {
        skipBlank()
        while next < lines.count {
            if let value = fact("- Owner:") {
                owner = value
            } else if let value = fact("- System:") {
                systems.append(value)
            } else if let value = fact("- Reviewed:") {
                guard let time = Timestamp(rfc3339: value) ?? Timestamp(rfc3339: value + "T00:00:00Z") else {
                    throw RunbookMarkdownError(
                        line: next + 1, message: "`\(value)` is no time of a review",
                        hint: "write it like 2026-11-21 or 2026-11-21T08:00:00Z")
                }
                reviewedAt = time
            } else {
                return
            }
            next += 1
        }
    }

    private func fact(_ label: String) -> String? {
        guard lines[next].starts(with: label.utf8) else { return nil }
        return RecordText.line(String(decoding: lines[next].dropFirst(label.utf8.count), as: UTF8.self))
    }

    // MARK: The body

    private mutating func read(_ line: ArraySlice<UInt8>) {
        if fence == nil, line.starts(with: "## ".utf8) {
            return open(String(decoding: line.dropFirst(3), as: UTF8.self))
        }
        if section.isList { return readListed(line) }
        if let open = fence {
            if open.isClosed(by: line) { fence = nil }
            sections[section, default: []].append(String(decoding: line, as: UTF8.self))
        } else {
            fence = MarkdownFence(opening: line)
            sections[section, default: []].append(MarkdownProse.unescaped(line: line))
        }
    }

    private mutating func open(_ heading: String) {
        if let known = Section(heading: heading) {
            section = known
        } else {
            section = .summary
            sections[.summary, default: []] += ["", "## " + heading, ""]
        }
    }

    private mutating func readListed(_ line: ArraySlice<UInt8>) {
        if fence == nil, let item = RunbookItem(opening: line) {
            items[section, default: []].append(item)
            return
        }
        guard let last = items[section]?.indices.last else {
            // Words before the first item belong to nothing else.
            sections[.summary, default: []].append(MarkdownProse.unescaped(line: line))
            return
        }
        items[section]?[last].read(line, fence: &fence)
    }
}
