import HiveAPI
import HiveCore
import HiveTesting
import Testing

@testable import HiveNode

/// Runbooks are kept by their parts, as Markdown, or drafted from what was done.
@Suite struct RunbookTests {
    private let request = WriteRunbook(
        title: "Restart nginx", trigger: "502", preconditions: ["root"],
        steps: [RunbookStepRecord(text: "Restart", command: "systemctl restart nginx", expected: "active")],
        systems: ["Web"], owner: "ops", reviewedAt: "2026-11-01", tags: ["prod"])

    @Test("A runbook comes back as it was given, as a memory too, and its Markdown makes the same one")
    func parts() async throws {
        let lone = try LoneNode()
        let kept = try await lone.node.writeRunbook(request, as: .agent)
        #expect(kept.steps == request.steps && kept.systems == ["Web"] && kept.tags == ["prod"])
        #expect(kept.reviewedAt == "2026-11-01T00:00:00.000Z")
        let memory = try await lone.node.memory(kept.id, as: .agent)
        #expect(memory.kind == "procedural" && memory.category == "runbook" && memory.content == kept.markdown)
        #expect(memory.record?["owner"] == "ops" && memory.record?["markdown"] == nil)
        let copy = try await lone.node.writeRunbook(WriteRunbook(markdown: kept.markdown), as: .agent)
        #expect(copy.markdown == kept.markdown && copy.id != kept.id)
        #expect(try await lone.search("systemctl").map(\.memory.id).contains(kept.id))
        #expect(try await lone.node.runbooks(RunbookQuery(system: "web", owner: "ops"), as: .agent).items.count == 2)
        #expect(try await lone.node.runbooks(RunbookQuery(owner: "dev"), as: .agent).items.isEmpty)
        #expect(try await lone.node.runbooks(RunbookQuery(q: "restart nginx"), as: .agent).items.count == 2)
    }

    @Test("Changes touch what they name; Markdown replaces all; a change of nothing writes nothing")
    func updates() async throws {
        let lone = try LoneNode()
        let kept = try await lone.node.writeRunbook(request, as: .agent)
        let same = try await lone.node.updateRunbook(
            kept.id, with: WriteRunbook(owner: "ops", tags: ["prod"]), as: .agent)
        #expect(same.version == kept.version)
        let changed = try await lone.node.updateRunbook(
            kept.id, with: WriteRunbook(systems: ["web", "cdn"], owner: "platform"), as: .agent)
        #expect(changed.owner == "platform" && changed.systems == ["cdn", "web"] && changed.steps == kept.steps)
        let replaced = try await lone.node.updateRunbook(
            kept.id, with: WriteRunbook(markdown: "# New\n\n## Steps\n\n1. one\n2. two\n"), as: .agent)
        #expect(
            replaced.owner == nil && replaced.systems.isEmpty && replaced.steps.count == 2 && replaced.trigger == nil)
    }

    @Test("Two who change the same part at once leave both, and say so")
    func contested() async throws {
        let lone = try LoneNode()
        let kept = try await lone.node.writeRunbook(request, as: .agent)
        func change(_ owner: String) async throws -> RunbookRecord {
            let request = WriteRunbook(owner: owner, version: kept.version)
            return try await lone.node.updateRunbook(kept.id, with: request, as: .agent)
        }
        #expect(try await !change("one").contested)
        #expect(try await change("two").contested)
        let conflicts = try await lone.node.conflicts(as: .agent).items
        #expect(conflicts.map(\.field) == ["owner"] && Set(conflicts[0].siblings.map(\.value)) == ["one", "two"])
    }

    @Test("A conflict is settled by a value that the record can be read from, and by no other")
    func settling() async throws {
        let lone = try LoneNode()
        let kept = try await lone.node.writeRunbook(request, as: .agent)
        for text in ["one", "two"] {
            let change = WriteRunbook(procedure: text, version: kept.version)
            _ = try await lone.node.updateRunbook(kept.id, with: change, as: .agent)
        }
        let id = try #require(try await lone.node.conflicts(as: .agent).items.first?.id)
        for wrong in ["x", [], [["text": " "]], 1] as [JSONValue] {
            await #expect(throws: HiveError(.invalidInput, "")) {
                try await lone.node.resolve(id, with: ResolveConflict(value: wrong), as: .agent)
            }
        }
        _ = try await lone.node.resolve(id, with: ResolveConflict(value: [["text": "one, then two"]]), as: .agent)
        let settled = try await lone.node.runbook(kept.id, as: .agent)
        #expect(!settled.contested && settled.steps.map(\.text) == ["one, then two"])
    }

    @Test(
        "Values of other fields are held to their form",
        arguments: [
            (EngramField.phase, CBORValue.text("gone")), (EngramField.phase, .null),
            (EngramField.severity, .text("high")),
            (EngramField.title, .text(" ")), (EngramField.detectedAt, .text("now")),
            (EngramField.observation, .map([:])),
            (EngramField.preconditions, .array([.null])), (EngramField.summary, .bool(true)),
        ])
    func forms(field: UInt64, value: CBORValue) {
        #expect(throws: HiveError(.invalidInput, "")) { try RecordFieldCheck.check(value, in: .number(field)) }
    }

    @Test("Runs are counted, with how they went, how long they took and what for")
    func runs() async throws {
        let lone = try LoneNode()
        let kept = try await lone.node.writeRunbook(request, as: .agent)
        let incident = try await lone.node.openIncident(OpenIncident(title: "x", severity: "low"), as: .agent)
        for (outcome, seconds) in [("success", 60), ("failure", 600), ("success", 120)] {
            let run = RecordRun(outcome: outcome, incident: String(incident.id.prefix(8)), seconds: seconds)
            _ = try await lone.node.recordRun(kept.id, with: run, as: .agent)
        }
        let use = try await lone.node.recordRun(kept.id, with: RecordRun(outcome: "partial"), as: .agent).statistics
        #expect((use.runs, use.successes, use.partial, use.failures) == (4, 2, 1, 1))
        #expect(use.medianSeconds == 120 && use.incidents == [incident.id])
        await #expect(throws: HiveError(.invalidInput, "")) {
            try await lone.node.recordRun(kept.id, with: RecordRun(outcome: "great"), as: .agent)
        }
        await #expect(throws: HiveError(.notFound, "")) {
            try await lone.node.recordRun(kept.id, with: RecordRun(outcome: "success", incident: kept.id), as: .agent)
        }
    }

    @Test("A draft from an incident has its notes as steps, their commands, and the resolution last")
    func drafts() async throws {
        let lone = try LoneNode()
        let incident = try await lone.node.openIncident(
            OpenIncident(title: "checkout answers 502", severity: "high", systems: ["checkout"]), as: .agent)
        let empty = WriteRunbook(source: incident.id)
        await #expect(throws: HiveError(.invalidInput, "")) { try await lone.node.writeRunbook(empty, as: .agent) }
        for note in ["looked at the pool\n$ psql -c 'select 1'", "found it full"] {
            lone.advance(seconds: 1)
            _ = try await lone.node.updateIncident(incident.id, with: UpdateIncident(note: note), as: .agent)
        }
        _ = try await lone.node.updateIncident(
            incident.id, with: UpdateIncident(resolution: "raised the limit", lessons: "watch the pool"), as: .agent)
        let draft = try await lone.node.writeRunbook(
            WriteRunbook(owner: "ops", source: String(incident.id.prefix(8))), as: .agent)
        #expect(draft.steps.map(\.text) == ["looked at the pool", "found it full", "raised the limit"])
        #expect(draft.steps[0].command == "psql -c 'select 1'")
        #expect(draft.summary == "watch the pool" && draft.owner == "ops" && draft.tags == ["draft"])
        #expect(draft.links == [MemoryLink(relation: "derived_from", target: incident.id)])
    }

    @Test("A draft from another memory has its lines as steps")
    func draftFromNote() async throws {
        let lone = try LoneNode()
        let note = try await lone.store("Free the disk\n1. look\n$ df -h\n2. drop logs") { $0.kind = "procedural" }
        let draft = try await lone.node.writeRunbook(WriteRunbook(title: "Free it", source: note), as: .agent)
        #expect(draft.steps.map(\.text) == ["Free the disk", "look", "drop logs"])
    }

    @Test(
        "What is no runbook is refused",
        arguments: [
            WriteRunbook(), WriteRunbook(title: "t"), WriteRunbook(title: " ", procedure: "x"),
            WriteRunbook(title: "t", steps: [RunbookStepRecord(text: " ")]),
            WriteRunbook(title: "t", steps: [RunbookStepRecord(text: "x")], procedure: "y"),
            WriteRunbook(markdown: "no title"), WriteRunbook(markdown: "# t\n\nno steps"),
            WriteRunbook(markdown: "# t", source: "abcd"), WriteRunbook(title: "t", procedure: "x", reviewedAt: "soon"),
        ])
    func refused(request: WriteRunbook) async throws {
        let lone = try LoneNode()
        await #expect(throws: HiveError(.invalidInput, "")) { try await lone.node.writeRunbook(request, as: .agent) }
        #expect(try await lone.node.runbooks(RunbookQuery(), as: .agent).items.isEmpty)
    }

    @Test("Too many steps, and texts that are too long, are refused with what is allowed")
    func limits() async throws {
        let lone = try LoneNode()
        let many = WriteRunbook(title: "t", procedure: String(repeating: "x\n", count: 201))
        let long = WriteRunbook(title: "t", summary: String(repeating: "x", count: 40_000), procedure: "x")
        for request in [many, long] {
            await #expect(throws: HiveError(.tooLarge, "")) { try await lone.node.writeRunbook(request, as: .agent) }
        }
    }
}
