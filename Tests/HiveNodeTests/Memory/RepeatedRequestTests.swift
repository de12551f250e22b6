import HiveAPI
import Testing

@testable import HiveNode

@Suite struct RepeatedRequestTests {
    private let lone: LoneNode
    init() throws { lone = try LoneNode() }

    /// Makes a request under a key, as if it came anew each time.
    private func under<Result: Sendable>(
        _ key: String, _ request: String, _ work: @Sendable () async throws -> Result
    ) async throws -> Result {
        let writeKey = WriteKey(key, request: Array(request.utf8), as: .agent)
        return try await WriteKey.$current.withValue(writeKey) { try await work() }
    }

    @Test("Whatever is written under a key is written once, and the document is known again")
    func once() async throws {
        let node = lone.node
        let id = try await lone.store("one")
        let request = UpdateMemory(addTags: ["seen"])
        _ = try await under("k", "add") { try await node.update(id, with: request, as: .agent) }
        let before = try await node.history(id, as: .agent).items.count
        let again = WriteKey("k", request: Array("add".utf8), as: .agent)
        await #expect(throws: HiveError(.alreadyDone, "")) {
            _ = try await WriteKey.$current.withValue(again) {
                try await node.update(id, with: UpdateMemory(addTags: ["other"]), as: .agent)
            }
        }
        #expect(again.earlierDocument == id)
        #expect(try await node.history(id, as: .agent).items.count == before)
        await #expect(throws: HiveError(.keyReused, "")) {
            _ = try await under("k", "another") { try await node.update(id, with: request, as: .agent) }
        }
    }

    @Test("A request that failed has not used up its key")
    func failure() async throws {
        let node = lone.node
        await #expect(throws: HiveError(.notFound, "")) {
            _ = try await under("k", "add") {
                try await node.update("abcd", with: UpdateMemory(addTags: ["seen"]), as: .agent)
            }
        }
        let id = try await lone.store("one")
        _ = try await under("k", "add") {
            try await node.update(id, with: UpdateMemory(addTags: ["seen"]), as: .agent)
        }
    }

    @Test("Once what a request wrote is erased, the request is answered with that", arguments: [true, false])
    func erased(byKernel: Bool) async throws {
        let node = lone.node
        let request = StoreMemory(content: "one", idempotencyKey: byKernel ? nil : "k")
        let store: @Sendable () async throws -> String = {
            guard byKernel else { return try await node.store(request, as: .agent).memory.id }
            let key = WriteKey("k", request: [1], as: .agent)
            return try await WriteKey.$current.withValue(key) { try await node.store(request, as: .agent).memory.id }
        }
        let id = try await store()
        _ = try await node.remove(id, RemoveMemory(mode: .erase, now: true), as: .operator)
        await #expect(throws: HiveError(.erased, "")) { _ = try await store() }
    }

    @Test("An update under a key of its own is made once, too")
    func updates() async throws {
        let id = try await lone.store("one")
        let request = UpdateMemory(addTags: ["seen"], idempotencyKey: "k")
        for _ in 1...2 { _ = try await lone.node.update(id, with: request, as: .agent) }
        #expect(try await lone.node.history(id, as: .agent).items.count == 2)
        let other = UpdateMemory(addTags: ["more"], idempotencyKey: "k")
        await #expect(throws: HiveError(.keyReused, "")) {
            _ = try await lone.node.update(id, with: other, as: .agent)
        }
    }
}
