import HiveCore

/// Runbooks of texts that are hard on Markdown, the same for the same seed.
struct RunbookGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1 }

    private static let pieces = [
        "#", "## Steps", "# ", "-", "- ", "* ", "+ ", "1. ", "12) ", "1\\.", "```", "~~~", "```sh", "`",
        "**Expected:** ",
        "**Rollback:**", "- Expected: x", "- Owner: x", "- System: y", "---", "===", ">", "|", "<b>", "[ ] ", "[x] ",
        "\\",
        "\\\\", "\\#", "\\a", "\n", "\n\n", "\r\n", "\r", "\t", " ", "   ", "    ", "\u{301}", "é", "内存", "👩‍👧",
        "\u{2028}",
        "\u{85}", "\u{0}", "word", "kubectl get pods -A | grep -v Running", "$ ls", "Expected:", "_", "=", "0", "9",
        ".",
    ]

    mutating func next(_ bound: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int((state >> 33) % UInt64(bound))
    }

    mutating func text() -> String {
        var text = ""
        for _ in 0..<(1 + next(9)) { text += Self.pieces[next(Self.pieces.count)] }
        return text
    }

    private mutating func maybe() -> String? { next(2) == 0 ? nil : text() }

    mutating func runbook() -> Runbook {
        var steps: [RunbookStep] = []
        // More than nine, so that some numbers have two digits.
        for _ in 0..<(1 + next(12)) {
            if let step = RunbookStep(text: text(), command: maybe(), expected: maybe(), rollback: maybe()) {
                steps.append(step)
            }
        }
        let preconditions = (0..<next(4)).map { _ in text() }
        let systems = (0..<next(4)).map { _ in text() }
        let reviewedAt = next(2) == 0 ? nil : Timestamp(milliseconds: Int64(next(2_000_000_000)) * 1000 + 7)
        let made = Runbook(
            title: "t" + text(), summary: maybe(), trigger: maybe(), preconditions: preconditions, steps: steps,
            expectedOutcome: maybe(), systems: systems, owner: maybe(), reviewedAt: reviewedAt)
        guard let made else { preconditionFailure("a title that begins with a letter is never empty") }
        return made
    }
}
