import HiveAPI
import HiveCore
import HiveEmbedding
import HiveTesting
import Testing

@testable import HiveNode

/// Similar successful episodes suggest a skill.
@Suite struct SkillProposalTests {
    private static let outages = [
        ("disk full on web-1", ["alarm at night", "found large logs", "truncate old logs", "restart journald"]),
        ("disk full on web-2", ["found large logs", "truncate old logs", "called the vendor", "restart journald"]),
        ("disk full on db-7", ["found large logs", "truncate the old logs", "restart journald", "wrote a ticket"]),
    ]

    @discardableResult
    private func happened(
        _ lone: LoneNode, _ title: String, _ events: [String], outcome: String? = "success", scope: String? = nil
    ) async throws -> String {
        lone.advance(seconds: 60)
        let start = StartEpisode(title: title, scope: scope, category: "outage", tags: ["disk", title])
        let id = try await lone.node.startEpisode(start, as: .agent).memory.id
        for event in events {
            lone.advance(seconds: 1)
            _ = try await lone.node.append(AppendEvent(event), toEpisode: id, as: .agent)
        }
        guard let outcome else { return id }
        _ = try await lone.node.endEpisode(id, with: EndEpisode(outcome: outcome), as: .agent)
        return id
    }

    private func propose(_ lone: LoneNode, dryRun: Bool = false) async throws -> SkillProposals {
        try await lone.node.meaning?.catchUp()
        return try await lone.node.proposeSkills(ProposeSkills(dryRun: dryRun), as: .agent)
    }

    @Test("Three similar successes become a hypothetical skill of what they share, in order", arguments: [true, false])
    func proposal(byMeaning: Bool) async throws {
        let lone = try LoneNode(embedder: byMeaning ? StaticEmbedder() : nil)
        var ids: [String] = []
        for (title, events) in Self.outages { ids.append(try await happened(lone, title, events)) }
        try await happened(lone, "invoices sent twice", ["found a duplicate job", "removed it", "wrote to customers"])
        try await happened(lone, "new laptop ordered", ["asked for a quote", "signed it"])
        let shown = try await propose(lone, dryRun: true)
        #expect(shown.items.count == 1 && shown.items[0].written == false && shown.considered == 5)
        #expect(try await lone.node.skills(SkillQuery(), as: .agent).items.isEmpty, "a dry run writes nothing")
        let answer = try await propose(lone)
        let item = try #require(answer.items.first)
        #expect(item.written && item.id == shown.items[0].id && item.episodes == ids && item.scope == "instance")
        let memory = try await lone.node.memory(item.id, as: .agent)
        #expect(memory.skill?.steps == ["found large logs", "truncate old logs", "restart journald"])
        #expect(memory.epistemic.status == "hypothetical" && memory.scope == "instance" && memory.kind == "procedural")
        #expect(memory.skill?.trigger == memory.content && memory.content?.hasPrefix("disk full on") == true)
        #expect(memory.links.filter { $0.relation == "derived_from" }.map(\.target).sorted() == ids.sorted())
        #expect(memory.tags == ["disk"] && memory.category == "outage")
        #expect(memory.confidence == WilsonInterval.lowerBound(successes: 3, of: 3))
    }

    @Test("A group is proposed once: not again, not when it grows, not after the skill was forgotten or erased")
    func once() async throws {
        let lone = try LoneNode()
        for (title, events) in Self.outages { try await happened(lone, title, events) }
        let id = try #require(try await propose(lone).items.first?.id)
        let again = try await propose(lone)
        #expect(again.items.isEmpty && again.known == 1)
        for number in 0..<3 { try await happened(lone, "disk full on web-\(number)4", Self.outages[0].1) }
        #expect(try await propose(lone).items.isEmpty, "the group has grown")
        // An episode that began before all others leads the group now, and the skill still stands for it.
        let early = StartEpisode(title: "disk full on web-1", at: "2020-01-01T00:00:00Z")
        let first = try await lone.node.startEpisode(early, as: .agent).memory.id
        for event in Self.outages[0].1 {
            _ = try await lone.node.append(AppendEvent(event, at: "2020-01-01T00:00:00Z"), toEpisode: first, as: .agent)
        }
        _ = try await lone.node.endEpisode(first, with: EndEpisode(outcome: "success"), as: .agent)
        #expect(try await propose(lone).items.isEmpty, "another one leads")
        _ = try await lone.node.remove(first, RemoveMemory(mode: .forget), as: .agent)
        _ = try await lone.node.remove(id, RemoveMemory(mode: .forget), as: .agent)
        #expect(try await propose(lone).items.isEmpty, "forgotten")
        _ = try await lone.node.remove(id, RemoveMemory(mode: .erase, now: true), as: .operator)
        #expect(try await propose(lone).items.isEmpty, "erased")
    }

    @Test("Two are a coincidence, failures teach no skill, and what shares no step is no skill")
    func none() async throws {
        let lone = try LoneNode()
        for (title, events) in Self.outages.prefix(2) { try await happened(lone, title, events) }
        try await happened(lone, Self.outages[2].0, Self.outages[2].1, outcome: "failure")
        try await happened(lone, Self.outages[2].0, Self.outages[2].1, outcome: nil)
        #expect(try await propose(lone) == SkillProposals(items: [], considered: 2))
        for number in 0..<3 { try await happened(lone, "lottery of the garden club", ["draw \(number)"]) }
        for _ in 0..<3 { try await happened(lone, "nothing was written down about the harbour festival", []) }
        let answer = try await propose(lone)
        #expect(answer.items.allSatisfy { $0.trigger.hasPrefix("lottery") } && answer.withoutSteps >= 1)
        await #expect(throws: HiveError(.invalidInput, "")) {
            try await lone.node.proposeSkills(ProposeSkills(episodes: 2), as: .agent)
        }
    }

    @Test("Episodes of different scopes are never brought together")
    func scopes() async throws {
        let lone = try LoneNode()
        try await happened(lone, Self.outages[0].0, Self.outages[0].1, scope: "instance")
        try await happened(lone, Self.outages[1].0, Self.outages[1].1, scope: "instance")
        try await happened(lone, Self.outages[2].0, Self.outages[2].1, scope: "collective:main")
        #expect(try await propose(lone).items.isEmpty)
        for (title, events) in Self.outages.prefix(2) {
            try await happened(lone, title, events, scope: "collective:main")
        }
        #expect(try await propose(lone).items.map(\.scope) == ["collective:main"])
        #expect(
            try await lone.node.proposeSkills(ProposeSkills(dryRun: true, scope: "instance"), as: .agent).considered
                == 2)
    }
}
