import HiveAPI
import HiveCore
import HiveTesting
import Testing

@testable import HiveNode

/// What was put away is there, and found where it is asked for; what expired is brought back by saying so.
@Suite struct ArchiveTests {
    @Test("Archived memories are found only where the archive is asked for", arguments: [true, false])
    func search(withMeaning: Bool) async throws {
        let lone = try LoneNode(embedder: withMeaning ? WordHashEmbedder() : nil)
        let id = try await lone.store("rollback one")
        try await lone.store("rollback two")
        _ = try await lone.node.mark(id, MarkMemory(archived: true), as: .agent)
        #expect(try await lone.search("rollback").count == 1)
        #expect(try await lone.search("rollback") { $0.archived = true }.count == 2)
        let memory = try await lone.node.memory(id, as: .agent)
        #expect(memory.content == "rollback one" && memory.lifecycle?.archived == true)
        _ = try await lone.node.mark(id, MarkMemory(archived: false), as: .agent)
        #expect(try await lone.search("rollback").count == 2)
    }

    @Test("Time alone changes a memory's vitality and no byte of it")
    func ageing() async throws {
        let lone = try LoneNode { $0.lifecycle.halfLives.byCategory["news"] = 86_400 }
        let id = try await lone.store("fading") { $0.category = "news" }
        let young = try await lone.node.memory(id, as: .agent)
        lone.advance(seconds: 86_400)
        let old = try await lone.node.memory(id, as: .agent)
        #expect(young.lifecycle?.vitality == 1 && old.lifecycle?.vitality == 0.5)
        #expect(old.lifecycle?.halfLifeSeconds == 86_400 && young.version == old.version)
        _ = try await lone.node.mark(id, MarkMemory(pinned: true), as: .agent)
        let pinned = try await lone.node.memory(id, as: .agent)
        #expect(pinned.lifecycle?.vitality == 1 && pinned.lifecycle?.halfLifeSeconds == nil)
        _ = try await lone.node.mark(id, MarkMemory(pinned: false), as: .agent)
        #expect(try await lone.node.memory(id, as: .agent).lifecycle?.vitality == 0.5, "a decision is no sign of life")
    }

    @Test("Uses that were reported keep a memory alive")
    func uses() async throws {
        let lone = try LoneNode { $0.lifecycle.halfLives.byKind[.semantic] = 86_400 }
        let id = try await lone.store("useful")
        lone.advance(seconds: 86_400)
        try await lone.node.kernel.write { context in
            let state = try #require(try context.transaction.documents.list(.prefix(id)).first)
            _ = try UseRecord.note(3, of: state.address, at: context.now, in: context.transaction)
        }
        let life = try #require(try await lone.node.memory(id, as: .agent).lifecycle)
        #expect(life.uses == 3 && life.vitality == 1 && life.halfLifeSeconds == 3 * 86_400 && life.lastUsedAt != nil)
    }

    @Test("An expiry in the past is refused with advice, and what expired is brought back")
    func expiry() async throws {
        let lone = try LoneNode()
        let error = await #expect(throws: HiveError.self) {
            try await lone.store("late") { $0.expiresAt = "2001-01-01T00:00:00Z" }
        }
        #expect(error?.code == .invalidInput && error?.hint?.isEmpty == false)
        let id = try await lone.store("short") { $0.expiresIn = 60 }
        lone.advance(seconds: 120)
        let expired = await #expect(throws: HiveError.self) { try await lone.node.memory(id, as: .agent) }
        #expect(expired?.code == .expired && expired?.hint?.contains("never") == true)
        #expect(try await lone.search("short").isEmpty)
        _ = try await lone.node.update(id, with: UpdateMemory(expiresAt: .clear), as: .agent)
        #expect(try await lone.node.memory(id, as: .agent).expiresAt == nil)
        #expect(try await lone.search("short").count == 1)
    }

    @Test("Nothing said is refused, and nothing changed writes nothing")
    func nothing() async throws {
        let lone = try LoneNode()
        let id = try await lone.store("one")
        await #expect(throws: HiveError.self) { try await lone.node.mark(id, MarkMemory(), as: .agent) }
        let first = try await lone.node.mark(id, MarkMemory(core: true), as: .agent)
        let second = try await lone.node.mark(id, MarkMemory(core: true), as: .agent)
        #expect(first.memory.version == second.memory.version)
    }
}
