import HiveAPI
import HiveCore
import HiveSync
import Testing

@testable import HiveNode

@Suite(.timeLimit(.minutes(2))) struct ScopeTests {
    @Test("A founded scope is held by its founder alone, who writes there by name and by id")
    func founding() async throws {
        let lone = try LoneNode()
        let scope = try await lone.node.createScope(CreateScope(name: "collective:ops"), as: .operator)
        #expect(scope.role == "steward" && scope.members.map(\.role) == ["steward"])
        let id = try await lone.store("disk full") { $0.scope = "collective:ops" }
        _ = try await lone.store("disk empty") { $0.scope = String(scope.id.prefix(10)) }
        let shown = try await lone.node.scope("collective:ops", as: .agent)
        #expect(shown.memories == 2)
        #expect(try await lone.node.memory(id, as: .agent).scope == "collective:ops")
        #expect(try await lone.node.scopes(as: .agent).items.map(\.name).contains("collective:ops"))
    }

    @Test(
        "Names that are none, that are taken, and callers that may not are refused",
        arguments: [
            ("collective:ops", Caller.agent, "forbidden"), ("ops", .operator, "invalid_input"),
            ("collective:", .operator, "invalid_input"), ("collective:a b", .operator, "invalid_input"),
            ("collective:main", .operator, "already_exists"), ("universal", .operator, "already_exists"),
            ("instance", .operator, "already_exists"), ("collective:taken", .operator, "already_exists"),
        ])
    func refusals(name: String, caller: Caller, code: String) async throws {
        let lone = try LoneNode()
        _ = try await lone.node.createScope(CreateScope(name: "collective:taken"), as: .operator)
        await #expect(throws: HiveError(HiveError.Code(code), "")) {
            _ = try await lone.node.createScope(CreateScope(name: name), as: caller)
        }
        #expect(try await lone.node.scopes(as: .agent).items.count == 4)
    }

    @Test("Of the founder, of strangers and in the instance scope nobody grants or revokes")
    func founderStays() async throws {
        let lone = try LoneNode()
        _ = try await lone.node.createScope(CreateScope(name: "collective:ops"), as: .operator)
        await #expect(throws: HiveError(.forbidden, "")) {
            _ = try await lone.node.revoke("collective:ops", from: "lone", as: .operator)
        }
        await #expect(throws: HiveError(.notFound, "")) {
            _ = try await lone.node.grant("collective:ops", to: "nobody", GrantScope(role: .reader), as: .operator)
        }
        await #expect(throws: HiveError(.invalidInput, "")) {
            _ = try await lone.node.grant("instance", to: "lone", GrantScope(role: .reader), as: .operator)
        }
        await #expect(throws: HiveError(.unknownScope, "")) {
            _ = try await lone.node.grant("collective:no", to: "lone", GrantScope(role: .reader), as: .operator)
        }
    }

    @Test(
        "A node without a grant never learns that a scope exists; with one it gets all, after a revocation nothing new")
    func confinement() async throws {
        try await WiredNode.pair { a, b in
            let scope = try await a.node.createScope(CreateScope(name: "collective:heliotrope"), as: .operator)
            let early = try await a.node.store(
                StoreMemory(content: "chrysanthemum early", scope: "collective:heliotrope"), as: .agent
            ).memory.id
            _ = try await b.node.syncNow(as: .operator)
            _ = try await a.node.syncNow(as: .operator)
            let held = try a.node.kernel.consult { replica, transaction in
                try ScopeLookup(&replica, transaction).find("collective:heliotrope")?.scope.digest.bytes
            }
            let digest = try #require(held)
            for secret in [digest, Array("heliotrope".utf8), Array("chrysanthemum".utf8)] {
                #expect(!a.tap.sent.contains { $0.contains(secret) }, "nothing of it was sent")
            }
            #expect(try await !b.node.scopes(as: .agent).items.contains { $0.id == scope.id })

            let granted = try await a.node.grant(
                "collective:heliotrope", to: "b", GrantScope(role: .writer), as: .operator)
            #expect(granted.members.contains { $0.name == "b" && $0.role == "writer" })
            #expect(try await b.memory(early).content == "chrysanthemum early")
            let answer = try await b.node.store(
                StoreMemory(content: "from b", scope: "collective:heliotrope"), as: .agent
            ).memory.id
            #expect(try await a.memory(answer).content == "from b")

            let revoked = try await a.node.revoke("collective:heliotrope", from: "b", as: .operator)
            #expect(!revoked.members.contains { $0.name == "b" })
            let late = try await a.node.store(
                StoreMemory(content: "marigold late", scope: "collective:heliotrope"), as: .agent
            ).memory.id
            let shared = try await a.node.store(
                StoreMemory(content: "for all", scope: "collective:main"), as: .agent
            ).memory.id
            #expect(try await b.memory(shared).content == "for all", "what came later has arrived")
            #expect(!a.tap.sent.contains { $0.contains(Array("marigold".utf8)) })
            await #expect(throws: HiveError(.notFound, "")) { _ = try await b.node.memory(late, as: .agent) }
            #expect(try await a.memory(answer).content == "from b", "what it wrote by right stays")
        }
    }

    @Test("A steward that was granted a scope may grant it on, and not against who granted it")
    func ranks() async throws {
        try await WiredNode.pair { a, b in
            _ = try await a.node.createScope(CreateScope(name: "collective:ops"), as: .operator)
            _ = try await a.node.grant("collective:ops", to: "b", GrantScope(role: .steward), as: .operator)
            while try await !b.node.scopes(as: .agent).items.contains(where: { $0.name == "collective:ops" }) {
                try Task.checkCancellation()
                await Task.yield()
            }
            await #expect(throws: HiveError(.forbidden, "")) {
                _ = try await b.node.revoke("collective:ops", from: "a", as: .operator)
            }
            _ = try await a.node.grant("collective:ops", to: "b", GrantScope(role: .reader), as: .operator)
            while try await b.node.scope("collective:ops", as: .agent).role != "reader" {
                try Task.checkCancellation()
                await Task.yield()
            }
            await #expect(throws: HiveError(.forbidden, "")) {
                _ = try await b.node.grant("collective:ops", to: "b", GrantScope(role: .steward), as: .operator)
            }
        }
    }

    @Test("What a writer wrote stays when it becomes a reader, and what a steward granted when it becomes a writer")
    func demotion() async throws {
        try await WiredNode.pair { a, b in
            _ = try await a.node.createScope(CreateScope(name: "collective:ops"), as: .operator)
            _ = try await a.node.grant("collective:ops", to: "b", GrantScope(role: .steward), as: .operator)
            while try await !b.node.scopes(as: .agent).items.contains(where: { $0.name == "collective:ops" }) {
                try Task.checkCancellation()
                await Task.yield()
            }
            let note = StoreMemory(content: "written by right", scope: "collective:ops")
            let id = try await b.node.store(note, as: .agent).memory.id
            for role in [GrantScope.Role.writer, .reader] {
                while try await a.node.search(MemoryQuery(scope: "collective:ops"), as: .agent).items.isEmpty {
                    try Task.checkCancellation()
                    await Task.yield()
                }
                _ = try await a.node.grant("collective:ops", to: "b", GrantScope(role: role), as: .operator)
                while try await b.node.scope("collective:ops", as: .agent).role != role.rawValue {
                    try Task.checkCancellation()
                    await Task.yield()
                }
                for node in [a.node, b.node] { #expect(try await node.memory(id, as: .agent).content == note.content) }
            }
        }
    }

    @Test("A name that two scopes have is an error that lists both, and either is found by its id")
    func ambiguity() async throws {
        try await WiredNode.pair { a, b in
            let one = try await a.node.createScope(CreateScope(name: "collective:ops"), as: .operator)
            let other = try await b.node.createScope(CreateScope(name: "collective:ops"), as: .operator)
            _ = try await b.node.grant("collective:ops", to: "a", GrantScope(role: .writer), as: .operator)
            while try await a.node.scopes(as: .agent).items.count(where: { $0.name == "collective:ops" }) < 2 {
                try Task.checkCancellation()
                await Task.yield()
            }
            do {
                _ = try await a.node.scope("collective:ops", as: .agent)
                Issue.record("one of two was taken")
            } catch let error as HiveError {
                #expect(error.code == .ambiguous)
                #expect(error.message.contains(one.id.prefix(8)) && error.message.contains(other.id.prefix(8)))
            }
            #expect(try await a.node.scope(String(other.id.prefix(12)), as: .agent).id == other.id)
            await #expect(throws: HiveError(.ambiguous, "")) {
                _ = try await a.node.store(StoreMemory(content: "x", scope: "collective:ops"), as: .agent)
            }
        }
    }

    @Test("An invitation may name scopes: the law of the hive comes along, the rest of the hive does not")
    func invitation() async throws {
        let lone = try LoneNode()
        _ = try await lone.node.createScope(CreateScope(name: "collective:ops"), as: .operator)
        let shares = try lone.node.kernel.consult { replica, transaction in
            try Pairing.grants(["collective:ops"], as: .writer, &replica, transaction)
        }
        #expect(shares.map(\.founding.name.description) == ["universal", "collective:ops"])
        #expect(shares.map(\.role) == [.reader, .writer])
        let usual = try lone.node.kernel.consult { replica, transaction in
            try Pairing.grants(nil, as: .writer, &replica, transaction)
        }
        #expect(usual.map(\.founding.name) == [.universal, .main], "other scopes are given by name only")
        #expect(throws: HiveError(.unknownScope, "")) {
            _ = try lone.node.kernel.consult { try Pairing.grants(["collective:no"], as: .writer, &$0, $1) }
        }
    }
}
