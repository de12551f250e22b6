import Dispatch
import HiveAPI
import HiveCore
import HiveTesting
import Logging
import Synchronization
import Testing

@testable import HiveNode

/// What is told of tasks, messages and agents, and at whose cost.
@Suite(.timeLimit(.minutes(2))) struct StoryTests {
    private let ava = Caller(role: .agent, agent: "ava")

    @Test("What is read for events is read beside the writer")
    func beside() async throws {
        let lone = try LoneNode()
        let changes = Mutex<[NodeChange]>([])
        _ = lone.node.kernel.follow { change in changes.withLock { $0.append(change) } }
        _ = try await lone.node.register(RegisterAgent(name: "ava"), as: ava)
        _ = try await lone.store("the change of before has been told by now")
        let change = try #require(changes.withLock { $0 }.first { !$0.documents(of: .agent).isEmpty })
        let board = lone.node.sync.board
        let announcer = try EventAnnouncer(
            kernel: lone.node.kernel, board: board, logger: Logger(label: "test"))
        let events = announcer.events.listen(topics: ["agent"], after: nil)
        let gate = DispatchSemaphore(value: 0)
        announcer.announce(change, rules: "") { addresses in
            gate.wait()
            return Dictionary(uniqueKeysWithValues: addresses.map { ($0, ("agent.changed", ["name": "ava"])) })
        }
        let before = announcer.events.newest
        gate.signal()
        let told = try #require(await events.next())
        #expect(told.data["name"] == "ava" && told.id == String(before + 1), "nothing was told before it was read")
    }

    @Test("Events keep the order of what happened, whether anything is read for them or not")
    func order() async throws {
        let lone = try LoneNode()
        let events = lone.node.listen(topics: [], after: nil)
        _ = try await lone.node.register(RegisterAgent(name: "ava"), as: ava)
        var expected: [String] = []
        for number in 0..<20 {
            if number.isMultiple(of: 2) {
                expected.append(try await lone.node.send(SendMessage(to: ["ava"], text: "\(number)"), as: ava).id)
            } else {
                expected.append(try await lone.store("memory \(number)") { $0.scope = "collective:main" })
            }
        }
        var told: [String] = []
        while told.count < expected.count {
            let event = try #require(await events.next())
            guard ["message.sent", "memory.created"].contains(event.type) else { continue }
            told.append(try #require(event.data["id"]?.string))
        }
        #expect(told == expected)
    }

    @Test("Where nobody listens, or did lately, events say what is known without reading")
    func bare() async throws {
        let lone = try LoneNode()
        let start = String(lone.node.announcer.events.newest)
        let first = try await lone.node.delegate(DelegateTask(title: "Renew it", agent: "cleo"), as: .agent).id
        // Told in order: once this one is, the task was.
        let memories = lone.node.listen(topics: ["memory"], after: start)
        _ = try await lone.store("after the task")
        _ = await memories.next()
        do {
            let events = lone.node.listen(topics: ["task"], after: start)
            let bare = try #require(await events.next())
            #expect(bare.type == "task.changed" && bare.data["id"] == .string(first) && bare.data["title"] == nil)
            #expect(bare.data["scope"] == "collective:main")
            let second = try await lone.node.delegate(DelegateTask(title: "Mend it", agent: "cleo"), as: .agent).id
            let full = try #require(await events.next())
            #expect(full.data["id"] == .string(second) && full.data["title"] == "Mend it")
        }
        // Whoever was away for a moment comes back and has missed nothing.
        let away = String(lone.node.announcer.events.newest)
        _ = try await lone.node.delegate(DelegateTask(title: "Paint it", agent: "cleo"), as: .agent)
        let back = lone.node.listen(topics: ["task"], after: away)
        #expect(await back.next()?.data["title"] == "Paint it")
    }

    @Test("A change names every scope whose members changed, also where nobody had asked about its law")
    func law() async throws {
        let lone = try LoneNode()
        let law = Mutex<Set<ScopeID>>([])
        _ = lone.node.kernel.follow { change in law.withLock { $0.formUnion(change.law) } }
        let scope = try await lone.node.createScope(CreateScope(name: "collective:new"), as: .operator)
        _ = try await lone.store("the change of before has been told by now")
        let found = try lone.node.kernel.consult { try ScopeLookup(&$0, $1).require(scope.name).scope }
        #expect(law.withLock { $0.contains(found) })
    }
}
