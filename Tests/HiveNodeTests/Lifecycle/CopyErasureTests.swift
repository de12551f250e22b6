import HiveAPI
import HiveCore
import HiveTesting
import Testing

@testable import HiveNode

/// What was made from an erased memory goes with it.
@Suite struct CopyErasureTests {
    private static let week: Int64 = 7 * 86_400

    private func summarised(_ lone: LoneNode) async throws -> (sources: [String], summary: String) {
        var sources: [String] = []
        for day in ["monday", "tuesday", "friday", "sunday"] {
            sources.append(
                try await lone.store("On \(day) the disk of web-3 was full.") { $0.kind = "episodic" })
        }
        lone.advance(seconds: Self.week)
        let report = try await lone.node.consolidate(Consolidate(), as: .operator)
        return (sources, try #require(report.summaries.first).id)
    }

    private func code(_ lone: LoneNode, _ id: String) async -> HiveError.Code? {
        do {
            _ = try await lone.node.memory(id, as: .agent)
            return nil
        } catch { return (error as? HiveError)?.code }
    }

    @Test("Erasing a memory erases its copies in wider scopes, and nothing that only a list calls so")
    func copiesInWiderScopes() async throws {
        let lone = try LoneNode()
        let (source, other) = (
            try await lone.store("one") { $0.scope = "instance" }, try await lone.store("two")
        )
        let copy = try await lone.node.promote(source, PromoteMemory(to: "collective:main"), as: .agent).memory.id
        try await lone.node.kernel.write { context in
            let view = try lone.node.view(in: &context)
            let state = try view.find(source)
            _ = try context.commit([
                Draft(
                    state.kind, at: state.address,
                    changes: [
                        .add(EngramField.promotions, [.text(""), .text(other)]),
                        .set(EngramField.summarisedBy, .text(other)),
                    ])
            ])
        }
        _ = try await lone.node.remove(source, RemoveMemory(mode: .erase, now: true), as: .operator)
        #expect(await code(lone, copy) == .erased)
        #expect(await code(lone, other) == nil, "it is no copy, whatever the list says")
    }

    @Test("Retracting a memory retracts its copies")
    func retracted() async throws {
        let lone = try LoneNode()
        let source = try await lone.store("one") { $0.scope = "instance" }
        let copy = try await lone.node.promote(source, PromoteMemory(to: "collective:main"), as: .agent).memory.id
        _ = try await lone.node.retract(source, with: RetractMemory(reason: "wrong"), as: .agent)
        #expect(try await lone.node.memory(copy, as: .agent).epistemic.status == "retracted")
    }

    @Test("A runbook drafted from an incident stays in its scope, and goes with it")
    func runbook() async throws {
        let lone = try LoneNode()
        let open = OpenIncident(title: "disk full", severity: "high", scope: "instance")
        let incident = try await lone.node.openIncident(open, as: .agent)
        let note = UpdateIncident(status: "investigating", note: "emptied the journal")
        _ = try await lone.node.updateIncident(incident.id, with: note, as: .agent)
        let runbook = try await lone.node.writeRunbook(WriteRunbook(source: incident.id), as: .agent)
        #expect(try await lone.node.memory(runbook.id, as: .agent).scope == "instance")
        _ = try await lone.node.remove(incident.id, RemoveMemory(mode: .erase, now: true), as: .operator)
        #expect(await code(lone, runbook.id) == .erased)
    }

    @Test("Erasing a source erases its summary, and the other sources come back", arguments: [true, false])
    func source(now: Bool) async throws {
        let lone = try LoneNode()
        let (sources, summary) = try await summarised(lone)
        let answer = try await lone.node.remove(sources[0], RemoveMemory(mode: .erase, now: now), as: .operator)
        #expect(answer.hint?.contains(summary) == true)
        #expect(await code(lone, sources[0]) == .erased)
        #expect(await code(lone, summary) == .erased)
        for source in sources.dropFirst() {
            let life = try await lone.node.memory(source, as: .agent).lifecycle
            #expect(life?.archived == false && life?.summarisedBy == nil)
        }
        #expect(try await lone.search("disk").count == 3)
        let again = try await lone.node.consolidate(Consolidate(), as: .operator)
        #expect(again.summaries.map(\.sources) == [Array(sources.dropFirst())], "without the one that is gone")
    }

    @Test("Copies in wider scopes go with their original, wherever they were promoted to")
    func promoted() async throws {
        let lone = try LoneNode()
        let one = try await lone.store("one") { $0.scope = "instance" }
        let copy = try await lone.node.promote(one, PromoteMemory(to: "collective:main"), as: .operator).memory.id
        let wider = try await lone.node.promote(copy, PromoteMemory(to: "universal"), as: .operator).memory.id
        let answer = try await lone.node.remove(one, RemoveMemory(mode: .erase, now: true), as: .operator)
        #expect(answer.hint?.contains(copy) == true && answer.hint?.contains(wider) == true)
        #expect(await code(lone, copy) == .erased)
        #expect(await code(lone, wider) == .erased)
    }

    @Test("A summary that was forgotten is erased as well")
    func forgotten() async throws {
        let lone = try LoneNode()
        let (sources, summary) = try await summarised(lone)
        _ = try await lone.node.remove(summary, RemoveMemory(), as: .agent)
        _ = try await lone.node.remove(sources[0], RemoveMemory(mode: .erase, now: true), as: .operator)
        #expect(await code(lone, summary) == .erased)
    }

    @Test("Erasing a summary brings its sources back, and it is not written again")
    func summary() async throws {
        let lone = try LoneNode()
        let (sources, summary) = try await summarised(lone)
        _ = try await lone.node.remove(summary, RemoveMemory(mode: .erase, now: true), as: .operator)
        #expect(try await lone.search("disk").count == sources.count)
        #expect(try await lone.node.consolidate(Consolidate(), as: .operator).summaries.isEmpty)
    }

    @Test("A copy whose source was erased elsewhere goes once its home hears of it")
    func elsewhere() async throws {
        let lone = try LoneNode()
        let (sources, summary) = try await summarised(lone)
        // As an erasure that arrives from a peer does: it is about the source alone.
        try await lone.node.kernel.write { context in
            let state = try #require(try context.transaction.documents.list(.prefix(sources[0])).first)
            let due = context.now.advanced(bySeconds: 3600)
            _ = try context.commit([
                Draft(
                    state.kind, at: state.address, resolves: true,
                    changes: [.set(ReservedField.erasure, .integer(due.milliseconds))])
            ])
        }
        #expect(await code(lone, summary) == nil)
        try await lone.node.purge()
        #expect(await code(lone, summary) == .erased)
        let due = try lone.node.kernel.read { try $0.documents.list(.erasureDue(.max)).map(\.erasureDue) }
        #expect(due.count == 2 && Set(due).count == 1, "with the same hold")
        let commits = lone.node.commits
        try await lone.node.purge()
        #expect(lone.node.commits == commits, "there is nothing left to do")
    }

    @Test("What does not repeat its words stays")
    func others() async throws {
        let lone = try LoneNode()
        let one = try await lone.store("one")
        let other = try await lone.store("two") { $0.links = [MemoryLink(relation: "see", target: one)] }
        let answer = try await lone.node.remove(one, RemoveMemory(mode: .erase, now: true), as: .operator)
        #expect(answer.hint == nil)
        #expect(await code(lone, other) == nil)
    }
}
