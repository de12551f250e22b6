import HiveAPI
import HiveCore
import Testing

@testable import HiveNode

/// Replicas that part and meet again see what kind of divergence they have.
@Suite(.timeLimit(.minutes(2))) struct ConflictKindTests {
    @Test("Two contents of one note are a value conflict, with the content before them")
    func value() async throws {
        let world = try await Divergence()
        let id = try await world.contested(["one", "two"])
        let conflict = try #require(try await world.conflicts().first)
        #expect(conflict.id == "\(id):content" && conflict.kind == "value" && conflict.memory == id)
        #expect(Set(conflict.siblings.map(\.value)) == ["one", "two"])
        #expect(conflict.siblings.first(where: \.shown)?.value == "two" && conflict.policy == "newest")
        #expect(conflict.scope == "collective:main" && conflict.ancestor == nil, "one of many is not burdened")
        #expect(try await world.trio.c.conflict(id, as: .agent).ancestor == "before")
    }

    @Test("Equal values written at once, and a change of another field, are no conflict")
    func harmony() async throws {
        let world = try await Divergence()
        let id = try await world.contested(["same", "same"])
        _ = try await world.trio.a.update(id, with: UpdateMemory(addTags: ["x"]), as: .agent)
        _ = try await world.trio.b.update(id, with: UpdateMemory(category: .set("y")), as: .agent)
        try await world.meet()
        #expect(try await world.conflicts().isEmpty)
    }

    @Test("Two objects of one thing that has one are a belief conflict")
    func belief() async throws {
        let world = try await Divergence()
        for (node, object) in zip(world.nodes, ["nginx", "caddy"]) {
            world.trio.advance(seconds: 1)
            let belief = StoreMemory(
                content: "web-3 runs \(object)", scope: "collective:main", subject: "web-3", relation: "runs",
                object: object, singleValued: true)
            _ = try await node.store(belief, as: .agent)
        }
        #expect(try await world.trio.a.conflicts(as: .agent).items.isEmpty, "neither knows of the other")
        try await world.meet()
        let conflict = try #require(try await world.conflicts().first)
        #expect(conflict.kind == "belief" && conflict.siblings.map(\.value) == ["nginx", "caddy"])
        #expect(conflict.siblings.map(\.shown) == [false, true])
    }

    @Test(
        "Accounts of an episode that add to each other merge; two ends are a conflict that shows what each knew alone")
    func episodic() async throws {
        let world = try await Divergence()
        let (a, b) = (world.trio.a, world.trio.b)
        let start = StartEpisode(title: "backup is late", scope: "collective:main")
        let id = try await a.startEpisode(start, as: .agent).memory.id
        try await world.meet()
        world.trio.advance(seconds: 60)
        _ = try await a.append(AppendEvent("disk was full"), toEpisode: id, as: .agent)
        _ = try await b.append(AppendEvent("tape was gone"), toEpisode: id, as: .agent)
        try await world.meet()
        #expect(try await world.conflicts().isEmpty)
        #expect(try await b.memory(id, as: .agent).episode?.events.count == 2)
        world.trio.advance(seconds: 60)
        _ = try await a.append(AppendEvent("freed some space"), toEpisode: id, as: .agent)
        _ = try await b.append(AppendEvent("bought a tape"), toEpisode: id, as: .agent)
        _ = try await a.endEpisode(id, with: EndEpisode(outcome: "success"), as: .agent)
        _ = try await b.endEpisode(id, with: EndEpisode(outcome: "failure"), as: .agent)
        try await world.meet()
        let conflict = try #require(try await world.conflicts().first)
        #expect(conflict.kind == "episodic" && conflict.field == "outcome")
        let detailed = try await world.trio.c.conflict(id, as: .agent)
        let alone = Dictionary(uniqueKeysWithValues: detailed.siblings.map { ($0.value.string ?? "", $0.alone) })
        #expect(alone == ["success": ["freed some space"], "failure": ["bought a tape"]])
        #expect(try await world.trio.c.memory(id, as: .agent).episode?.events.count == 4, "nothing is lost")
    }

    @Test("Refinements that only tell merge; two that change the steps are a skill conflict that shows why each did")
    func skill() async throws {
        let world = try await Divergence()
        let (a, b) = (world.trio.a, world.trio.b)
        let skill = AddSkill(
            title: "Roll back", trigger: "a release is broken", steps: ["roll back"], scope: "collective:main")
        let id = try await a.addSkill(skill, as: .agent).memory.id
        try await world.meet()
        _ = try await a.refineSkill(id, with: RefineSkill(why: "pods hung"), as: .agent)
        _ = try await b.refineSkill(id, with: RefineSkill(why: "nobody knew"), as: .agent)
        try await world.meet()
        #expect(try await world.conflicts().isEmpty)
        world.trio.advance(seconds: 1)
        _ = try await a.refineSkill(id, with: RefineSkill(why: "hung", steps: ["drain", "roll back"]), as: .agent)
        _ = try await b.refineSkill(id, with: RefineSkill(why: "unknown", steps: ["tell", "roll back"]), as: .agent)
        try await world.meet()
        let conflict = try #require(try await world.conflicts().first)
        #expect(conflict.kind == "skill" && conflict.field == "steps")
        let detailed = try await world.trio.c.conflict(id, as: .agent)
        #expect(Set(detailed.siblings.map(\.alone)) == [["hung"], ["unknown"]])
        #expect(detailed.ancestor == ["roll back"])
        _ = try await world.trio.c.resolve(id, with: ResolveConflict(take: "merge"), as: .agent)
        try await world.meet()
        #expect(try await world.conflicts().isEmpty)
        let steps = try await a.memory(id, as: .agent).skill?.steps
        #expect(steps.map(Set.init) == ["drain", "tell", "roll back"])
    }
}
