import HiveAPI
import HiveCore
import HiveTesting
import Testing

@testable import HiveNode

/// Incidents go from open to resolved, and what was learned is found again.
@Suite struct IncidentTests {
    private func open(
        _ lone: LoneNode, _ title: String, _ adjust: (inout OpenIncident) -> Void = { _ in }
    ) async throws -> IncidentRecord {
        var request = OpenIncident(title: title, severity: "high", systems: ["Checkout"])
        adjust(&request)
        lone.advance(seconds: 1)
        return try await lone.node.openIncident(request, as: Caller(role: .agent, agent: "ann"))
    }

    @discardableResult
    private func update(
        _ lone: LoneNode, _ id: String, _ adjust: (inout UpdateIncident) -> Void
    ) async throws -> IncidentRecord {
        var request = UpdateIncident()
        adjust(&request)
        lone.advance(seconds: 60)
        return try await lone.node.updateIncident(id, with: request, as: .agent)
    }

    @Test("An incident has a timeline, a duration and a resolution")
    func life() async throws {
        let lone = try LoneNode()
        let opened = try await open(lone, "checkout answers 502") { $0.summary = "customers cannot pay" }
        #expect(opened.severity == "sev2" && opened.status == "open" && opened.scope == "collective:main")
        #expect(opened.timeline.map(\.status) == ["open"] && opened.timeline[0].agent == "ann")
        try await update(lone, opened.id) { $0.status = "investigating" }
        try await update(lone, opened.id) {
            $0.note = "restarted the pods"
            $0.severity = "p1"
        }
        lone.advance(seconds: 60)
        #expect(try await lone.node.incident(opened.id, as: .agent).durationSeconds == 180)
        let resolved = try await update(lone, opened.id) {
            $0.resolution = "raised the connection limit"
            $0.lessons = "watch the pool"
        }
        #expect(resolved.status == "resolved" && resolved.durationSeconds == 240 && resolved.suggestions != nil)
        #expect(resolved.resolutions == ["raised the connection limit"] && !resolved.contested)
        #expect(
            resolved.timeline.map(\.text) == [
                nil, nil, "severity: sev2 → sev1\nrestarted the pods", "raised the connection limit",
            ])
        lone.advance(seconds: 600)
        let read = try await lone.node.incident(opened.id, as: .agent)
        #expect(read.durationSeconds == 240 && read.suggestions == nil)
        let memory = try await lone.node.memory(opened.id, as: .agent)
        #expect(memory.kind == "episodic" && memory.category == "incident")
        #expect(memory.record?["severity"] == "sev1" && memory.record?["durationSeconds"] == 240)
        #expect(try await lone.search("connection limit").first?.memory.id == opened.id)
    }

    @Test("Only legal transitions happen, and the error says which are")
    func transitions() async throws {
        let lone = try LoneNode()
        let id = try await open(lone, "x").id
        for illegal in ["open"] {
            await #expect(throws: HiveError(.illegalTransition, "")) {
                try await update(lone, id) { $0.status = illegal }
            }
        }
        try await update(lone, id) { $0.status = "mitigated" }
        try await update(lone, id) { $0.resolution = "done" }
        for illegal in ["resolved", "mitigated", "open"] {
            let error = await #expect(throws: HiveError.self) { try await update(lone, id) { $0.status = illegal } }
            #expect(error?.code == .illegalTransition && error?.hint?.contains("investigating") == true)
        }
        let amended = try await update(lone, id) { $0.resolution = "done, really" }
        #expect(amended.resolutions == ["done, really"] && amended.timeline.count == 3)
        let reopened = try await update(lone, id) { $0.status = "investigating" }
        #expect(reopened.resolvedAt == nil && reopened.status == "investigating")
        let again = try await update(lone, id) { $0.status = "resolved" }
        #expect(again.resolvedAt == again.timeline.last?.at)
        await #expect(throws: HiveError(.invalidInput, "")) {
            try await update(lone, id) {
                $0.status = "investigating"
                $0.resolution = "x"
            }
        }
    }

    @Test("Links lead to memories and to things that run; others are refused")
    func links() async throws {
        let lone = try LoneNode()
        let id = try await open(lone, "x").id
        let state = try await lone.node.record(
            RecordInfrastructure(machine: "web-3", component: "nginx", status: "down"), as: .agent)
        let note = try await lone.store("a bad deploy")
        func link(_ relation: String, _ target: String) async throws -> [MemoryLink] {
            let request = LinkIncident(relation: relation, target: target)
            return try await lone.node.linkIncident(id, with: request, as: .agent).links
        }
        _ = try await link("cause", String(note.prefix(10)))
        _ = try await link("impact", "web-3/nginx")
        let links = try await link("impact", "web-3/nginx")
        #expect(
            Set(links) == [
                MemoryLink(relation: "cause", target: note), MemoryLink(relation: "impact", target: state.id),
            ])
        await #expect(throws: HiveError(.invalidInput, "")) { try await link("friend", note) }
        await #expect(throws: HiveError(.invalidInput, "")) { try await link("cause", id) }
        await #expect(throws: HiveError(.notFound, "")) { try await link("cause", "0000000000000000") }
        await #expect(throws: HiveError(.notFound, "")) { try await link("cause", "web-9/nginx") }
    }

    @Test("Lists are filtered, and searched by words and meaning")
    func lists() async throws {
        let lone = try LoneNode(embedder: WordHashEmbedder(synonyms: ["payment": "checkout"]))
        let checkout = try await open(lone, "checkout answers 502").id
        let disk = try await open(lone, "disk of db-1 is full") {
            $0.severity = "low"
            $0.systems = ["db-1"]
        }.id
        lone.advance(seconds: 1)
        try await update(lone, checkout) { $0.status = "investigating" }
        try await lone.node.meaning?.catchUp()
        func ids(_ query: IncidentQuery) async throws -> [String] {
            try await lone.node.incidents(query, as: .agent).items.map(\.id)
        }
        #expect(try await ids(IncidentQuery()) == [checkout, disk])
        #expect(try await ids(IncidentQuery(status: "open")) == [disk])
        #expect(try await ids(IncidentQuery(severity: "sev4")) == [disk])
        #expect(try await ids(IncidentQuery(system: "CHECKOUT")) == [checkout])
        #expect(try await ids(IncidentQuery(q: "full disk")).first == disk)
        #expect(try await ids(IncidentQuery(q: "payment", system: "checkout")) == [checkout])
        #expect(try await lone.node.incidents(IncidentQuery(limit: 1), as: .agent).next == "1")
        await #expect(throws: HiveError(.invalidInput, "")) { try await ids(IncidentQuery(status: "gone")) }
        await #expect(throws: HiveError(.invalidInput, "")) { try await ids(IncidentQuery(limit: 0)) }
    }

    @Test("A resolved incident suggests similar ones and the runbooks that helped them first")
    func suggestions() async throws {
        let lone = try LoneNode()
        let old = try await open(lone, "checkout answers 502 after deploy") { $0.resolution = "rolled back" }
        _ = try await open(lone, "mail is late") { $0.systems = ["mail"] }
        let alike = try await lone.node.writeRunbook(
            WriteRunbook(title: "When checkout answers 502", procedure: "look at the logs"), as: .agent)
        let helper = try await lone.node.writeRunbook(
            WriteRunbook(title: "Roll back", procedure: "helm rollback"), as: .agent)
        _ = try await lone.node.recordRun(
            helper.id, with: RecordRun(outcome: "success", incident: old.id), as: .agent)
        let failed = try await lone.node.writeRunbook(
            WriteRunbook(title: "Pray", procedure: "hope"), as: .agent)
        _ = try await lone.node.recordRun(
            failed.id, with: RecordRun(outcome: "failure", incident: old.id), as: .agent)
        let now = try await open(lone, "checkout answers 502 again")
        let resolved = try await update(lone, now.id) { $0.resolution = "rolled back again" }
        let suggestions = try #require(resolved.suggestions)
        #expect(suggestions.incidents.map(\.id) == [old.id])
        #expect(suggestions.incidents[0].resolution == "rolled back")
        #expect(suggestions.runbooks.map(\.id) == [helper.id, alike.id])
        #expect(suggestions.runbooks[0].helped == [old.id] && suggestions.runbooks[0].successes == 1)
    }

    @Test("A repeated request with its key opens nothing again")
    func idempotency() async throws {
        let lone = try LoneNode()
        let request = OpenIncident(title: "x", severity: "low", idempotencyKey: "k")
        let first = try await lone.node.openIncident(request, as: .agent)
        #expect(try await lone.node.openIncident(request, as: .agent).id == first.id)
        var other = request
        other.title = "y"
        await #expect(throws: HiveError(.keyReused, "")) { try await lone.node.openIncident(other, as: .agent) }
    }

    @Test("An id of something else is said to be no incident")
    func others() async throws {
        let lone = try LoneNode()
        let note = try await lone.store("a note")
        let error = await #expect(throws: HiveError.self) { try await lone.node.incident(note, as: .agent) }
        #expect(error?.code == .notFound && error?.hint?.contains("incident list") == true)
    }
}
