import HiveTesting
import Testing

@testable import HiveCore

/// Summaries are made of sentences that were written.
@Suite struct ExtractiveSummarizerTests {
    private static let parts = [
        "the disk of web-3 was full", "logs were rotated by hand", "kube-proxy was restarted",
        "the alarm rang at night",
        "e.g. on sunday", "nobody was called", "磁盘已满", "ERR_CONN_RESET was seen", "it took 4.5 minutes",
    ]
    private static let ends = [". ", "! ", "\n", "。", "? ", " … ", ".", "\r\n"]

    private func text(using random: inout SeededRandom) -> String {
        (0..<Int.random(in: 0...12, using: &random)).map { _ in
            (Self.parts.randomElement(using: &random) ?? "") + (Self.ends.randomElement(using: &random) ?? "")
        }.joined()
    }

    @Test("Every sentence is one of the originals, in their order, within the limit")
    func property() {
        var random = SeededRandom(seed: 11)
        for _ in 0..<300 {
            let texts = (0..<Int.random(in: 0...5, using: &random)).map { _ in text(using: &random) }
            let limit = Int.random(in: 1...400, using: &random)
            let summary = ExtractiveSummarizer(limit: limit).extract(texts)
            #expect(summary.count <= limit)
            let originals = texts.flatMap(Sentences.of).map(String.init)
            let lines = summary.split(whereSeparator: \.isNewline).map(String.init)
            let isWhole = lines.allSatisfy(originals.contains)
            let isBeginning = lines.count == 1 && originals.contains { $0.hasPrefix(lines[0]) }
            #expect(isWhole || isBeginning, "\(lines) of \(originals)")
            #expect(Set(lines).count == lines.count, "a sentence stands twice")
            #expect(texts.contains { !Sentences.of($0).isEmpty } == !summary.isEmpty)
            #expect(ExtractiveSummarizer(limit: limit).extract(texts) == summary, "it is not the same twice")
        }
    }

    @Test("What several texts say comes before what one says")
    func central() {
        let texts = [
            "The disk of web-3 was full. Somebody made coffee.", "Again the disk of web-3 was full. It rained outside.",
            "On friday the disk of web-3 was full once more. Lunch was late.",
        ]
        let summary = ExtractiveSummarizer(limit: 60).extract(texts)
        #expect(summary.contains("disk of web-3"))
    }

    @Test("Sentences end at full stops, line breaks and ideographic stops, not inside numbers and abbreviations")
    func sentences() {
        let text = "It took 4.5 s, e.g. on web-3. Then it was over!\n  done 。次。"
        #expect(
            Sentences.of(text).map(String.init) == [
                "It took 4.5 s, e.g. on web-3.", "Then it was over!", "done 。", "次。",
            ])
        #expect(Sentences.of(" \n\t").isEmpty)
    }

    @Test("Very long input is bounded")
    func long() {
        let text = (0..<5000).map { "sentence number \($0) about the weather." }.joined(separator: " ")
        let summary = ExtractiveSummarizer(limit: 200).extract([text, "one more."])
        #expect(!summary.isEmpty && summary.count <= 200)
    }
}
