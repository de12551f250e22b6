import HiveAPI
import HiveCore
import Testing

@testable import HiveNode

/// A caller whose token reaches some scopes only, against everything that services do with memories.
@Suite struct ScopeGateTests {
    private static let secret = "the password of the vault is a heron"
    private static let permit = Permit(scopes: ["agent:ava"], readScopes: ["collective:main"], agent: "ava")
    private static let caller = Caller(role: .agent, agent: "ava", permit: permit)

    /// A node with a memory that is out of reach, one that may be read, and one that may be written.
    private struct Field {
        let lone: LoneNode
        let hidden: String
        let shown: String
        let own: String
        var node: Node { lone.node }

        init() async throws {
            lone = try LoneNode()
            hidden = try await lone.store(ScopeGateTests.secret) {
                $0.scope = "agent:bo"
                $0.tags = ["heron"]
                ($0.subject, $0.relation, $0.object) = ("vault", "password", "heron")
                $0.singleValued = true
            }
            shown = try await lone.store("herons nest in colonies") {
                $0.scope = "collective:main"
            }
            own = try await lone.store("ava saw a heron") {
                ($0.scope, $0.agent) = ("agent:ava", "ava")
                ($0.subject, $0.relation, $0.object) = ("vault", "password", "stork")
            }
        }

        func limited<R>(_ work: (Node) async throws -> R) async throws -> R {
            try await Access.$current.withValue(Access(credential: "t", agent: "ava", permit: ScopeGateTests.permit)) {
                try await work(node)
            }
        }
    }

    @Test("The node's state and numbers tell of what a token reaches, and count nothing else")
    func counts() async throws {
        let field = try await Field()
        let all = try await field.node.status(as: .operator)
        let some = try await field.limited { try await $0.status(as: Self.caller) }
        #expect(all.memories == 3 && some.memories == 2)
        #expect(some.operations > 0 && some.operations < all.operations)
        #expect(all.lifecycle != nil && some.lifecycle == nil && some.meaning == nil)
        let numbers = Set(try await field.limited { await $0.metrics() }.map(\.name))
        #expect(numbers.contains("hive_health"))
        #expect(numbers.isDisjoint(with: ["hive_commits_total", "hive_memories_stored_total", "hive_searches_total"]))
    }

    @Test("By its id nothing is told of a memory that is out of reach, not even that it is there")
    func byID() async throws {
        let field = try await Field()
        let (id, me) = (field.hidden, Self.caller)
        let asks: [(String, (Node) async throws -> Void)] = [
            ("memory", { _ = try await $0.memory(id, as: me) }),
            ("history", { _ = try await $0.history(id, as: me) }),
            ("belief", { _ = try await $0.belief(id, as: me) }),
            ("past", { _ = try await $0.memory(id, at: "2030-01-01T00:00:00Z", as: me) }),
            ("update", { _ = try await $0.update(id, with: UpdateMemory(content: "x"), as: me) }),
            ("forget", { _ = try await $0.remove(id, RemoveMemory(), as: me) }),
            ("verify", { _ = try await $0.verify(id, with: AssessMemory(reason: "x"), as: me) }),
            ("use", { _ = try await $0.use(id, with: UseMemory(), as: me) }),
            ("mark", { _ = try await $0.mark(id, MarkMemory(pinned: true), as: me) }),
            ("promote", { _ = try await $0.promote(id, PromoteMemory(to: "universal"), as: me) }),
            ("neighbours", { _ = try await $0.neighbours(id, NeighbourQuery(), as: me) }),
            ("attend", { _ = try await $0.attend(AttendMemory(id: id), as: me) }),
            ("conflict", { _ = try await $0.conflict(id, as: me) }),
            ("similar", { _ = try await $0.episodes(similarTo: id, SimilarQuery(), as: me) }),
        ]
        for (name, ask) in asks {
            await #expect(throws: HiveError(.notFound, ""), "\(name)") { try await field.limited(ask) }
        }
        #expect(try await field.node.memory(id, as: .agent).content == Self.secret)
        #expect(try await field.node.history(id, as: .agent).items.count == 1)
    }

    @Test("No list, search or summary tells anything of it")
    func lists() async throws {
        let field = try await Field()
        let me = Self.caller
        let (hidden, own) = (field.hidden, field.own)
        let told = try await field.limited { node -> [(String, String)] in
            var told: [(String, String)] = []
            func tell(_ name: String, _ value: some JSONRepresentable) { told.append((name, value.json.text)) }
            tell("search", try await node.search(MemoryQuery(q: "heron password vault"), as: me))
            tell("recent", try await node.search(MemoryQuery(), as: me))
            tell("tag", try await node.search(MemoryQuery(tag: ["heron"]), as: me))
            tell("beliefs", try await node.beliefs(BeliefQuery(subject: "vault"), as: me))
            tell("context", try await node.context(ContextQuery(q: "heron password"), as: me))
            tell("statistics", try await node.memoryStatistics(as: me))
            tell("conflicts", try await node.conflicts(as: me))
            tell("duplicates", try await node.duplicates(DuplicateQuery(threshold: 0.01), as: me))
            tell("scopes", try await node.scopes(as: me))
            tell("own", try await node.memory(own, as: me))
            tell("update", try await node.update(own, with: UpdateMemory(content: "ava saw two herons"), as: me))
            var lines = ""
            for try await piece in try await node.exportMemories(ExportQuery(), as: me).pieces {
                lines += String(decoding: piece, as: UTF8.self)
            }
            told.append(("export", lines))
            return told
        }
        for (name, text) in told {
            #expect(!text.contains("password of the vault"), "\(name): \(text)")
            #expect(!text.contains("agent:bo"), "\(name): \(text)")
            #expect(!text.contains(hidden), "\(name): \(text)")
        }
        let statistics = try await field.limited { try await $0.memoryStatistics(as: me) }
        #expect(statistics.memories == 2)
        #expect(try await field.node.memoryStatistics(as: .agent).memories == 3)
        #expect(told.first { $0.0 == "export" }?.1.contains("nest in colonies") == true)
    }

    @Test("An export that goes on after the request was answered stays within its reach")
    func exportLater() async throws {
        let field = try await Field()
        let export = try await field.limited { try await $0.exportMemories(ExportQuery(), as: Self.caller) }
        var lines = ""
        for try await piece in export.pieces { lines += String(decoding: piece, as: UTF8.self) }
        #expect(lines.contains("ava saw a heron") && !lines.contains(Self.secret))
    }

    @Test("One who reaches nothing finds nothing, and changes nobody's working set")
    func nothing() async throws {
        let field = try await Field()
        try await Access.$current.withValue(.unknown) {
            let (all, found) = (
                try await field.node.search(MemoryQuery(), as: .agent),
                try await field.node.search(MemoryQuery(q: "heron"), as: .agent)
            )
            #expect(all.items.isEmpty && found.items.isEmpty)
            let statistics = try await field.node.memoryStatistics(as: .agent)
            #expect(statistics.memories == 0)
            let (scopes, context) = (
                try await field.node.scopes(as: .agent),
                try await field.node.context(ContextQuery(q: "heron"), as: .agent)
            )
            #expect(scopes.items.isEmpty && context.items.isEmpty)
        }
        let me = Self.caller
        try await field.limited { node in
            _ = try await node.attend(AttendMemory(id: field.own), as: me)
            #expect(try await node.workingSet(WorkingQuery(), as: me).items.map(\.id) == [field.own])
            await #expect(throws: HiveError(.forbidden, "")) {
                try await node.workingSet(WorkingQuery(agent: "bo"), as: me)
            }
            await #expect(throws: HiveError(.forbidden, "")) { try await node.clear(WorkingQuery(agent: "bo"), as: me) }
        }
    }

    @Test("What may be read only is not written, and other scopes are neither founded nor filled")
    func writes() async throws {
        let field = try await Field()
        let (shown, own, me) = (field.shown, field.own, Self.caller)
        func store(_ scope: String?) -> StoreMemory {
            var request = StoreMemory(content: "something new")
            request.scope = scope
            return request
        }
        let asks: [(String, (Node) async throws -> Void)] = [
            ("default", { _ = try await $0.store(store(nil), as: me) }),
            ("main", { _ = try await $0.store(store("collective:main"), as: me) }),
            ("instance", { _ = try await $0.store(store("instance"), as: me) }),
            ("bo", { _ = try await $0.store(store("agent:bo"), as: me) }),
            ("nobody", { _ = try await $0.store(store("agent:nobody"), as: me) }),
            ("update", { _ = try await $0.update(shown, with: UpdateMemory(content: "x"), as: me) }),
            ("forget", { _ = try await $0.remove(shown, RemoveMemory(), as: me) }),
            ("verify", { _ = try await $0.verify(shown, with: AssessMemory(reason: "x"), as: me) }),
            ("link", { _ = try await $0.link(shown, with: LinkMemory(relation: "see", target: own), as: me) }),
            ("mark", { _ = try await $0.mark(shown, MarkMemory(pinned: true), as: me) }),
            ("promote", { _ = try await $0.promote(own, PromoteMemory(to: "collective:main"), as: me) }),
            ("incident", { _ = try await $0.openIncident(OpenIncident(title: "x", severity: "high"), as: me) }),
        ]
        for (name, ask) in asks {
            await #expect(throws: HiveError(.forbidden, ""), "\(name)") { try await field.limited(ask) }
        }
        #expect(try await field.node.memory(shown, as: .agent).content == "herons nest in colonies")
        #expect(try await !field.node.scopes(as: .agent).items.map(\.name).contains("agent:nobody"))
        #expect(try await field.node.memoryStatistics(as: .agent).memories == 3)
        let imported = try await field.limited { node in
            try await node.importMemories(
                ImportBatch(
                    lines: [ImportLine(number: 1, memory: ["content": "a", "scope": "agent:bo"])], scope: nil), as: me)
        }
        #expect(imported.created == 0 && imported.failed == 1)
    }

    @Test("Its own scope is written as ever, founded if need be, in its own name")
    func own() async throws {
        let lone = try LoneNode()
        let access = Access(credential: "t", permit: Self.permit)
        let memory = try await Access.$current.withValue(access) {
            var request = StoreMemory(content: "ava's first")
            request.scope = "agent:ava"
            return try await lone.node.store(request, as: Self.caller).memory
        }
        #expect(memory.scope == "agent:ava" && memory.author.agent == "ava")
        await Access.$current.withValue(access) {
            await #expect(throws: HiveError(.forbidden, "")) {
                var request = StoreMemory(content: "in bo's name")
                (request.scope, request.agent) = ("agent:ava", "bo")
                _ = try await lone.node.store(request, as: Self.caller)
            }
        }
    }

    @Test("A limited request beside unlimited ones in one transaction stays limited, and they do not")
    func together() async throws {
        let lone = try LoneNode()
        let access = Access(credential: "t", permit: .nothing)
        let refused = await withTaskGroup(of: Bool?.self) { group in
            for number in 0..<40 {
                group.addTask {
                    let isLimited = number.isMultiple(of: 2)
                    let request = StoreMemory(content: "number \(number)")
                    do {
                        try await Access.$current.withValue(isLimited ? access : .own) {
                            _ = try await lone.node.store(request, as: .agent)
                        }
                        return isLimited ? nil : false
                    } catch { return isLimited ? true : nil }
                }
            }
            var refused = 0
            for await answer in group {
                #expect(answer != nil)
                if answer == true { refused += 1 }
            }
            return refused
        }
        #expect(refused == 20)
        #expect(try await lone.node.memoryStatistics(as: .agent).memories == 20)
    }

    @Test("The law is everybody's: rules are read and asked whatever the scopes")
    func law() async throws {
        let lone = try LoneNode()
        try await Access.$current.withValue(Access(permit: .nothing)) {
            _ = try await lone.node.rules(as: Self.caller)
            let decision = try await lone.node.decide(
                ["event": "tool.pre", "tool": "Bash", "command": "ls"], explain: false, as: Self.caller)
            #expect(decision["allowed"] != nil)
        }
    }
}
