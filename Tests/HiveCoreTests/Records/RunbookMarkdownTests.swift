import HiveCore
import Testing

/// Runbooks are written as Markdown and read back.
@Suite struct RunbookMarkdownTests {
    @Test("Whatever a runbook says is read back as it was written", arguments: 0..<400)
    func roundTrip(seed: UInt64) throws {
        var generator = RunbookGenerator(seed: seed)
        let runbook = generator.runbook()
        let text = runbook.markdown
        let read = try Runbook(markdown: text)
        #expect(read == runbook, "seed \(seed):\n\(text)")
        #expect(read.markdown == text, "seed \(seed)")
        #expect(Array(read.markdown.utf8) == Array(text.utf8), "seed \(seed)")
    }

    @Test("A runbook reads as people would write it")
    func shape() throws {
        let step = try #require(
            RunbookStep(text: "Restart it.", command: "systemctl restart nginx", expected: "200", rollback: "Stop it."))
        let last = try #require(RunbookStep(text: "- look\n1. again"))
        let runbook = try #require(
            Runbook(
                title: "Restart nginx", summary: "#1 remedy", trigger: "It answers 502.", preconditions: ["root"],
                steps: [step, last], expectedOutcome: "It answers.", systems: ["web"], owner: "ops",
                reviewedAt: Timestamp(milliseconds: 0)))
        #expect(
            runbook.markdown == """
                # Restart nginx

                - Owner: ops
                - Reviewed: 1970-01-01T00:00:00.000Z
                - System: web

                \\#1 remedy

                ## Trigger

                It answers 502.

                ## Preconditions

                - root

                ## Steps

                1. Restart it.

                   ```sh
                   systemctl restart nginx
                   ```

                   **Expected:** 200

                   **Rollback:** Stop it.

                2. \\- look
                   1\\. again

                ## Expected outcome

                It answers.

                """)
    }

    @Test("What people write by hand is understood")
    func byHand() throws {
        let runbook = try Runbook(
            markdown: """
                ---
                status: old
                ---
                # Free the disk

                - System: db-1
                - Reviewed: 2026-11-01

                Mind the *replicas*.

                ## When to use this
                The disk is full.

                ## Prerequisites
                * [ ] root
                * a shell

                ## Notes
                Ask Ann.

                ## Procedure
                1) Look
                ```
                df -h
                # not a title
                ```
                   - Expected: less than 90 %
                2) Drop old logs
                   - Rollback: none

                ## Expected result
                There is room.
                """)
        #expect(runbook.title == "Free the disk" && runbook.systems == ["db-1"])
        #expect(runbook.reviewedAt == Timestamp(rfc3339: "2026-11-01T00:00:00Z"))
        #expect(runbook.trigger == "The disk is full.")
        #expect(runbook.preconditions == ["root", "a shell"])
        #expect(runbook.steps.map(\.text) == ["Look", "Drop old logs"])
        #expect(runbook.steps[0].command == "df -h\n# not a title")
        #expect(runbook.steps[0].expected == "less than 90 %" && runbook.steps[1].rollback == "none")
        #expect(runbook.expectedOutcome == "There is room.")
        #expect(runbook.summary == "Mind the *replicas*.\n\n\n## Notes\n\nAsk Ann.")
        #expect(try Runbook(markdown: runbook.markdown) == runbook)
    }

    @Test(
        "What is no runbook is refused with its line",
        arguments: [("", 1), ("Steps\n", 1), ("\n\n## Steps\n1. x", 3), ("# a\n- Reviewed: soon\n", 2), ("#\n", 1)])
    func refused(text: String, line: Int) {
        let error = #expect(throws: RunbookMarkdownError.self) { try Runbook(markdown: text) }
        #expect(error?.line == line)
        #expect(error?.hint.isEmpty == false)
    }
}
