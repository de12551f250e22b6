import HiveAPI
import HiveCore
import Testing

@testable import HiveNode

/// A suspension lasts until an operator lifts it, whatever the agent does in between.
@Suite struct SuspensionTests {
    private let lone: LoneNode
    private var node: Node { lone.node }
    private let ava = Caller(role: .agent, agent: "ava")

    init() async throws {
        lone = try LoneNode()
        _ = try await lone.node.register(RegisterAgent(name: "ava"), as: ava)
    }

    private func decide(_ change: AgentChange, _ reason: String? = nil, as caller: Caller = .operator) async throws {
        _ = try await node.change("ava", change, ChangeAgent(reason: reason), as: caller)
        lone.advance(seconds: 1)
    }

    private func register(_ scope: String? = nil) async throws -> AgentRecord {
        defer { lone.advance(seconds: 1) }
        return try await node.register(RegisterAgent(name: "ava", scope: scope), as: ava)
    }

    @Test("It does not free itself by retiring")
    func itself() async throws {
        try await decide(.suspend, "runs wild")
        let error = await #expect(throws: HiveError.self) { try await decide(.retire, as: ava) }
        #expect(error?.code == .forbidden && error?.message.contains("suspended") == true)
        #expect(try await register().state == "suspended")
        try await decide(.resume)
        try await decide(.retire, as: ava)
        #expect(try await register().state == "active")
    }

    @Test("One that was retired while it was suspended comes back suspended, also in another scope")
    func back() async throws {
        _ = try await node.createScope(CreateScope(name: "collective:other"), as: .operator)
        try await decide(.suspend, "runs wild")
        try await decide(.retire, "the project is over")
        #expect(try await node.agents(AgentQuery(state: "retired"), as: ava).items.map(\.name) == ["ava"])
        let other = try await register("collective:other")
        #expect(other.scope == "collective:other" && other.state == "suspended")
        #expect(other.reason == "the project is over")
        try await decide(.retire)
        #expect(try await register("collective:main").state == "suspended")
        // What an operator lifts is over, everywhere.
        try await decide(.resume)
        try await decide(.retire, as: ava)
        #expect(try await register("collective:other").state == "active")
    }
}
