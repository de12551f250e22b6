import HiveAPI
import HiveCore
import HiveTesting
import Testing

@testable import HiveNode

/// What was believed at a time, and what replaced it.
@Suite struct PastTests {
    private func now(_ lone: LoneNode) -> String { lone.node.kernel.surroundings.now().rfc3339 }

    @Test("A memory is read as it was, before and after each change")
    func past() async throws {
        let lone = try LoneNode()
        let early = now(lone)
        let id = try await lone.store("one") { $0.tags = ["a"] }
        let first = now(lone)
        lone.advance(seconds: 60)
        _ = try await lone.node.update(id, with: UpdateMemory(content: "two", addTags: ["b"]), as: .agent)
        let second = now(lone)
        lone.advance(seconds: 60)
        _ = try await lone.node.remove(id, RemoveMemory(mode: .forget), as: .agent)
        let third = now(lone)
        let then = try await lone.node.memory(id, at: first, as: .agent)
        #expect(then.memory.content == "one" && then.memory.tags == ["a"] && then.gone.isEmpty && then.at == first)
        #expect(try await lone.node.memory(id, at: second, as: .agent).memory.content == "two")
        await #expect(throws: HiveError(.notFound, "")) { try await lone.node.memory(id, at: early, as: .agent) }
        await #expect(throws: HiveError(.forgotten, "")) { try await lone.node.memory(id, at: third, as: .agent) }
        await #expect(throws: HiveError(.invalidInput, "")) { try await lone.node.memory(id, at: "then", as: .agent) }
        await #expect(throws: HiveError(.notFound, "")) { try await lone.node.memory("abcd", at: first, as: .agent) }
    }

    @Test("Belief is reckoned as of then: younger, and without later assessments")
    func confidence() async throws {
        let lone = try LoneNode { $0.belief.usualAging = .halves(every: .days(1)) }
        let id = try await lone.store("one") { $0.confidence = 0.8 }
        let then = now(lone)
        lone.advance(seconds: 86_400)
        _ = try await lone.node.contradict(id, with: AssessMemory(reason: "no", agent: "ann"), as: .agent)
        #expect(try await lone.node.memory(id, as: .agent).epistemic.effectiveConfidence == 0.2)
        let past = try await lone.node.memory(id, at: then, as: .agent).memory.epistemic
        #expect(past.effectiveConfidence == 0.8 && past.contradictions == 0)
    }

    @Test("What was erased since is gone, before its bytes go and after", arguments: [true, false])
    func erasure(now isNow: Bool) async throws {
        let lone = try LoneNode()
        let id = try await lone.store("secret") { $0.category = "c" }
        let then = now(lone)
        lone.advance(seconds: 60)
        _ = try await lone.node.remove(id, RemoveMemory(mode: .erase, now: isNow), as: .operator)
        let past = try await lone.node.memory(id, at: then, as: .agent)
        #expect(past.memory.content == nil && past.memory.category == nil && past.gone == ["category", "content"])
        #expect(past.memory.epistemic.effectiveConfidence == nil)
        await #expect(throws: HiveError(.erased, "")) { try await lone.node.memory(id, at: now(lone), as: .agent) }
    }

    @Test("Beliefs are listed as they are and as they were")
    func beliefs() async throws {
        let lone = try LoneNode()
        func believe(_ subject: String, _ object: String) async throws -> String {
            try await lone.store("\(subject) is \(object)") {
                ($0.subject, $0.relation, $0.object) = (subject, "is", object)
            }
        }
        let first = try await believe("a", "1")
        let second = try await believe("a", "2")
        let third = try await believe("b", "1")
        try await lone.store("no belief")
        let then = now(lone)
        lone.advance(seconds: 60)
        _ = try await lone.node.remove(first, RemoveMemory(mode: .forget), as: .agent)
        _ = try await lone.node.retract(second, with: RetractMemory(reason: "wrong"), as: .agent)
        let fourth = try await believe("a", "4")
        func ids(_ query: BeliefQuery) async throws -> [String] {
            try await lone.node.beliefs(query, as: .agent).items.map(\.id)
        }
        #expect(try await ids(BeliefQuery()) == [fourth, third])
        #expect(try await ids(BeliefQuery(subject: "a")) == [fourth])
        #expect(try await ids(BeliefQuery(subject: "a", retracted: true)) == [fourth, second])
        #expect(try await ids(BeliefQuery(relation: "was")).isEmpty)
        #expect(try await ids(BeliefQuery(at: then)) == [third, second, first])
        #expect(try await ids(BeliefQuery(subject: "a", relation: "is", at: then)) == [second, first])
        #expect(try await ids(BeliefQuery(at: then, scope: "instance")).isEmpty)
        for time in [nil, then] {
            var (seen, cursor): ([String], String?) = ([], nil)
            repeat {
                let query = BeliefQuery(at: time, retracted: true, limit: 1, cursor: cursor)
                let page = try await lone.node.beliefs(query, as: .agent)
                seen += page.items.map(\.id)
                cursor = page.next
            } while cursor != nil
            #expect(seen.count == 3 && Set(seen).count == 3)
        }
        await #expect(throws: HiveError(.invalidInput, "")) { try await ids(BeliefQuery(limit: 0)) }
        await #expect(throws: HiveError(.invalidInput, "")) { try await ids(BeliefQuery(cursor: "x")) }
    }

    @Test("A history tells each version, its author, and what it replaced")
    func history() async throws {
        let lone = try LoneNode()
        let id = try await lone.store("one") { $0.agent = "ann" }
        let read = try await lone.node.memory(id, as: .agent).version
        let request = UpdateMemory(content: "two", agent: "bob", version: read)
        let updated = try await lone.node.update(id, with: request, as: .agent)
        // Written without having seen the second value: both stand, and it replaced the first only.
        let third = UpdateMemory(content: "three", agent: "cid", version: read)
        let contested = try await lone.node.update(id, with: third, as: .agent)
        #expect(contested.contested)
        _ = try lone.node.contradictions.all()
        #expect(lone.node.contradictions.detected == 1)
        let resolve = ResolveConflict(value: "four")
        _ = try await lone.node.resolve(id, with: resolve, as: Caller(role: .agent, agent: "dan"))
        let entries = try await lone.node.history(id, as: .agent).items
        #expect(entries.map(\.author.agent) == ["ann", "bob", "cid", "dan"])
        #expect(entries.map { $0.replaced.map(\.value) } == [[], ["one"], ["one"], ["two", "three"]])
        #expect(entries[0].version == read && entries[1].version == updated.memory.version)
        #expect(entries[3].version == (try await lone.node.memory(id, as: .agent).version))
    }
}
