import HiveAPI
import HiveCore
import HiveTesting
import Testing

@testable import HiveNode

/// Beliefs that cannot all hold are noticed when they are written, listed, and settled.
@Suite struct ContradictionTests {
    private func believe(
        _ lone: LoneNode, _ subject: String, _ relation: String, _ object: String,
        _ adjust: (inout StoreMemory) -> Void = { _ in }
    ) async throws -> MemoryAnswer {
        var request = StoreMemory(
            content: "\(subject) \(relation) \(object)", subject: subject, relation: relation, object: object)
        adjust(&request)
        lone.advance(seconds: 1)
        return try await lone.node.store(request, as: .agent)
    }

    private func conflicts(_ lone: LoneNode) async throws -> [Conflict] {
        try await lone.node.conflicts(as: .agent).items
    }

    @Test("Another object of a relation with one value contradicts; anything else does not")
    func detection() async throws {
        let lone = try LoneNode()
        let first = try await believe(lone, "web-3", "runs", "nginx 1.24") { $0.singleValued = true }
        #expect(first.contradicts.isEmpty)
        let others: [(String, String, String)] = [
            ("web-3", "runs", " nginx 1.24"), ("web-4", "runs", "caddy"), ("web-3", "hosts", "caddy"),
        ]
        for (subject, relation, object) in others {
            #expect(try await believe(lone, subject, relation, object).contradicts.isEmpty, "\(subject) \(object)")
        }
        #expect(try await conflicts(lone).isEmpty)
        let second = try await believe(lone, "Web-3 ", "runs", "caddy")
        #expect(second.contradicts.contains(first.memory.id) && second.contradicts.count == 2)
        let conflict = try #require(try await conflicts(lone).first)
        #expect(conflict.kind == "belief" && conflict.field == "object" && conflict.memory == second.memory.id)
        #expect(conflict.siblings.map(\.value) == ["nginx 1.24", " nginx 1.24", "caddy"])
        #expect(conflict.siblings.map(\.shown) == [false, false, true])
        #expect(try await lone.node.conflict(conflict.id, as: .agent) == conflict)
        #expect(try await lone.node.status(as: .operator).conflicts == 1)
        let many = try await believe(lone, "team", "has_member", "ann")
        #expect(many.contradicts.isEmpty)
        #expect(try await believe(lone, "team", "has_member", "bob").contradicts.isEmpty, "there may be several")
    }

    @Test("Forgetting, retracting, erasing and expiry end a contradiction, and bringing back begins it again")
    func ending() async throws {
        let lone = try LoneNode()
        _ = try await believe(lone, "a", "is", "1") { $0.singleValued = true }
        func disputed() async throws -> String {
            let id = try await believe(lone, "a", "is", "2") { $0.expiresIn = 1000 }.memory.id
            #expect(try await conflicts(lone).count == 1)
            return id
        }
        let forgotten = try await disputed()
        _ = try await lone.node.remove(forgotten, RemoveMemory(mode: .forget), as: .agent)
        #expect(try await conflicts(lone).isEmpty)
        let back = try await lone.node.update(forgotten, with: UpdateMemory(category: .set("x")), as: .agent)
        #expect(back.contradicts.count == 1)
        #expect(try await conflicts(lone).count == 1)
        _ = try await lone.node.retract(forgotten, with: RetractMemory(reason: "wrong"), as: .agent)
        #expect(try await conflicts(lone).isEmpty)
        let erased = try await disputed()
        _ = try await lone.node.remove(erased, RemoveMemory(mode: .erase, now: true), as: .operator)
        #expect(try await conflicts(lone).isEmpty)
        _ = try await disputed()
        lone.advance(seconds: 2000)
        #expect(try await conflicts(lone).isEmpty)
        #expect(try await lone.node.status(as: .operator).conflicts == 0)
    }

    @Test("A node that opens an old store, or rebuilds it, finds what stands there")
    func opening() async throws {
        let store = InMemoryStore()
        let first = try LoneNode(store: store)
        _ = try await believe(first, "a", "is", "1")
        _ = try await believe(first, "a", "is", "2") { $0.singleValued = true }
        let second = try LoneNode(store: store)
        #expect(try await conflicts(second).count == 1)
        #expect(second.node.contradictions.detected == 0, "it began before")
        _ = try await second.node.verify(rebuild: true, as: .operator)
        #expect(try await conflicts(second).count == 1)
    }

    @Test(
        "It is settled by policy, id, dot or value; the others are retracted with a pointer to what was kept",
        arguments: ["newest", "highest-confidence", "local", "ID", "DOT"])
    func settling(take: String) async throws {
        let lone = try LoneNode()
        let sure = try await believe(lone, "a", "is", "1") {
            $0.singleValued = true
            $0.confidence = 0.9
            $0.status = "observed"
        }
        let fresh = try await believe(lone, "a", "is", "2") { $0.confidence = 0.4 }
        let conflict = try #require(try await conflicts(lone).first)
        let names = ["ID": String(sure.memory.id.prefix(10)), "DOT": conflict.siblings[0].dot]
        let kept = ["newest", "local"].contains(take) ? fresh : sure
        let gone = kept.memory.id == sure.memory.id ? fresh : sure
        let request = ResolveConflict(take: names[take] ?? take)
        let answer = try await lone.node.resolve(conflict.id, with: request, as: .agent)
        #expect(answer.memory.id == kept.memory.id)
        let retracted = try await lone.node.memory(gone.memory.id, as: .agent).epistemic
        #expect(retracted.status == "retracted" && retracted.retraction?.kept == kept.memory.id)
        #expect(try await conflicts(lone).isEmpty)
        await #expect(throws: HiveError(.notFound, "")) {
            try await lone.node.resolve(conflict.id, with: request, as: .agent)
        }
        let metrics = await lone.node.metrics()
        for name in ["hive_conflicts_detected_total", "hive_conflicts_resolved_total"] {
            #expect(metrics.first { $0.name == name }?.value == 1, "\(name)")
        }
    }

    @Test("A value of one's own goes into the newest; what says the same is left alone")
    func ownValue() async throws {
        let lone = try LoneNode()
        let first = try await believe(lone, "a", "is", "1") { $0.singleValued = true }
        let third = try await believe(lone, "a", "is", "3")
        let second = try await believe(lone, "a", "is", "2")
        let id = try #require(try await conflicts(lone).first?.id)
        let answer = try await lone.node.resolve(id, with: ResolveConflict(value: "3"), as: .agent)
        #expect(answer.memory.id == second.memory.id && answer.memory.epistemic.object == "3")
        #expect(try await lone.node.memory(first.memory.id, as: .agent).epistemic.status == "retracted")
        #expect(try await lone.node.memory(third.memory.id, as: .agent).epistemic.status == nil)
        #expect(try await conflicts(lone).isEmpty)
    }

    @Test("What settles nothing is refused", arguments: ["fork", "escalate", "remote", "merge", "nonsense", ""])
    func refusals(take: String) async throws {
        let lone = try LoneNode()
        _ = try await believe(lone, "a", "is", "1") { $0.singleValued = true }
        _ = try await believe(lone, "a", "is", "2")
        let id = try #require(try await conflicts(lone).first?.id)
        await #expect(throws: HiveError.self) {
            try await lone.node.resolve(id, with: ResolveConflict(take: take), as: .agent)
        }
        for value: JSONValue in [1, "", [:]] {
            await #expect(throws: HiveError.self) {
                try await lone.node.resolve(id, with: ResolveConflict(value: value), as: .agent)
            }
        }
        #expect(try await conflicts(lone).count == 1)
    }
}
