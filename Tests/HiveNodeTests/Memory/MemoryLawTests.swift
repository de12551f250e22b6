import HiveAPI
import HiveCore
import Testing

@testable import HiveNode

/// The law on what is remembered.
@Suite struct MemoryLawTests {
    private static let ava = Caller(role: .agent, agent: "ava")

    private func push(_ lone: LoneNode, _ name: String, when: String, _ effect: String) async throws {
        let text = """
            apiVersion: hive/v1
            kind: Rule
            metadata: {name: \(name)}
            spec:
              match: {events: [memory.write]}
              when: "\(when)"
              \(effect)
            """
        let request = PushRules(sources: [RuleSource(path: "mind/\(name).yaml", text: text)], set: name)
        _ = try await lone.node.push(request, as: .operator)
    }

    @Test("A denial keeps a memory out, new or changed, whoever stores it, and names the rule")
    func denial() async throws {
        let lone = try LoneNode()
        try await push(lone, "clean", when: "content.contains('FORBIDDEN')", "effect: deny")
        for caller in [Self.ava, .operator] {
            let error = await #expect(throws: HiveError.self) {
                try await lone.node.store(StoreMemory(content: "FORBIDDEN"), as: caller)
            }
            #expect(error?.code == .denied && error?.message.contains("`clean`") == true)
        }
        let kept = try await lone.node.store(StoreMemory(content: "fine"), as: Self.ava).memory
        await #expect(throws: HiveError(.denied, "")) {
            try await lone.node.update(kept.id, with: UpdateMemory(content: "FORBIDDEN"), as: Self.ava)
        }
        _ = try await lone.node.update(kept.id, with: UpdateMemory(addTags: ["a"]), as: Self.ava)
        let episode = try await lone.node.startEpisode(StartEpisode(title: "a day"), as: Self.ava).memory
        await #expect(throws: HiveError(.denied, "")) {
            try await lone.node.append(AppendEvent("FORBIDDEN"), toEpisode: episode.id, as: Self.ava)
        }
        #expect(try await lone.node.memory(kept.id, as: Self.ava).content == "fine")
        await #expect(throws: HiveError(.notFound, "")) {
            try await lone.node.update("0000", with: UpdateMemory(content: "FORBIDDEN"), as: Self.ava)
        }
    }

    @Test("Words that become a part of a memory are asked about as the memory is, and stay out or are changed")
    func parts() async throws {
        let lone = try LoneNode()
        try await push(lone, "clean", when: "content.contains('FORBIDDEN')", "effect: deny")
        try await push(
            lone, "mask", when: "content.contains('7443')",
            "effect: transform\n  transform: {content: \"regex.replace(content, '7443', 'PORT')\"}")
        let node = lone.node
        let kept = try await node.store(StoreMemory(content: "fine"), as: Self.ava).memory
        let episode = try await node.startEpisode(StartEpisode(title: "a day"), as: Self.ava).memory
        let skill = try await node.addSkill(
            AddSkill(title: "Roll back", trigger: "a release broke", steps: ["helm rollback"]), as: Self.ava
        ).memory
        await #expect(throws: HiveError(.denied, "")) {
            try await node.endEpisode(episode.id, with: EndEpisode(outcome: "success", note: "FORBIDDEN"), as: Self.ava)
        }
        await #expect(throws: HiveError(.denied, "")) {
            try await node.refineSkill(skill.id, with: RefineSkill(why: "so", steps: ["FORBIDDEN"]), as: Self.ava)
        }
        await #expect(throws: HiveError(.denied, "")) {
            try await node.refineSkill(skill.id, with: RefineSkill(why: "port 7443"), as: Self.ava)
        }
        await #expect(throws: HiveError(.denied, "")) {
            try await node.useSkill(skill.id, UseSkill(result: "success", note: "FORBIDDEN"), as: Self.ava)
        }
        await #expect(throws: HiveError(.denied, "")) {
            try await node.verify(kept.id, with: AssessMemory(reason: "FORBIDDEN"), as: Self.ava)
        }
        await #expect(throws: HiveError(.denied, "")) {
            try await node.retract(kept.id, with: RetractMemory(reason: "FORBIDDEN"), as: Self.ava)
        }
        await #expect(throws: HiveError(.denied, "")) {
            try await node.resolve("none", with: ResolveConflict(value: "FORBIDDEN"), as: Self.ava)
        }
        let ended = try await node.endEpisode(
            episode.id, with: EndEpisode(outcome: "success", note: "on 7443"), as: Self.ava)
        #expect(ended.memory.episode?.events.last?.text == "on PORT")
        #expect(try await node.memory(kept.id, as: Self.ava).epistemic.status == nil)
    }

    @Test("An agent's import is asked about line by line, with all that stands in a line; an operator's is not")
    func imports() async throws {
        let lone = try LoneNode()
        try await push(lone, "clean", when: "content.contains('FORBIDDEN')", "effect: deny")
        let lines: [JSONValue] = [
            ["content": "fine"], ["content": "FORBIDDEN"],
            ["content": "a day", "kind": "episodic", "fields": ["events": [["FORBIDDEN", 1, .null, .null]]]],
        ]
        let batch = ImportBatch(lines: lines.enumerated().map { ImportLine(number: $0.offset + 1, memory: $0.element) })
        let answer = try await lone.node.importMemories(batch, as: Self.ava)
        #expect(answer.created == 1 && answer.problems.map(\.number) == [2, 3])
        #expect(answer.problems.allSatisfy { $0.code == "denied" })
        #expect(try await lone.node.importMemories(batch, as: .operator).created >= 1)
    }

    @Test("What was written under a key is answered again, whatever the law says since; another key is asked about")
    func repeated() async throws {
        let lone = try LoneNode()
        let store = StoreMemory(content: "FORBIDDEN", idempotencyKey: "one")
        let first = try await lone.node.store(store, as: Self.ava).memory
        try await push(lone, "clean", when: "content.contains('FORBIDDEN')", "effect: deny")
        #expect(try await lone.node.store(store, as: Self.ava).memory.id == first.id)
        await #expect(throws: HiveError(.denied, "")) {
            try await lone.node.store(StoreMemory(content: "FORBIDDEN", idempotencyKey: "two"), as: Self.ava)
        }
    }

    @Test("Rules see a change as what the memory would be, with its tags, its category and its author")
    func fields() async throws {
        let lone = try LoneNode()
        try await push(
            lone, "tagged", when: "'press' in tags && category == 'ops' && kind == 'semantic' && agent.name == 'ava'",
            "effect: deny")
        let request = StoreMemory(content: "x", category: "ops", tags: ["press"])
        await #expect(throws: HiveError(.denied, "")) { try await lone.node.store(request, as: Self.ava) }
        let kept = try await lone.node.store(StoreMemory(content: "x", category: "ops"), as: Self.ava).memory
        await #expect(throws: HiveError(.denied, "")) {
            try await lone.node.update(kept.id, with: UpdateMemory(addTags: ["press"]), as: Self.ava)
        }
        _ = try await lone.node.update(kept.id, with: UpdateMemory(addTags: ["pulp"]), as: Self.ava)
    }

    @Test("A rule changes what is stored; a change that a memory has no place for is a refusal")
    func transformation() async throws {
        let lone = try LoneNode()
        try await push(
            lone, "mask", when: "content.contains('7443')",
            "effect: transform\n  transform: {content: \"regex.replace(content, '7443', 'PORT')\"}")
        let stored = try await lone.node.store(StoreMemory(content: "listens at 7443"), as: Self.ava).memory
        #expect(stored.content == "listens at PORT")
        let change = UpdateMemory(content: "now at 7443")
        #expect(
            try await lone.node.update(stored.id, with: change, as: Self.ava).memory.content == "now at PORT")
        #expect(throws: HiveError(.denied, "")) { try MemoryLaw.Changes(["agent": ["name": "bo"]], rule: "r") }
        #expect(throws: HiveError(.denied, "")) { try MemoryLaw.Changes(["content": 1], rule: "r") }
        #expect(throws: HiveError(.denied, "")) { try MemoryLaw.Changes(["tags": ["a", 1]], rule: "r") }
    }

    @Test("What asks for a person's approval is refused, and so is an agent where no law has been heard")
    func unanswered() throws {
        #expect(throws: HiveError(.denied, "")) {
            try MemoryLaw.changes(
                ["allowed": false, "effect": "require-approval", "rule": ["id": "r"]], isOperator: true)
        }
        let unheard: JSONValue = ["allowed": false, "effect": "deny", "rule": .null]
        #expect(throws: HiveError(.denied, "")) { try MemoryLaw.changes(unheard, isOperator: false) }
        #expect(try MemoryLaw.changes(unheard, isOperator: true) == nil)
        #expect(throws: HiveError(.denied, "")) { try MemoryLaw.changes([:], isOperator: false) }
    }

    @Test("Where rules say nothing of memories, storing some leaves no decisions behind")
    func quiet() async throws {
        let lone = try LoneNode()
        _ = try await lone.node.store(StoreMemory(content: "x"), as: Self.ava)
        #expect(try await lone.node.recentDecisions(DecisionQuery(), as: .operator).items.isEmpty)
    }
}
