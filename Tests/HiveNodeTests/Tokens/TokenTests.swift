import HiveAPI
import HiveCore
import HiveTesting
import Testing

@testable import HiveNode

@Suite struct TokenTests {
    private func make(
        _ lone: LoneNode, _ name: String = "ci", _ adjust: (inout CreateToken) -> Void = { _ in }
    ) async throws -> IssuedToken {
        var request = CreateToken(name: name)
        adjust(&request)
        return try await lone.node.createToken(request, as: .operator)
    }

    @Test("A token is known by what it was made with, and its secret is kept nowhere")
    func making() async throws {
        let store = InMemoryStore()
        let lone = try LoneNode(store: store)
        let issued = try await make(lone) {
            $0.agent = "ava"
            $0.scopes = ["agent:ava"]
            $0.readScopes = ["universal"]
            $0.expiresIn = 3600
        }
        let credential = try #require(try lone.node.credentials.credential(for: issued.token))
        #expect(credential.role == .agent && credential.name == "ci" && credential.id == issued.details.id)
        #expect(credential.permit == Permit(scopes: ["agent:ava"], readScopes: ["universal"], agent: "ava"))
        #expect(issued.details.active && issued.details.lastUsedAt == nil)
        let secret = Array(issued.token.suffix(43).utf8)
        let stored = try store.read { try $0.local.values(in: TokenRecord.namespace, after: nil, limit: .max) }
        #expect(stored.count == 1)
        for pair in stored {
            #expect(!pair.value.contains(secret) && !pair.key.contains(secret))
        }
        let listed = try #require(try await lone.node.tokens(as: .operator).items.first)
        #expect(listed.id == issued.details.id && listed.lastUsedAt != nil)
    }

    @Test("It survives a restart, with the time of its last use")
    func restart() async throws {
        let store = InMemoryStore()
        let lone = try LoneNode(store: store)
        let issued = try await make(lone)
        _ = try lone.node.credentials.credential(for: issued.token)
        try await lone.node.keepTokens()
        let again = try LoneNode(store: store)
        #expect(try again.node.credentials.credential(for: issued.token)?.name == "ci")
        let fresh = try LoneNode(store: store)
        #expect(try await fresh.node.tokens(as: .operator).items.first?.lastUsedAt != nil)
    }

    @Test("A token that was changed in any place is nobody's")
    func forgeries() async throws {
        let lone = try LoneNode()
        let token = try await make(lone).token
        for place in token.indices {
            for letter in ["A", "0", "_", "z"] where token[place] != Character(letter) {
                let forged = token.replacingCharacter(at: place, with: letter)
                let found = try? lone.node.credentials.credential(for: forged)
                #expect(found == nil, "\(place)")
            }
        }
        for text in ["", "hive_", "hive_x_y_z", token + "A", String(token.dropLast()), token + "_"] {
            let found = try? lone.node.credentials.credential(for: text)
            #expect(found == nil, "\(text)")
        }
    }

    @Test("One that was revoked, has expired or is of another node is refused, and says so")
    func endings() async throws {
        let lone = try LoneNode()
        let (short, revoked) = (try await make(lone, "short") { $0.expiresIn = 60 }, try await make(lone, "gone"))
        let answer = try await lone.node.revokeToken("gone", as: .operator)
        #expect(!answer.active && answer.revokedAt != nil)
        #expect(throws: HiveError(.unauthenticated, "")) {
            try lone.node.credentials.credential(for: revoked.token)
        }
        #expect(try lone.node.credentials.credential(for: short.token) != nil)
        lone.advance(seconds: 60)
        #expect(throws: HiveError(.unauthenticated, "")) { try lone.node.credentials.credential(for: short.token) }
        var random = SystemRandomNumberGenerator()
        let foreign = TokenSecret(node: NodeID(.sha256([1])), using: &random)
        do {
            _ = try lone.node.credentials.credential(for: foreign.text)
            Issue.record("a token of another node was taken")
        } catch let error as HiveError { #expect(error.message.contains(foreign.node)) }
        // A revoked name is free again.
        #expect(try await make(lone, "gone").details.name == "gone")
    }

    @Test("Whoever waits for the end of a token hears of it, and of none else", .timeLimit(.minutes(1)))
    func waiting() async throws {
        let lone = try LoneNode()
        let (one, other) = (try await make(lone, "one"), try await make(lone, "other") { $0.expiresIn = 10 })
        #expect(await lone.node.credentials.end(of: "unknown") == false)
        try await withThrowingTaskGroup(of: String.self) { group in
            for token in [one, other] {
                group.addTask {
                    _ = await lone.node.credentials.end(of: token.details.id)
                    return token.details.name
                }
            }
            _ = try await lone.node.revokeToken(one.details.id, as: .operator)
            #expect(try await group.next() == "one")
            lone.advance(seconds: 10)
            try await lone.node.keepTokens()
            #expect(try await group.next() == "other")
            group.addTask {
                _ = await lone.node.credentials.end(of: try await make(lone, "third").details.id)
                return Task.isCancelled ? "cancelled" : "ended"
            }
            group.cancelAll()
            #expect(try await group.next() == "cancelled")
        }
    }

    @Test("What has not counted for a month is forgotten")
    func forgetting() async throws {
        let lone = try LoneNode()
        _ = try await make(lone, "old") { $0.expiresIn = 60 }
        let stays = try await make(lone, "stays")
        lone.advance(seconds: 29 * 86_400)
        try await lone.node.keepTokens()
        #expect(try await lone.node.tokens(as: .operator).items.count == 2)
        lone.advance(seconds: 2 * 86_400)
        try await lone.node.keepTokens()
        #expect(try await lone.node.tokens(as: .operator).items.map(\.id) == [stays.details.id])
    }

    @Test("Agents make, see and revoke none; names are unique; scopes must be scopes")
    func refusals() async throws {
        let lone = try LoneNode()
        let issued = try await make(lone)
        await #expect(throws: HiveError(.forbidden, "")) {
            try await lone.node.createToken(.init(name: "a"), as: .agent)
        }
        await #expect(throws: HiveError(.forbidden, "")) { try await lone.node.tokens(as: .agent) }
        await #expect(throws: HiveError(.forbidden, "")) { try await lone.node.revokeToken("ci", as: .agent) }
        await #expect(throws: HiveError(.alreadyExists, "")) { try await make(lone) }
        await #expect(throws: HiveError(.unknownScope, "")) { try await make(lone, "b") { $0.scopes = ["mine"] } }
        await #expect(throws: HiveError(.notFound, "")) { try await lone.node.revokeToken("nobody", as: .operator) }
        await #expect(throws: HiveError(.notFound, "")) { try await lone.node.revokeToken("", as: .operator) }
        #expect(try await lone.node.revokeToken(String(issued.details.id.prefix(6)), as: .operator).name == "ci")
        // Twice is once.
        #expect(try await lone.node.revokeToken(issued.details.id, as: .operator).active == false)
    }
}

extension String {
    fileprivate func replacingCharacter(at index: Index, with text: String) -> String {
        self[..<index] + text + self[self.index(after: index)...]
    }
}
