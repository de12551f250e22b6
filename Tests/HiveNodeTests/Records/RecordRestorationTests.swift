import HiveAPI
import HiveCore
import HiveTesting
import Testing

@testable import HiveNode

/// A record that was shown as JSON becomes the same record again: what exports and moves between hives live by.
@Suite struct RecordRestorationTests {
    private func again(_ memory: Memory, on lone: LoneNode) async throws -> Memory {
        let content = try #require(memory.content)
        var request = StoreMemory(content: content, category: memory.category, tags: memory.tags)
        request.record = memory.record
        let json = try JSONValue(parsing: request.json.bytes)
        return try await lone.node.store(try StoreMemory.strict(json), as: .agent).memory
    }

    @Test("Every type of record comes back with its fields and its text")
    func roundTrip() async throws {
        let (one, other) = (try LoneNode(), try LoneNode())
        one.advance(seconds: -1000)
        for status in ["ok", "down"] {
            one.advance(seconds: 5)
            let values: [String: JSONValue] = ["cpu": 97.5, "disk": ["used": 3]]
            _ = try await one.node.record(
                RecordInfrastructure(
                    machine: "web-3", component: "/var", status: status, type: "health_check", values: values,
                    note: "n",
                    tags: ["prod"]), as: .agent)
        }
        let incident = try await one.node.openIncident(
            OpenIncident(title: "502", summary: "s", severity: "p1", systems: ["b", "a"], lessons: "l"), as: .agent)
        for update in [UpdateIncident(note: "tried"), UpdateIncident(resolution: "done")] {
            one.advance(seconds: 5)
            _ = try await one.node.updateIncident(incident.id, with: update, as: .agent)
        }
        let runbook = try await one.node.writeRunbook(
            WriteRunbook(title: "r", preconditions: ["p"], procedure: "a\n$ b", owner: "o", reviewedAt: "2026-01-01"),
            as: .agent)
        _ = try await one.node.recordRun(
            runbook.id, with: RecordRun(outcome: "success", incident: incident.id, seconds: 9), as: .agent)
        let memories = try await one.node.search(MemoryQuery(), as: .agent).items.map(\.memory)
        #expect(memories.count == 3)
        for memory in memories {
            let copy = try await again(memory, on: other)
            #expect(copy.record == memory.record && copy.content == memory.content && copy.kind == memory.kind)
            #expect(copy.category == memory.category && copy.tags == memory.tags)
            #expect(try await other.node.history(copy.id, as: .agent).items.count == 1, "no content was written")
        }
        let state = try await other.node.infrastructure(of: "web-3", "/var", scope: nil, as: .agent)
        #expect(state.status == "down" && state.previousStatus == "ok")
        #expect(
            try await other.node.runbook(
                try await other.node.runbooks(RunbookQuery(), as: .agent).items[0].id, as: .agent
            ).statistics.successes == 1)
    }

    @Test("An older state does not replace a newer one, and a content of its own is kept")
    func olderAndOwn() async throws {
        let lone = try LoneNode()
        let first = try await lone.node.record(RecordInfrastructure(machine: "a", status: "ok"), as: .agent)
        let old = try await lone.node.memory(first.id, as: .agent)
        lone.advance(seconds: 5)
        _ = try await lone.node.record(RecordInfrastructure(machine: "a", status: "down"), as: .agent)
        #expect(try await again(old, on: lone).record?["status"] == "down")
        let incident = try await lone.node.openIncident(OpenIncident(title: "x", severity: "low"), as: .agent)
        _ = try await lone.node.update(incident.id, with: UpdateMemory(content: "my own words"), as: .agent)
        let memory = try await lone.node.memory(incident.id, as: .agent)
        let copy = try await again(memory, on: lone)
        #expect(copy.content == "my own words" && copy.record?["title"] == "x")
        #expect(try await lone.search("sev4").map(\.memory.id).contains(copy.id), "the fields are found besides")
    }

    @Test(
        "What is no record is refused",
        arguments: [
            ["record": "poem"], [:], ["record": "incident", "title": "x"], ["record": "runbook", "title": " "], "x",
            ["record": "infrastructure", "machine": "a b", "component": "c"],
            ["record": "incident", "title": "x", "severity": "low", "status": "odd", "detectedAt": "2026-01-01"],
        ] as [JSONValue])
    func refused(record: JSONValue) async throws {
        let lone = try LoneNode()
        var request = StoreMemory(content: "x")
        request.record = record
        await #expect(throws: HiveError(.invalidInput, "")) { try await lone.node.store(request, as: .agent) }
        #expect(!RecordRestoration.accepts(record))
    }
}
