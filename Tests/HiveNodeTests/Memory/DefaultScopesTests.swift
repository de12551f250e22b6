import HiveAPI
import HiveCore
import Testing

@testable import HiveNode

@Suite struct DefaultScopesTests {
    @Test(
        "A memory goes where its kind goes, unless its writer says otherwise",
        arguments: [
            (DefaultScopes.hive, "semantic", "ava", "collective:main"), (.hive, "procedural", nil, "collective:main"),
            (.hive, "episodic", "ava", "instance"), (.hive, "instant", nil, "instance"),
            (.engram, "semantic", "ava", "agent:ava"), (.engram, "procedural", "ava", "agent:ava"),
            (.engram, "semantic", nil, "instance"), (.engram, "episodic", "ava", "instance"),
        ] as [(DefaultScopes, String, String?, String)])
    func defaults(scopes: DefaultScopes, kind: String, agent: String?, scope: String) async throws {
        let lone = try LoneNode { $0.defaultScopes = scopes }
        let caller = Caller(role: .agent, agent: agent)
        let stored = try await lone.node.store(StoreMemory(content: "x", kind: kind), as: caller).memory
        #expect(stored.scope == scope)
        let said = StoreMemory(content: "x", kind: kind, scope: "universal")
        #expect(try await lone.node.store(said, as: caller).memory.scope == "universal")
    }

    @Test("An agent whose name no scope can have is told so")
    func badName() async throws {
        let lone = try LoneNode { $0.defaultScopes = .engram }
        await #expect(throws: HiveError(.invalidInput, "")) {
            try await lone.node.store(StoreMemory(content: "x"), as: Caller(role: .agent, agent: "a b"))
        }
    }

    @Test(
        "Places are read as they are written",
        arguments: [
            ("agent", DefaultScopes.Place.agent), ("instance", .named(.instance)), ("collective:main", .named(.main)),
            ("universal", .named(.universal)), ("agent:", nil), ("elsewhere", nil), ("", nil),
        ] as [(String, DefaultScopes.Place?)])
    func places(text: String, place: DefaultScopes.Place?) {
        #expect(DefaultScopes.Place(text) == place)
    }
}
