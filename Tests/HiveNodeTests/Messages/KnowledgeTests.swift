import HiveAPI
import HiveCore
import Synchronization
import Testing

@testable import HiveNode

/// Who knows about what.
@Suite struct KnowledgeTests {
    private struct Archive: PastTaskSearch {
        let tasks: [PastTask]
        func pastTasks(like text: String, limit: Int) throws -> [PastTask] { Array(tasks.prefix(limit)) }
    }

    @Test("Memories, declarations and completed tasks speak for an agent, each with its weight")
    func evidence() async throws {
        let lone = try LoneNode()
        _ = try await lone.store("the gateway certificate is renewed by certbot on web-3") { $0.agent = "ava" }
        _ = try await lone.store("the gateway listens on 8443") { $0.agent = "bo" }
        _ = try await lone.store("bread needs yeast") { $0.agent = "cy" }
        var request = RegisterAgent(name: "di")
        request.capabilities.cognitive = ["certificate_renewal"]
        _ = try await lone.node.register(request, as: .agent)
        let done = PastTask(
            id: "t1", title: "Renew the gateway certificate", agent: "eve", node: lone.node.identity.node,
            completedAt: lone.node.kernel.surroundings.now(), score: 1)
        lone.node.taskHistory.withLock { $0 = Archive(tasks: [done]) }
        let answer = try await lone.node.whoKnows(KnowledgeQuery(q: "gateway certificate renewal"), as: .agent)
        let found = Dictionary(answer.experts.map { ($0.agent, $0) }) { first, _ in first }
        #expect(found["ava"]?.evidence.first?.kind == "memory")
        #expect(found["di"]?.evidence.first?.kind == "capability" && found["di"]?.state == "active")
        #expect(found["eve"]?.evidence.first?.kind == "task" && found["eve"]?.evidence.first?.id == "t1")
        #expect((found["ava"]?.score ?? 0) > (found["bo"]?.score ?? 0))
        #expect(found["cy"] == nil)
        #expect(answer.experts.map(\.score) == answer.experts.map(\.score).sorted(by: >))
        #expect(answer.experts.allSatisfy { (0...1).contains($0.score) && !$0.evidence.isEmpty })
        #expect(answer.known.first?.memory.author.agent == "ava")
    }

    @Test("An old task counts less, and whoever is not trusted speaks for less")
    func weights() async throws {
        let lone = try LoneNode(adjust: { $0.belief.agents = ["bo": 0.1] })
        let now = lone.node.kernel.surroundings.now()
        let tasks = ["ava", "old", "bo"].map { name in
            PastTask(
                id: name, title: "Renew", agent: name, node: lone.node.identity.node,
                completedAt: now.advanced(bySeconds: name == "old" ? -2 * 365 * 86_400 : 0), score: 0.8)
        }
        lone.node.taskHistory.withLock { $0 = Archive(tasks: tasks) }
        let answer = try await lone.node.whoKnows(KnowledgeQuery(q: "renew"), as: .agent)
        #expect(
            answer.experts.map(\.agent) == ["ava", "bo", "old"] || answer.experts.map(\.agent) == ["ava", "old", "bo"])
        #expect((answer.experts.first { $0.agent == "old" }?.score ?? 1) < 0.1)
        #expect((answer.experts.first { $0.agent == "bo" }?.score ?? 1) < 0.1)
        for wrong in [KnowledgeQuery(q: " "), KnowledgeQuery(q: "x", limit: 0)] {
            await #expect(throws: HiveError(.invalidInput, "")) {
                try await lone.node.whoKnows(wrong, as: .agent)
            }
        }
    }
}
