import HiveAPI
import HiveCore
import HiveTesting
import Testing

@testable import HiveNode

/// What is said twice stands once, and nothing that only one of the two said is lost.
@Suite struct DuplicateTests {
    private func store(_ lone: LoneNode, _ content: String, _ adjust: (inout StoreMemory) -> Void = { _ in })
        async throws
        -> MemoryAnswer
    {
        var request = StoreMemory(content: content)
        adjust(&request)
        lone.advance(seconds: 1)
        return try await lone.node.store(request, as: .agent)
    }

    @Test("An exact duplicate is folded into the earlier memory, with what is new")
    func fold() async throws {
        let lone = try LoneNode()
        let first = try await store(lone, "the disk  is full") {
            $0.tags = ["a"]
            $0.metadata = ["host": "web-3"]
            $0.agent = "ava"
        }
        let second = try await store(lone, "the disk is full\n") {
            $0.tags = ["a", "b"]
            $0.metadata = ["host": "web-3", "size": 5]
            $0.agent = "bo"
            $0.category = "ops"
            $0.links = [MemoryLink(relation: "see", target: "abcd")]
        }
        #expect(first.created && !second.created)
        #expect(second.memory.id == first.memory.id)
        #expect(second.memory.tags == ["a", "b"])
        #expect(second.memory.metadata == ["host": "web-3", "size": 5])
        #expect(second.memory.category == "ops")
        #expect(second.memory.links.count == 1)
        #expect(second.memory.content == "the disk  is full", "the earlier text stays")
        #expect(try await lone.node.status(as: .agent).memories == 1)
    }

    @Test("Whoever says what another one said confirms it once, and claims nothing in its name")
    func corroboration() async throws {
        let lone = try LoneNode()
        let first = try await store(lone, "same") { $0.agent = "ann" }
        for _ in 0..<2 {
            let again = try await store(lone, "same") { $0.agent = "bob" }
            #expect(again.memory.id == first.memory.id && again.memory.author.agent == "ann")
            #expect(again.memory.epistemic.verifications == 1)
        }
        let doubted = try await store(lone, "same") {
            $0.agent = "eve"
            $0.confidence = 0.1
        }
        #expect(doubted.created, "another confidence is another claim")
        #expect(try await store(lone, "same") { $0.status = "hearsay" }.created, "so is another status")
        #expect(try await lone.node.memory(first.memory.id, as: .agent).confidence == nil)
    }

    @Test("What an agent has in mind is its own")
    func instant() async throws {
        let lone = try LoneNode()
        let ann = try await store(lone, "step 3") { ($0.kind, $0.agent) = ("instant", "ann") }
        let ben = try await store(lone, "step 3") { ($0.kind, $0.agent) = ("instant", "ben") }
        #expect(ben.created && ben.memory.id != ann.memory.id)
    }

    @Test("Nothing is written where nothing is new")
    func nothingNew() async throws {
        let lone = try LoneNode()
        let first = try await store(lone, "same")
        #expect(try await store(lone, "same").memory.version == first.memory.version)
    }

    @Test(
        "What says something else, or is elsewhere, is no duplicate",
        arguments: [
            { $0.content = "Same" }, { $0.kind = "procedural" }, { $0.scope = "instance" }, { $0.category = "other" },
            { $0.confidence = 0.2 }, { $0.metadata = ["host": "web-4"] }, { $0.context = "elsewhere" },
            { $0.duplicates = .keep }, { ($0.subject, $0.relation, $0.object) = ("s", "r", "o") },
        ] as [@Sendable (inout StoreMemory) -> Void])
    func different(adjust: @Sendable (inout StoreMemory) -> Void) async throws {
        let lone = try LoneNode()
        let first = try await store(lone, "same") {
            $0.category = "ops"
            $0.confidence = 0.9
            $0.metadata = ["host": "web-3"]
            $0.context = "here"
            ($0.subject, $0.relation, $0.object) = ("web", "is", "up")
        }
        let second = try await store(lone, "same", adjust)
        #expect(second.created && second.memory.id != first.memory.id)
    }

    @Test("The same happening twice is two episodes")
    func episodes() async throws {
        let lone = try LoneNode()
        #expect(try await store(lone, "deployed") { $0.kind = "episodic" }.created)
        #expect(try await store(lone, "deployed") { $0.kind = "episodic" }.created)
    }

    @Test("A node can be told to keep duplicates, and a write to fold all the same")
    func kept() async throws {
        let lone = try LoneNode { $0.lifecycle.duplicates = .keep }
        _ = try await store(lone, "same")
        #expect(try await store(lone, "same").created)
        #expect(try await !store(lone, "same") { $0.duplicates = .fold }.created)
    }

    @Test("What was forgotten, has expired or was retracted is not folded into")
    func gone() async throws {
        let lone = try LoneNode()
        let first = try await store(lone, "same")
        _ = try await lone.node.remove(first.memory.id, RemoveMemory(), as: .agent)
        let second = try await store(lone, "same") { $0.expiresIn = 60 }
        #expect(second.created)
        lone.advance(seconds: 61)
        let third = try await store(lone, "same")
        #expect(third.created)
        _ = try await lone.node.update(third.memory.id, with: UpdateMemory(status: .set("retracted")), as: .agent)
        #expect(try await store(lone, "same").created)
    }

    @Test("Of two expiries the later one holds, and none is the latest")
    func expiry() async throws {
        let lone = try LoneNode()
        _ = try await store(lone, "same") { $0.expiresIn = 60 }
        let later = try await store(lone, "same") { $0.expiresIn = 600 }
        let sooner = try await store(lone, "same") { $0.expiresIn = 30 }
        #expect(sooner.memory.expiresAt == later.memory.expiresAt && later.memory.expiresAt != nil)
        #expect(try await store(lone, "same").memory.expiresAt == nil)
        #expect(try await store(lone, "same") { $0.expiresIn = 30 }.memory.expiresAt == nil)
    }

    @Test("What is stored again comes out of the archive")
    func archived() async throws {
        let lone = try LoneNode()
        let first = try await store(lone, "same")
        _ = try await lone.node.mark(first.memory.id, MarkMemory(archived: true), as: .agent)
        #expect(try await !store(lone, "same").created)
        #expect(try await lone.search("same").count == 1)
    }

    @Test("Near duplicates are proposed, by words and by meaning", arguments: [true, false])
    func proposals(withMeaning: Bool) async throws {
        let lone = try LoneNode(embedder: withMeaning ? WordHashEmbedder() : nil)
        let first = try await lone.store("kube-proxy on web-3 needs a restart after each upgrade")
        let second = try await lone.store("kube-proxy on web-3 needs a restart after every upgrade")
        try await lone.store("invoices are sent on mondays")
        try await lone.store("kube-proxy on web-3 needs a restart after each upgrade") { $0.scope = "instance" }
        try await lone.store("kube-proxy on web-3 needs a restart after each upgrade") { $0.kind = "procedural" }
        let found = try await lone.node.duplicates(DuplicateQuery(threshold: 0.6), as: .agent).items
        #expect(found.map(\.keep.id) == [first] && found.map(\.other.id) == [second])
        #expect((found[0].meaning != nil) == withMeaning)
        #expect(try await lone.node.duplicates(DuplicateQuery(threshold: 0.99), as: .agent).items.isEmpty)
        await #expect(throws: HiveError.self) {
            try await lone.node.duplicates(DuplicateQuery(threshold: 0), as: .agent)
        }
    }

    @Test("Texts that stand twice are proposed however common their words are")
    func commonTexts() async throws {
        let lone = try LoneNode { $0.lifecycle.duplicates = .keep }
        for number in 0..<60 { try await lone.store("it is down \(number)") }
        let first = try await lone.store("it is down")
        let second = try await lone.store("it is down")
        let exact = try await lone.node.duplicates(DuplicateQuery(threshold: 1), as: .agent).items
        #expect(exact.map { [$0.keep.id, $0.other.id] } == [[first, second]] && exact[0].exact)
    }

    @Test("Merging joins tags, links and metadata, and forgets the others with a pointer")
    func merge() async throws {
        let lone = try LoneNode()
        let keep = try await lone.store("one") {
            $0.tags = ["a"]; $0.metadata = ["k": 1]
        }
        let other = try await lone.store("two") {
            $0.tags = ["b"]
            $0.metadata = ["k": 2, "l": 3]
            $0.links = [MemoryLink(relation: "see", target: "beef"), MemoryLink(relation: "see", target: keep)]
        }
        let answer = try await lone.node.merge(keep, MergeMemories(others: [other]), as: .agent)
        #expect(answer.memory.tags == ["a", "b"])
        #expect(answer.memory.metadata == ["k": 1, "l": 3])
        #expect(
            answer.memory.links.sorted { $0.relation < $1.relation } == [
                MemoryLink(relation: "see", target: "beef"), MemoryLink(relation: "supersedes", target: other),
            ])
        let error = await #expect(throws: HiveError.self) { try await lone.node.memory(other, as: .agent) }
        #expect(error?.code == .forgotten && error?.message.contains(keep) == true)
        _ = try await lone.node.update(other, with: UpdateMemory(addTags: ["back"]), as: .agent)
        #expect(try await lone.node.memory(other, as: .agent).lifecycle?.supersededBy == nil)
        _ = try await lone.node.merge(keep, MergeMemories(others: [other]), as: .agent)
        _ = try await lone.node.update(other, with: UpdateMemory(removeTags: ["back"], metadata: ["l": 3]), as: .agent)
        _ = try await lone.node.merge(keep, MergeMemories(others: [other]), as: .agent)
    }

    @Test("Memories are merged with others of their scope, each once")
    func mergeRefused() async throws {
        let lone = try LoneNode()
        let keep = try await lone.store("one")
        let elsewhere = try await lone.store("two") { $0.scope = "instance" }
        for others in [[], [keep], [elsewhere], ["ffffffff"]] {
            await #expect(throws: HiveError.self) {
                try await lone.node.merge(keep, MergeMemories(others: others), as: .agent)
            }
        }
        #expect(try await lone.node.memory(elsewhere, as: .agent).content == "two")
    }
}
