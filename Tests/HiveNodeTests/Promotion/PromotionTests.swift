import HiveAPI
import HiveCore
import HiveTesting
import Testing

@testable import HiveNode

@Suite struct PromotionTests {
    private func promote(
        _ lone: LoneNode, _ id: String, to scope: String = "collective:main", forget: Bool = false
    ) async throws -> PromotionAnswer {
        lone.advance(seconds: 1)
        return try await lone.node.promote(id, PromoteMemory(to: scope, forgetOriginal: forget), as: .agent)
    }

    @Test("A copy says what its original says, and both know of each other")
    func copy() async throws {
        let lone = try LoneNode()
        let id = try await lone.store("kube-proxy needs a restart") {
            $0.scope = "instance"
            $0.category = "ops"
            $0.context = "web-3"
            $0.tags = ["a", "b"]
            $0.metadata = ["n": 5, "nested": ["x": [1, 2]]]
            $0.confidence = 0.7
            $0.expiresIn = 86_400
            $0.source = "observed"
            ($0.subject, $0.relation, $0.object, $0.singleValued) = ("s", "r", "o", true)
        }
        let answer = try await promote(lone, id)
        #expect(answer.created && answer.changed && answer.original == id && answer.leftOut.isEmpty)
        let original = try await lone.node.memory(id, as: .agent)
        let copy = answer.memory
        #expect(copy.id != id && copy.scope == "collective:main" && original.scope == "instance")
        #expect(copy.content == original.content && copy.category == "ops" && copy.context == "web-3")
        #expect(copy.tags == original.tags && copy.metadata == original.metadata && copy.confidence == 0.7)
        #expect(copy.expiresAt == original.expiresAt && copy.epistemic.source == original.epistemic.source)
        #expect(copy.epistemic.status == original.epistemic.status)
        #expect(original.promotion?.copies == [.init(id: copy.id, scope: "collective:main")])
        #expect(copy.promotion?.original == .init(id: id, scope: "instance"))
        let reference = try #require(copy.promotion?.reference)
        #expect(!reference.contains(id) && reference.count == 43)
        #expect(try await lone.node.history(id, as: .agent).items.map(\.operation) == ["created", "promoted"])
        #expect(try await lone.node.history(copy.id, as: .agent).items.map(\.operation) == ["promoted"])
    }

    @Test("Promoting again renews the copy; what was added to it stays, and nothing new writes nothing")
    func again() async throws {
        let lone = try LoneNode()
        let id = try await lone.store("one") { ($0.scope, $0.tags) = ("instance", ["a"]) }
        let copy = try await promote(lone, id).memory.id
        let idle = try await promote(lone, id)
        #expect(idle.memory.id == copy && !idle.created && !idle.changed)
        #expect(try await lone.node.history(id, as: .agent).items.count == 2)
        #expect(try await lone.node.history(copy, as: .agent).items.count == 1)
        _ = try await lone.node.update(copy, with: UpdateMemory(addTags: ["theirs"]), as: .agent)
        let change = UpdateMemory(content: "two", category: .set("ops"), addTags: ["b"])
        _ = try await lone.node.update(id, with: change, as: .agent)
        let renewed = try await promote(lone, id)
        #expect(renewed.memory.id == copy && renewed.changed && !renewed.created && !renewed.memory.contested)
        #expect(renewed.memory.content == "two" && renewed.memory.category == "ops")
        #expect(renewed.memory.tags == ["a", "b", "theirs"])
        _ = try await lone.node.update(id, with: UpdateMemory(category: .clear), as: .agent)
        #expect(try await promote(lone, id).memory.category == nil)
    }

    @Test(
        "Only what is wider is a promotion",
        arguments: [
            ("instance", "instance"), ("agent:ava", "instance"), ("agent:ava", "agent:bo"),
            ("collective:main", "agent:ava"), ("collective:main", "collective:main"), ("universal", "universal"),
            ("universal", "collective:main"),
        ])
    func narrower(from: String, to: String) async throws {
        let lone = try LoneNode()
        let id = try await lone.store("x") { $0.scope = from }
        await #expect(throws: HiveError(.invalidInput, "")) { try await promote(lone, id, to: to) }
        #expect(try await lone.node.memory(id, as: .agent).promotion == nil)
    }

    @Test("What leads nowhere is refused")
    func badInput() async throws {
        let lone = try LoneNode()
        let id = try await lone.store("x") { $0.scope = "instance" }
        for scope in ["nowhere", "collective:none", ""] {
            await #expect(throws: HiveError(.unknownScope, "")) { try await promote(lone, id, to: scope) }
        }
        await #expect(throws: HiveError(.notFound, "")) { try await promote(lone, "00000000") }
        _ = try await lone.node.remove(id, RemoveMemory(mode: .forget), as: .agent)
        await #expect(throws: HiveError(.forgotten, "")) { try await promote(lone, id) }
    }

    @Test("Every step on the way up is a copy of its own")
    func stairs() async throws {
        let lone = try LoneNode()
        var id = try await lone.store("x") { $0.scope = "instance" }
        var seen = [id]
        for scope in ["agent:ava", "collective:main", "universal"] {
            let answer = try await promote(lone, id, to: scope)
            #expect(answer.created && answer.memory.scope == scope && answer.memory.promotion?.original?.id == id)
            id = answer.memory.id
            seen.append(id)
        }
        #expect(Set(seen).count == 4)
        var references: Set<String?> = []
        for scope in ["agent:ava", "collective:main", "universal"] {
            references.insert(try await promote(lone, seen[0], to: scope).memory.promotion?.reference)
        }
        #expect(references.count == 3, "equal ones would tell that two copies have one source")
    }

    @Test("Links and pointers into narrower scopes stay behind; those to copies lead to the copies")
    func pointers() async throws {
        let lone = try LoneNode()
        let secret = try await lone.store("secret") { $0.scope = "instance" }
        let known = try await lone.store("known") { $0.scope = "instance" }
        let shared = try await lone.store("shared") { $0.scope = "collective:main" }
        let copy = try await promote(lone, known).memory.id
        let unknown = String(repeating: "ab", count: 16)
        let id = try await lone.store("x") {
            $0.scope = "instance"
            $0.links = [secret, known, shared, unknown, String(secret.prefix(8))].map {
                MemoryLink(relation: "causes", target: $0)
            }
            $0.metadata = ["pointer": .string(secret), "sum": .string(unknown), "deep": ["x": [.string(secret)]]]
        }
        let answer = try await promote(lone, id)
        #expect(answer.memory.links.map(\.target).sorted() == [copy, shared].sorted())
        #expect(answer.memory.metadata == ["sum": .string(unknown)])
        #expect(answer.leftOut == ["links", "metadata.deep", "metadata.pointer"])
        let text = answer.memory.json.text.replacing(answer.memory.promotion?.original?.id ?? "-", with: "")
        #expect(!text.contains(secret))
    }

    @Test("What a copy is made of tells nobody where it comes from")
    func opaque() async throws {
        let lone = try LoneNode()
        let id = try await lone.store("x") { $0.scope = "instance" }
        let copy = try await promote(lone, id).memory.id
        let (source, operations) = try lone.node.kernel.consult { replica, transaction in
            let view = MemoryView(transaction: transaction, lookup: try ScopeLookup(&replica, transaction))
            let source = try view.find(id)
            return (source, try transaction.logs.operations(.document(try view.find(copy).address)))
        }
        let secrets = [
            source.address.scope.digest.bytes, source.address.document.bytes, source.creation.dot.log.digest.bytes,
        ]
        for operation in operations {
            let bytes = operation.headerBytes + (operation.body?.bytes ?? [])
            for secret in secrets { #expect(!bytes.contains(secret)) }
        }
    }

    @Test("Large values travel as blobs of their own")
    func blobs() async throws {
        let lone = try LoneNode()
        let text = String(repeating: "large ", count: 20_000)
        let id = try await lone.store(text) { $0.scope = "instance" }
        let answer = try await promote(lone, id)
        #expect(answer.memory.content == text)
        #expect(try await promote(lone, id).changed == false)
        let hashes = try lone.node.kernel.consult { replica, transaction in
            let view = MemoryView(transaction: transaction, lookup: try ScopeLookup(&replica, transaction))
            return try [id, answer.memory.id].map { try view.find($0).shown(EngramField.content)?.value }
        }
        #expect(hashes[0] != hashes[1], "one hash in both scopes would tell that they are one memory")
    }

    @Test("The original is forgotten where that is asked for, and the copy still leads to it here")
    func forgetting() async throws {
        let lone = try LoneNode()
        let id = try await lone.store("x") { $0.scope = "instance" }
        let answer = try await promote(lone, id, forget: true)
        #expect(answer.originalForgotten && answer.memory.promotion?.original?.id == id)
        await #expect(throws: HiveError(.forgotten, "")) { try await lone.node.memory(id, as: .agent) }
        #expect(
            try await lone.node.history(id, as: .agent).items.map(\.operation) == ["created", "promoted", "forgotten"])
    }

    @Test("A copy that was forgotten comes back, one that was erased is made anew")
    func removedCopies() async throws {
        let lone = try LoneNode()
        let id = try await lone.store("x") { $0.scope = "instance" }
        let copy = try await promote(lone, id).memory.id
        _ = try await lone.node.remove(copy, RemoveMemory(mode: .forget), as: .agent)
        let back = try await promote(lone, id)
        #expect(back.memory.id == copy && back.changed)
        _ = try await lone.node.remove(copy, RemoveMemory(mode: .erase, now: true), as: .operator)
        let anew = try await promote(lone, id)
        #expect(anew.created && anew.memory.id != copy && anew.memory.content == "x")
    }

    @Test("An episode and a skill go up whole, and count once")
    func stories() async throws {
        let lone = try LoneNode()
        let episode = try await lone.node.startEpisode(StartEpisode(title: "x"), as: .agent).memory.id
        _ = try await lone.node.append(AppendEvent("seen", data: ["n": 1]), toEpisode: episode, as: .agent)
        let told = try await promote(lone, episode).memory
        #expect(told.episode == (try await lone.node.memory(episode, as: .agent).episode))
        _ = try await lone.node.append(AppendEvent("done"), toEpisode: episode, as: .agent)
        _ = try await lone.node.endEpisode(episode, with: EndEpisode(outcome: "success"), as: .agent)
        let ended = try await promote(lone, episode).memory.episode
        #expect(ended?.events.map(\.text) == ["seen", "done"] && ended?.outcome == "success")
        let added = AddSkill(title: "t", trigger: "w", steps: ["a"], scope: "instance")
        let skill = try await lone.node.addSkill(added, as: .agent).memory.id
        _ = try await lone.node.useSkill(skill, UseSkill(result: "success"), as: .agent)
        let copy = try await promote(lone, skill).memory
        _ = try await lone.node.useSkill(skill, UseSkill(result: "failure"), as: .agent)
        _ = try await lone.node.useSkill(copy.id, UseSkill(result: "success"), as: .agent)
        let fared = try await promote(lone, skill).memory.skill
        #expect(fared?.uses == 3 && fared?.successes == 2, "two uses of the original, one of the copy")
        let top = try await promote(lone, copy.id, to: "universal").memory.skill
        #expect(top?.uses == 3 && top?.successes == 2)
    }
}

extension Array where Element == UInt8 {
    /// Whether these bytes stand somewhere within.
    func contains(_ bytes: [UInt8]) -> Bool {
        guard !bytes.isEmpty, bytes.count <= count else { return false }
        return (0...(count - bytes.count)).contains { place in
            self[place] == bytes[0] && self[place..<(place + bytes.count)].elementsEqual(bytes)
        }
    }
}
