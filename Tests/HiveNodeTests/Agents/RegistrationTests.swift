import HiveAPI
import HiveCore
import Testing

@testable import HiveNode

/// Who is registered, and what many names do to it.
@Suite struct RegistrationTests {
    private func caller(_ name: String) -> Caller { Caller(role: .agent, agent: name) }

    @Test("Names that somebody makes up take no room from agents that register")
    func strangers() async throws {
        let lone = try LoneNode()
        for number in 0..<600 { await lone.node.heard(caller("made-up-\(number)")) }
        let heard = try await lone.node.agents(AgentQuery(limit: 100), as: .agent).items
        #expect(heard.count == Newcomers.most)
        let ava = try await lone.node.register(RegisterAgent(name: "ava"), as: caller("ava"))
        #expect(ava.state == "active")
        _ = try await lone.node.heartbeat("ava", AgentHeartbeat(status: "here"), as: caller("ava"))
        // A name that was silent for long makes room for another one.
        lone.advance(seconds: 1000)
        await lone.node.heard(caller("late"))
        #expect(try await lone.node.agent("late", as: .agent).state == "active")
    }

    @Test("A registration stands also where it cannot be told that the agent is there")
    func crowded() async throws {
        let lone = try LoneNode()
        let main = try lone.node.kernel.consult { try ScopeLookup(&$0, $1).require("collective:main").scope }
        for number in 0..<512 { try lone.node.sync.soft.post("task/\(number)", in: main, [1], seconds: 600) }
        let ava = try await lone.node.register(RegisterAgent(name: "ava"), as: caller("ava"))
        #expect(ava.registered && ava.state == "idle")
    }

    @Test("A name is taken where a token does not reach, and nothing that was said there comes out")
    func hidden() async throws {
        let lone = try LoneNode()
        _ = try await lone.node.createScope(CreateScope(name: "collective:secret"), as: .operator)
        _ = try await lone.node.register(RegisterAgent(name: "ava", scope: "collective:secret"), as: caller("ava"))
        _ = try await lone.node.heartbeat("ava", AgentHeartbeat(status: "moving the jewels"), as: caller("ava"))
        let permit = Permit(scopes: ["collective:main"])
        let error = await #expect(throws: HiveError.self) {
            try await Access.$current.withValue(Access(credential: "t", permit: permit)) {
                try await lone.node.register(
                    RegisterAgent(name: "ava", scope: "collective:main"),
                    as: Caller(role: .agent, agent: "ava", permit: permit))
            }
        }
        #expect(error?.code == .alreadyExists && error?.message.contains("secret") == false)
        let slot = SoftKey(node: lone.node.identity.node, key: AgentPulse.key(for: "ava"))
        let said = try #require(lone.node.sync.soft.state(of: slot)?.state)
        let secret = try lone.node.kernel.consult { try ScopeLookup(&$0, $1).require("collective:secret").scope }
        #expect(said.scope == secret)
        // Nor does it move along where the agent itself does.
        _ = try await lone.node.change("ava", .retire, ChangeAgent(), as: caller("ava"))
        try lone.node.sync.soft.post(
            slot.key, in: secret, AgentPulse(status: "moving the jewels").encoded(), seconds: 60)
        let open = try await lone.node.register(
            RegisterAgent(name: "ava", scope: "collective:main"), as: caller("ava"))
        #expect(open.scope == "collective:main" && open.pulse?.status == nil)
    }
}
