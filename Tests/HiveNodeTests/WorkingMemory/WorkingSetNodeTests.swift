import HiveAPI
import HiveCore
import HiveStore
import HiveTesting
import Testing

@testable import HiveNode

/// Working sets of a node: who is in them, for how long, and what becomes of what leaves.
@Suite struct WorkingSetNodeTests {
    private let ann = Caller(role: .agent, agent: "ann")

    private func instant(_ lone: LoneNode, _ text: String, expiresIn: Int? = nil) async throws -> String {
        try await lone.store(text) {
            $0.kind = "instant"
            $0.agent = "ann"
            $0.expiresIn = expiresIn
        }
    }

    private func ids(_ lone: LoneNode, agent: String? = nil) async throws -> [String] {
        try await lone.node.workingSet(WorkingQuery(agent: agent), as: ann).items.map(\.id)
    }

    @Test("Instant memories are in their agent's set by themselves, others once they are looked at")
    func members() async throws {
        let lone = try LoneNode()
        let own = try await instant(lone, "the deploy is at step 3")
        let note = try await lone.store("the proxy listens on 3128")
        let foreign = try await lone.store("somebody else's step") {
            $0.kind = "instant"
            $0.agent = "bo"
        }
        let shared = try await lone.store("a shared step") {
            $0.kind = "instant"
            $0.agent = "ann"
            $0.scope = "collective:main"
        }
        #expect(try await ids(lone) == [own])
        #expect(try await ids(lone, agent: "bo") == [foreign])
        let answer = try await lone.node.attend(AttendMemory(id: note, weight: 0.9), as: ann)
        #expect(answer.items.map(\.id) == [note, own] && answer.agent == "ann")
        #expect(!answer.items.contains { $0.id == shared }, "what is shared is nobody's own")
        #expect(answer.tokens == answer.items.reduce(0) { $0 + $1.tokens })
        let nobody = try await lone.store("whose step is this") { $0.kind = "instant" }
        #expect(try await lone.node.workingSet(WorkingQuery(), as: .operator).items.map(\.id) == [nobody])
    }

    @Test("Attention fades with the time, looks and refreshing renew it")
    func attention() async throws {
        let lone = try LoneNode()
        let id = try await instant(lone, "step 3")
        func attention() async throws -> Double {
            try #require(try await lone.node.workingSet(WorkingQuery(), as: ann).items.first).attention
        }
        #expect(try await attention() == 0.5)
        lone.advance(seconds: 3600)
        #expect(try await attention() == 0.25)
        _ = try await lone.node.attend(AttendMemory(id: id), as: ann)
        #expect(try await attention() == 0.625)
        lone.advance(seconds: 2 * 3600)
        _ = try await lone.node.refresh(RefreshWorking(), as: ann)
        #expect(try await attention() == 0.5)
    }

    @Test("An instant memory that faded is given an end and found by its id until then")
    func fading() async throws {
        let lone = try LoneNode()
        let id = try await instant(lone, "step 3")
        lone.advance(seconds: 3 * 3600)
        try await lone.node.settleWorkingSets()
        #expect(try await lone.node.memory(id, as: ann).expiresAt == nil, "before its time nothing happens")
        lone.advance(seconds: 3600)
        #expect(try await ids(lone).isEmpty)
        try await lone.node.settleWorkingSets()
        let faded = try await lone.node.memory(id, as: ann)
        #expect(faded.content == "step 3" && faded.expiresAt != nil)
        #expect(try await lone.search("step").map(\.memory.id) == [id], "it is found as before")
        let version = faded.version
        try await lone.node.settleWorkingSets()
        #expect(try await lone.node.memory(id, as: ann).version == version, "it leaves once")
        lone.advance(seconds: 24 * 3600)
        #expect(try await lone.search("step").isEmpty)
        await #expect(throws: HiveError(.notFound, "")) {
            try await lone.node.attend(AttendMemory(id: id), as: ann)
        }
    }

    @Test("The node lets go of what faded by itself")
    func keeping() async throws {
        let lone = try LoneNode()
        let id = try await instant(lone, "step 3")
        lone.advance(seconds: 5 * 3600)
        let keeper = WorkingSetKeeper(node: lone.node, logger: lone.node.logger)
        let running = Task { try await keeper.run() }
        while try await lone.node.memory(id, as: ann).expiresAt == nil { await Task.yield() }
        running.cancel()
        try await running.value
    }

    @Test("Looking at what faded brings it back without an end; an end of its own stays")
    func returning() async throws {
        let lone = try LoneNode()
        let faded = try await instant(lone, "step 3")
        let ending = try await instant(lone, "step 4", expiresIn: 9 * 3600)
        let end = try await lone.node.memory(ending, as: ann).expiresAt
        lone.advance(seconds: 5 * 3600)
        try await lone.node.settleWorkingSets()
        #expect(try await lone.node.memory(ending, as: ann).expiresAt == end)
        #expect(try await ids(lone).isEmpty)
        for id in [faded, ending] { _ = try await lone.node.attend(AttendMemory(id: id), as: ann) }
        #expect(try await Set(ids(lone)) == [faded, ending])
        #expect(try await lone.node.memory(faded, as: ann).expiresAt == nil)
        #expect(try await lone.node.memory(ending, as: ann).expiresAt == end)
    }

    @Test("What another agent still has in mind is given no end before that one lets it go")
    func shared() async throws {
        let lone = try LoneNode()
        let id = try await instant(lone, "step 3")
        lone.advance(seconds: 3 * 3600)
        _ = try await lone.node.attend(AttendMemory(id: id, agent: "bo"), as: ann)
        lone.advance(seconds: 3600)
        try await lone.node.settleWorkingSets()
        #expect(try await ids(lone).isEmpty)
        #expect(try await ids(lone, agent: "bo") == [id])
        #expect(try await lone.node.memory(id, as: ann).expiresAt == nil)
        _ = try await lone.node.evict(EvictMemory(id: id, agent: "bo"), as: ann)
        #expect(try await lone.node.memory(id, as: ann).expiresAt != nil)
        _ = try await lone.node.attend(AttendMemory(id: id, agent: "bo"), as: ann)
        #expect(try await lone.node.memory(id, as: ann).expiresAt == nil)
        #expect(try await ids(lone).isEmpty, "it is back for the one who looked")
    }

    @Test("A set stays within its budget: first shorter, then fewer, and the budget is kept")
    func budget() async throws {
        let lone = try LoneNode()
        let long = String(repeating: "a step of the deploy. ", count: 20)
        for number in 1...5 { _ = try await instant(lone, "\(number): " + long) }
        let roomy = try await lone.node.refresh(RefreshWorking(budget: 100_000), as: ann)
        #expect(roomy.items.count == 5 && !roomy.items.contains(where: \.shortened))
        let tight = try await lone.node.workingSet(WorkingQuery(budget: 250), as: ann)
        #expect(tight.tokens <= 250 && tight.items.count == 5 && tight.items.allSatisfy(\.shortened))
        let narrow = try await lone.node.refresh(RefreshWorking(budget: 100), as: ann)
        #expect(
            narrow.tokens <= 100 && narrow.items.count == 2
                && narrow.departed.map(\.why) == ["crowded", "crowded", "crowded"])
        for departed in narrow.departed {
            #expect(try await lone.node.memory(departed.id, as: ann).expiresAt != nil, "it is still found by its id")
        }
        #expect(try await lone.node.workingSet(WorkingQuery(), as: ann).budget == 100)
    }

    @Test("Clearing empties a set, also one that cannot be read")
    func clearing() async throws {
        let lone = try LoneNode()
        let note = try await lone.store("a note")
        let own = try await instant(lone, "step 3")
        _ = try await lone.node.attend(AttendMemory(id: note), as: ann)
        let cleared = try await lone.node.clear(WorkingQuery(), as: ann)
        #expect(cleared.items.isEmpty && Set(cleared.departed.map(\.id)) == [note, own])
        #expect(try await lone.node.memory(note, as: ann).expiresAt == nil)
        #expect(try await lone.node.memory(own, as: ann).expiresAt != nil)
        try await lone.node.kernel.write { try $0.transaction.local.set([9], for: Array("ann".utf8), in: "working") }
        await #expect(throws: HiveError(.storeCorrupt, "")) { try await ids(lone) }
        #expect(try await lone.node.clear(WorkingQuery(), as: ann).items.isEmpty)
        #expect(try await ids(lone).isEmpty)
    }

    @Test("A set outlives its node's process, and follows forgetting and erasure")
    func persistence() async throws {
        let folder = try Folder()
        let note: String
        do {
            let store = try SQLiteStore(path: folder.path + "/hive.db")
            let lone = try LoneNode(store: store)
            note = try await lone.store("a note")
            _ = try await lone.node.attend(AttendMemory(id: note), as: ann)
            try store.close()
        }
        let lone = try LoneNode(store: SQLiteStore(path: folder.path + "/hive.db"))
        #expect(try await ids(lone) == [note])
        _ = try await lone.node.remove(note, RemoveMemory(mode: .forget), as: ann)
        #expect(try await ids(lone).isEmpty)
        await #expect(throws: HiveError(.forgotten, "")) { try await lone.node.attend(AttendMemory(id: note), as: ann) }
    }

    @Test("Attention is soft state: it is in no log")
    func softState() async throws {
        let lone = try LoneNode()
        let note = try await lone.store("a note")
        let before = try await lone.node.history(note, as: ann).items.count
        for _ in 0..<5 { _ = try await lone.node.attend(AttendMemory(id: note), as: ann) }
        _ = try await lone.node.refresh(RefreshWorking(), as: ann)
        _ = try await lone.node.evict(EvictMemory(id: note), as: ann)
        #expect(try await lone.node.history(note, as: ann).items.count == before)
    }

    @Test(
        "What no set takes is refused with advice",
        arguments: [
            AttendMemory(id: "x", weight: 0), AttendMemory(id: "x", weight: 1.5), AttendMemory(id: "x", weight: .nan),
            AttendMemory(id: "x", budget: 0), AttendMemory(id: "x", budget: -1), AttendMemory(id: "x", budget: 99),
            AttendMemory(id: "x", agent: ""), AttendMemory(id: "x", agent: String(repeating: "a", count: 257)),
        ])
    func badInput(request: AttendMemory) async throws {
        let lone = try LoneNode()
        await #expect(throws: HiveError(.invalidInput, "")) { try await lone.node.attend(request, as: ann) }
    }

    @Test("What is not there, or not in the set, is not found")
    func unknown() async throws {
        let lone = try LoneNode()
        let note = try await lone.store("a note")
        for id in ["x", "ffffffff", ""] {
            await #expect(throws: HiveError(.notFound, "")) {
                try await lone.node.attend(AttendMemory(id: id), as: ann)
            }
        }
        await #expect(throws: HiveError(.notFound, "")) { try await lone.node.evict(EvictMemory(id: note), as: ann) }
    }
}
