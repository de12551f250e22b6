import HiveAPI
import HiveCore
import HiveTesting
import Testing

@testable import HiveNode

/// What readers say of memories, and what it does to how far they are believed.
@Suite struct AssessmentTests {
    private func history(_ lone: LoneNode, _ id: String) async throws -> [String] {
        try await lone.node.history(id, as: .agent).items.map(\.operation)
    }

    @Test("Verifying counts once for each agent, and says nothing new within a day")
    func verifying() async throws {
        let lone = try LoneNode()
        let id = try await lone.store("one") { $0.confidence = 0.5 }
        func verify(_ agent: String) async throws -> Epistemic {
            try await lone.node.verify(id, with: AssessMemory(agent: agent), as: .agent).memory.epistemic
        }
        #expect(try await verify("ann").verifications == 1)
        #expect(try await verify("ann").effectiveConfidence == 0.75)
        #expect(try await history(lone, id) == ["created", "verified"])
        #expect(try await verify("bob").verifications == 2)
        lone.advance(seconds: 2 * 86_400)
        #expect(try await verify("ann").verifications == 2)
        #expect(try await history(lone, id) == ["created", "verified", "verified", "verified"])
        let report = try await lone.node.belief(id, as: .agent)
        #expect(report.ageSeconds == 0 && report.assessments.map(\.agent) == ["ann", "bob"])
        let withdrawn = try await lone.node.verify(id, with: AssessMemory(withdraw: true, agent: "ann"), as: .agent)
        #expect(withdrawn.memory.epistemic.verifications == 1)
        _ = try await lone.node.verify(id, with: AssessMemory(withdraw: true, agent: "eve"), as: .agent)
        #expect(try await history(lone, id).count == 5, "who said nothing takes nothing back")
    }

    @Test("A contradiction by a memory counts as long as that memory stands")
    func contradicting() async throws {
        let lone = try LoneNode { $0.belief.usualAging = .never }
        let id = try await lone.store("the door is open") { $0.confidence = 0.8 }
        let other = try await lone.store("the door is shut")
        let request = AssessMemory(reason: "looked", by: String(other.prefix(8)), agent: "ann")
        let answer = try await lone.node.contradict(id, with: request, as: .agent)
        #expect(answer.memory.epistemic.effectiveConfidence == 0.4 && answer.memory.epistemic.contradictions == 1)
        let said = try #require(try await lone.node.belief(id, as: .agent).assessments.first)
        #expect(said.by == other && said.reason == "looked" && said.verdict == "contradicted")
        _ = try await lone.node.retract(other, with: RetractMemory(reason: "it was another door"), as: .agent)
        let known = try await lone.node.memory(id, as: .agent).epistemic
        #expect(known.effectiveConfidence == 0.8 && known.contradictions == 0)
    }

    @Test("What cannot be said is refused, and nothing changes")
    func refusals() async throws {
        let lone = try LoneNode()
        let id = try await lone.store("one")
        func refused(_ code: HiveError.Code, _ work: () async throws -> Void) async {
            do {
                try await work()
                Issue.record("it was taken, not refused with \(code.name)")
            } catch { #expect((error as? HiveError)?.code == code, "\(error)") }
        }
        let node = lone.node
        await refused(.invalidInput) { _ = try await node.contradict(id, with: AssessMemory(), as: .agent) }
        await refused(.invalidInput) { _ = try await node.contradict(id, with: AssessMemory(by: id), as: .agent) }
        await refused(.notFound) { _ = try await node.contradict(id, with: AssessMemory(by: "abcd"), as: .agent) }
        await refused(.invalidInput) { _ = try await node.verify(id, with: AssessMemory(by: id), as: .agent) }
        await refused(.notFound) { _ = try await node.verify("abcd", with: AssessMemory(), as: .agent) }
        await refused(.invalidInput) { _ = try await node.retract(id, with: RetractMemory(reason: ""), as: .agent) }
        await refused(.invalidInput) {
            _ = try await node.retract(id, with: RetractMemory(reason: "x", kept: id), as: .agent)
        }
        await refused(.invalidInput) { _ = try await node.use(id, with: UseMemory(times: 0), as: .agent) }
        await refused(.notFound) { _ = try await node.use("abcd", with: UseMemory(), as: .agent) }
        #expect(try await history(lone, id) == ["created"])
    }

    @Test("What was retracted is passed over by searches, shown as retracted, and brought back by a status")
    func retraction() async throws {
        let lone = try LoneNode(embedder: WordHashEmbedder(synonyms: ["undo": "rollback"]))
        let id = try await lone.store("rollback") { $0.status = "inferred" }
        let kept = try await lone.store("something else")
        let before = try await lone.node.memory(id, as: .agent).version
        let request = RetractMemory(reason: "wrong", kept: kept)
        let answer = try await lone.node.retract(id, with: request, as: .agent)
        #expect(answer.basedOn == before && answer.memory.epistemic.retraction?.kept == kept)
        let again = try await lone.node.retract(id, with: request, as: .agent)
        #expect(again.memory.version == answer.memory.version, "the same again says nothing new")
        for question in ["rollback", "undo"] {
            #expect(try await !lone.search(question).contains { $0.memory.id == id })
            #expect(try await lone.search(question) { $0.status = "retracted" }.map(\.memory.id) == [id])
        }
        #expect(try await !lone.node.search(MemoryQuery(), as: .agent).items.contains { $0.memory.id == id })
        let shown = try await lone.node.memory(id, as: .agent)
        #expect(shown.content == "rollback" && shown.epistemic.effectiveConfidence == 0)
        await #expect(throws: HiveError(.retracted, "")) {
            try await lone.node.verify(id, with: AssessMemory(), as: .agent)
        }
        let back = try await lone.node.update(id, with: UpdateMemory(status: .clear), as: .agent)
        #expect(back.memory.epistemic.status == "inferred" && back.memory.epistemic.retraction == nil)
        #expect(try await lone.search("undo").first?.memory.id == id)
        #expect(try await history(lone, id) == ["created", "retracted", "updated"])
        await #expect(throws: HiveError(.staleVersion, "")) {
            try await lone.node.retract(
                id, with: RetractMemory(reason: "x", version: before, requireCurrent: true), as: .agent)
        }
    }

    @Test("Uses are counted here, in no log, and go with the memory")
    func uses() async throws {
        let store = InMemoryStore()
        let lone = try LoneNode(store: store)
        let id = try await lone.store("one")
        let version = try await lone.node.memory(id, as: .agent).version
        #expect(try await lone.node.use(id, with: UseMemory(), as: .agent).uses == 1)
        lone.advance(seconds: 60)
        let report = try await lone.node.use(id, with: UseMemory(times: 4), as: .agent)
        #expect(report.uses == 5 && report.firstUsedAt != report.lastUsedAt)
        #expect(try await lone.node.belief(id, as: .agent).use == report)
        #expect(try await lone.node.memory(id, as: .agent).version == version)
        let address = try #require(try store.read { try $0.documents.list(.prefix(id)).first?.address })
        #expect(try store.read { try UseRecord.load(address, in: $0)?.count } == 5)
        _ = try await lone.node.remove(id, RemoveMemory(mode: .erase, now: true), as: .operator)
        #expect(try store.read { try UseRecord.load(address, in: $0) } == nil)
    }

    @Test("Trust is what the operator says, down the whole line of what a memory was made from")
    func lineage() async throws {
        let lone = try LoneNode { $0.belief.agents = ["eve": 0.1, "ann": 0.9] }
        let rumour = try await lone.store("rumour") { $0.agent = "eve" }
        let retold = try await lone.store("retold") {
            $0.agent = "ann"
            $0.links = [MemoryLink(relation: "derived_from", target: rumour)]
        }
        let summary = try await lone.store("summary") {
            $0.confidence = 1
            $0.links = [
                MemoryLink(relation: "summarises", target: retold), MemoryLink(relation: "see-also", target: rumour),
                MemoryLink(relation: "derived_from", target: String(repeating: "0", count: 32)),
            ]
        }
        // A circle ends where it began.
        _ = try await lone.node.update(
            rumour, with: UpdateMemory(addLinks: [MemoryLink(relation: "derived_from", target: summary)]), as: .agent)
        let report = try await lone.node.belief(summary, as: .agent)
        #expect(report.confidence == 0.1 && report.trust == 0.1 && report.stated == 1)
        #expect(report.witnesses.map(\.memory) == [nil, retold, rumour])
        #expect(report.witnesses.map(\.trust) == [1, 0.9, 0.1])
        #expect(report.unresolved == [String(repeating: "0", count: 32)])
        let trusting = try LoneNode { $0.belief.fallback = 0.3 }
        let own = try await trusting.store("own") { $0.confidence = 1 }
        #expect(try await trusting.node.belief(own, as: .agent).confidence == 1, "a node trusts itself")
    }
}
