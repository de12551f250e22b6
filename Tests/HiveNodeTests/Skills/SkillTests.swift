import HiveAPI
import HiveCore
import HiveEmbedding
import HiveTesting
import Testing

@testable import HiveNode

@Suite struct SkillTests {
    private func kept(
        _ lone: LoneNode, _ title: String = "Roll back the api", trigger: String = "a release is broken",
        steps: [String] = ["helm rollback api", "watch the error rate"]
    ) async throws -> Memory {
        lone.advance(seconds: 1)
        let request = AddSkill(title: title, trigger: trigger, steps: steps, scope: "instance")
        return try await lone.node.addSkill(request, as: Caller(role: .agent, agent: "ava")).memory
    }

    @Test("A skill shows its steps, what was learnt, and how it fared")
    func life() async throws {
        let lone = try LoneNode()
        let id = try await kept(lone).id
        let caller = Caller(role: .agent, agent: "bo")
        let refinement = RefineSkill(why: "the pods hung once", steps: ["drain", "helm rollback api"])
        _ = try await lone.node.refineSkill(id, with: refinement, as: caller)
        _ = try await lone.node.refineSkill(id, with: RefineSkill(why: "ask the owner first"), as: caller)
        for result in ["success", "success", "failure", "success"] {
            let use = UseSkill(result: result, note: result == "failure" ? "no permission" : nil)
            _ = try await lone.node.useSkill(id, use, as: caller)
        }
        let skill = try #require(try await lone.node.memory(id, as: .agent).skill)
        #expect(skill.trigger == "a release is broken" && skill.steps == ["drain", "helm rollback api"])
        #expect(skill.refinements.map(\.why) == ["the pods hung once", "ask the owner first"])
        #expect(skill.refinements.map(\.agent) == ["bo", "bo"] && skill.refinements[1].steps == nil)
        #expect(skill.notes.map(\.text) == ["no permission"] && skill.notes.map(\.result) == ["failure"])
        #expect(skill.uses == 4 && skill.successes == 3 && skill.rate == 0.75)
        #expect(skill.rateAtLeast == WilsonInterval.lowerBound(successes: 3, of: 4))
    }

    @Test("Two people who refine at once both keep their steps: a conflict of the kind skill")
    func concurrent() async throws {
        let lone = try LoneNode()
        let skill = try await kept(lone)
        let version = skill.version
        for step in ["one", "two"] {
            let request = RefineSkill(why: "because of \(step)", steps: [step], agent: step, version: version)
            _ = try await lone.node.refineSkill(skill.id, with: request, as: .agent)
        }
        let conflicts = try await lone.node.conflicts(as: .agent).items
        #expect(conflicts.map(\.kind) == ["skill"] && conflicts.map(\.field) == ["steps"])
        #expect(Set(conflicts[0].siblings.map(\.value)) == [["one"], ["two"]])
        let contested = try await lone.node.memory(skill.id, as: .agent)
        #expect(contested.contested && contested.skill?.refinements.map(\.agent) == ["one", "two"])
        let merge = ResolveConflict(take: "merge")
        let settled = try await lone.node.resolve(conflicts[0].id, with: merge, as: .agent).memory
        #expect(settled.skill?.steps == ["one", "two"] && !settled.contested)
    }

    @Test("Steps are settled by a list, or by lines; by nothing else")
    func settling() async throws {
        let lone = try LoneNode()
        let skill = try await kept(lone)
        for step in ["one", "two"] {
            let request = RefineSkill(why: step, steps: [step], version: skill.version)
            _ = try await lone.node.refineSkill(skill.id, with: request, as: .agent)
        }
        await #expect(throws: HiveError(.invalidInput, "")) {
            try await lone.node.resolve(skill.id, with: ResolveConflict(value: 5), as: .agent)
        }
        await #expect(throws: HiveError(.invalidInput, "")) {
            try await lone.node.resolve(skill.id, with: ResolveConflict(value: ["x", 5]), as: .agent)
        }
        let lines = ResolveConflict(value: "first\nthen")
        #expect(
            try await lone.node.resolve(skill.id, with: lines, as: .agent).memory.skill?.steps == ["first", "then"])
    }

    @Test("A situation finds the skill whose trigger fits, and of equals the one that fared better")
    func recall() async throws {
        let lone = try LoneNode(embedder: StaticEmbedder())
        let release = try await kept(lone).id
        // It speaks of releases in its steps, and is for something else.
        let notes = try await kept(
            lone, "Write release notes", trigger: "the quarter ends", steps: ["list every release that was broken"])
        let twin = try await kept(lone).id
        _ = try await lone.node.useSkill(twin, UseSkill(result: "success"), as: .agent)
        try await lone.node.meaning?.catchUp()
        let question = SkillQuery(q: "the release is broken")
        let hits = try await lone.node.skills(question, as: .agent).items.map(\.memory.id)
        #expect(hits == [twin, release, notes.id])
        let all = try await lone.node.skills(SkillQuery(), as: .agent).items.count
        #expect(all == 3)
    }

    @Test("A trigger that says the same in other words fits, one whose words only stand in the steps does not")
    func triggerByMeaning() async throws {
        let lone = try LoneNode(embedder: WordHashEmbedder(synonyms: ["outage": "downtime"]))
        let other = try await kept(lone, "One", trigger: "monthly cleanup", steps: ["look for downtime"])
        let fitting = try await kept(lone, "Two", trigger: "downtime", steps: ["call somebody"])
        try await lone.node.meaning?.catchUp()
        let hits = try await lone.node.skills(SkillQuery(q: "outage"), as: .agent).items
        #expect(hits.map(\.memory.id) == [fitting.id, other.id])
        let apart = try #require(hits.first?.score) - (hits.last?.score ?? 0)
        #expect(apart > 0.4, "the trigger is half of the score")
    }

    @Test("A repeated use with one key counts once, and only skills are used")
    func uses() async throws {
        let lone = try LoneNode()
        let id = try await kept(lone).id
        for _ in 0..<3 {
            _ = try await lone.node.useSkill(id, UseSkill(result: "success", idempotencyKey: "k"), as: .agent)
        }
        #expect(try await lone.node.memory(id, as: .agent).skill?.uses == 1)
        let note = try await lone.store("a note")
        await #expect(throws: HiveError(.invalidInput, "")) {
            try await lone.node.useSkill(note, UseSkill(result: "success"), as: .agent)
        }
    }
}
