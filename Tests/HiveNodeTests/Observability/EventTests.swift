import HiveAPI
import HiveCore
import HiveTesting
import Testing

@testable import HiveNode

@Suite(.timeLimit(.minutes(2))) struct EventTests {
    @Test("Writes are told as what they are, in order, with ids that ascend")
    func writes() async throws {
        let lone = try LoneNode()
        let events = lone.node.listen(topics: ["memory"], after: nil)
        let id = try await lone.store("one") { $0.scope = "collective:main" }
        _ = try await lone.node.update(id, with: UpdateMemory(addTags: ["seen"]), as: .agent)
        _ = try await lone.node.remove(id, RemoveMemory(mode: .forget), as: .agent)
        _ = try await lone.node.remove(id, RemoveMemory(mode: .erase, now: true), as: .operator)
        var told: [HiveEvent] = []
        for _ in 1...4 { told.append(try #require(await events.next())) }
        #expect(told.map(\.type) == ["memory.created", "memory.changed", "memory.forgotten", "memory.erased"])
        #expect(told.allSatisfy { $0.data["id"] == .string(id) && $0.data["scope"] == "collective:main" })
        let numbers = try told.map { try #require(UInt64($0.id)) }
        #expect(zip(numbers, numbers.dropFirst()).allSatisfy { $0 < $1 })
    }

    @Test("Ids ascend over restarts, even where the clock was put back")
    func restarts() async throws {
        let store = InMemoryStore()
        let first = try LoneNode(store: store)
        first.advance(seconds: 86_400)
        _ = try await first.store("one")
        try await first.node.announcer.keepNumber()
        let newest = first.node.announcer.events.newest
        let second = try LoneNode(store: store)
        #expect(second.node.announcer.events.newest > newest)
        let gap = await second.node.listen(topics: [], after: String(newest)).next()
        #expect(gap?.type == "gap")
    }

    @Test("Rules, members and what a peer writes are told, and conflicts when they begin and end")
    func others() async throws {
        try await WiredNode.pair { a, b in
            let events = b.node.listen(topics: ["memory", "conflict", "rules"], after: nil)
            let heard = a.node.listen(topics: ["peer"], after: nil)
            let id = try await a.node.store(
                StoreMemory(content: "one", scope: "collective:main"), as: .agent
            ).memory.id
            let created = try await Self.next("memory.created", events)
            #expect(created.data["id"] == .string(id))
            // Operations may come before the law by which this node reads their scope.
            let version = try await b.memory(id).version
            var change = UpdateMemory(content: "two")
            _ = try await b.node.update(id, with: change, as: .agent)
            (change.content, change.version) = ("three", version)
            _ = try await b.node.update(id, with: change, as: .agent)
            #expect(try await Self.next("conflict.detected", events).data["id"] == .string(id))
            let conflict = try #require(try await b.node.conflicts(as: .agent).items.first)
            _ = try await b.node.resolve(conflict.id, with: ResolveConflict(value: "four"), as: .agent)
            #expect(try await Self.next("conflict.resolved", events).data["id"] == .string(id))
            // B told A of both. It informs: A found them by itself, too.
            let told = try await Self.next("peer.conflict-settled", heard)
            #expect(told.data["node"] == .string(b.node.identity.node.description))
        }
    }

    private static func next(_ type: String, _ events: EventListener) async throws -> HiveEvent {
        while let event = await events.next() { if event.type == type { return event } }
        throw HiveError(.unavailable, "the events ended before \(type)")
    }
}
