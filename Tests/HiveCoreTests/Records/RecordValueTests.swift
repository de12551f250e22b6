import HiveCore
import Testing

/// Words that people use, and rules of what may follow what.
@Suite struct RecordValueTests {
    @Test(
        "Severities go by many names",
        arguments: [
            ("sev1", Severity.sev1), ("SEV-2", .sev2), ("p3", .sev3), ("4", .sev4), ("Critical", .sev1),
            ("high", .sev2),
            ("medium", .sev3), ("low", .sev4), ("moderate", .sev3), ("sev 1", .sev1),
        ])
    func severities(word: String, severity: Severity) { #expect(Severity(word: word) == severity) }

    @Test("Other words are no severity", arguments: ["", "sev5", "0", "urgent!", "sev", "p"])
    func noSeverity(word: String) { #expect(Severity(word: word) == nil) }

    @Test("Every status of an incident is reached, none leads to itself, and only investigating opens a resolved one")
    func transitions() {
        for status in IncidentStatus.allCases { #expect(!status.successors.contains(status)) }
        #expect(IncidentStatus.resolved.successors == [.investigating])
        let reached = Set(IncidentStatus.allCases.flatMap(\.successors))
        #expect(reached == Set(IncidentStatus.allCases).subtracting([.open]))
    }

    @Test("A status keeps the time of its change until it changes")
    func following() {
        let time = { (seconds: Int64) in Timestamp(milliseconds: seconds * 1000) }
        let first = Observation(status: .ok, at: time(1)).following(nil)
        let second = Observation(status: .ok, at: time(2)).following(first)
        #expect(second.changedAt == time(1) && second.previous == nil)
        let third = Observation(status: .down, at: time(3)).following(second)
        #expect(third.changedAt == time(3) && third.previous == .ok)
        let fourth = Observation(status: .down, at: time(4)).following(third)
        #expect(fourth.changedAt == time(3) && fourth.previous == .ok)
        #expect(Observation(fourth.value) == fourth)
    }

    @Test("What another node wrote wrongly is read as unknown and never a crash")
    func malformed() {
        for value in [nil, CBORValue.null, .text("x"), .array([]), .map(["status": .unsigned(1), "at": .text("x")])] {
            #expect(Observation(value).status == .unknown)
        }
        #expect(RunbookStep(CBORValue.null) == nil)
        #expect(RunbookRun(CBORValue.map(["outcome": .text("odd")])) == nil)
        #expect(TimelineEntry(CBORValue.text("an old form")).text == "an old form")
    }

    @Test("Entries and runs come back from the form that they are kept in")
    func forms() {
        let entry = TimelineEntry(at: Timestamp(milliseconds: 5), text: "t", status: .mitigated, agent: "ann")
        #expect(TimelineEntry(entry.value) == entry)
        let run = RunbookRun(
            at: Timestamp(milliseconds: 5), outcome: .partial, incident: "i", note: "n", seconds: 60, agent: "ann")
        #expect(RunbookRun(run.value) == run)
    }

    @Test("Names of machines are kept in lower case and hold no white space")
    func names() {
        #expect(InfrastructureState.name(" Web-3 ") == "web-3")
        for text in ["", " ", "a b", "a\tb", "a\u{2028}b"] { #expect(InfrastructureState.name(text) == nil) }
        let one = InfrastructureState.document(machine: "a", component: "bc", in: ScopeID(.zero), generation: 0)
        #expect(one != InfrastructureState.document(machine: "ab", component: "c", in: ScopeID(.zero), generation: 0))
        #expect(one != InfrastructureState.document(machine: "a", component: "bc", in: ScopeID(.zero), generation: 1))
        let there = ScopeID(.sha256([1]))
        #expect(one != InfrastructureState.document(machine: "a", component: "bc", in: there, generation: 0))
    }

    @Test("A procedure is read line by line, with its marks taken off and its commands put to their steps")
    func procedure() {
        let steps = Runbook.procedure("1. Look\n$ df -h\n- drop old logs\n\n  3) check\n2026 was a year\n-x stays")
        #expect(steps.map(\.text) == ["Look", "drop old logs", "check", "2026 was a year", "-x stays"])
        #expect(steps[0].command == "df -h")
        #expect(Runbook.procedure(" \n ").isEmpty)
        #expect(Runbook.procedure("$ ls").map(\.command) == ["ls"])
    }
}
