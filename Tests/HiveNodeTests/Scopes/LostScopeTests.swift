import HiveAPI
import HiveCore
import Testing

@testable import HiveNode

/// What a node does by itself goes on where it lost the right to write some scopes.
@Suite(.timeLimit(.minutes(2))) struct LostScopeTests {
    @Test("Expired messages and requests in scopes that were lost hold up none of the others")
    func upkeep() async throws {
        let trio = try await TaskTrio.make()
        let (ava, b) = (Caller(role: .agent, agent: "ava"), trio.b.identity.node.description)
        try await LawArrival.heard(from: trio.a.identity.node, by: trio.b.kernel)
        _ = try await trio.b.register(RegisterAgent(name: "bo"), as: Caller(role: .agent, agent: "bo"))
        // Enough of them that some come before the main scope, whatever their ids are.
        let lost = (0..<8).map { "collective:lost-\($0)" }
        for scope in lost {
            _ = try await trio.a.createScope(CreateScope(name: scope), as: .operator)
            _ = try await trio.a.grant(scope, to: b, GrantScope(role: .writer), as: .operator)
        }
        try await trio.meet([trio.a, trio.b])
        var tasks: [String] = []
        for scope in lost + ["collective:main"] {
            var message = SendMessage(to: ["bo"], text: "in \(scope)", expiresIn: 60)
            message.scope = scope
            _ = try await trio.b.send(message, as: ava)
            var request = DelegateTask(title: "in \(scope)", choice: "anyone", agent: "ava")
            request.scope = scope
            tasks.append(try await trio.b.delegate(request, as: .agent).id)
        }
        try await trio.meet([trio.a, trio.b])
        for scope in lost { _ = try await trio.a.grant(scope, to: b, GrantScope(role: .reader), as: .operator) }
        try await trio.meet([trio.a, trio.b])
        for task in tasks {
            _ = try await trio.a.claimTask(task, with: ClaimTask(agent: "cleo", waitSeconds: 0), as: .agent)
        }
        for _ in 0..<2 { try await trio.meet([trio.a, trio.b]) }
        trio.advance(seconds: 61)
        let main = try trio.b.kernel.consult { try ScopeLookup(&$0, $1).require("collective:main").scope }
        try await Postman(node: trio.b, logger: trio.b.logger).prune(atMost: 1)
        #expect(try !trio.b.messageIndex.all().contains { $0.address.scope == main })
        try await trio.b.answerTasks(atMost: 1)
        let last = try #require(tasks.last)
        #expect(try await trio.b.task(last, as: .agent).status == "claimed")
        try await trio.b.keepTasks()
        try await trio.b.keepHeartbeats()
    }
}
