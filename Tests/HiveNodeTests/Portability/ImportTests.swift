import HiveAPI
import HiveCore
import HiveTesting
import Testing

@testable import HiveNode

@Suite struct ImportTests {
    private func run(
        _ lone: LoneNode, _ lines: [JSONValue], scope: String? = nil, dryRun: Bool = false
    ) async throws -> ImportAnswer {
        let numbered = lines.enumerated().map { ImportLine(number: $0 + 1, memory: $1) }
        return try await lone.node.importMemories(
            ImportBatch(lines: numbered, scope: scope, dryRun: dryRun), as: .operator)
    }

    private func export(_ lone: LoneNode, _ adjust: (inout MemoryQuery) -> Void = { _ in }) async throws -> [JSONValue]
    {
        var query = MemoryQuery()
        adjust(&query)
        var bytes: [UInt8] = []
        for try await piece in try await lone.node.exportMemories(ExportQuery(query), as: .operator).pieces {
            bytes += piece
        }
        return try bytes.split(separator: 0x0A).map { try JSONValue(parsing: Array($0)) }
    }

    private func counts(_ answer: ImportAnswer) -> [Int] {
        [answer.created, answer.updated, answer.unchanged, answer.skipped, answer.failed]
    }

    /// A memory with something in every field, those of other kinds too.
    private func storeRichMemory(_ lone: LoneNode) async throws -> DocumentAddress {
        let node = lone.node
        return try await node.kernel.write { context in
            let scope = try Node.scope("instance", in: &context).scope
            let address = Replica.newAddress(in: scope, random: &context.random)
            let changes: [Draft.Change] = [
                .setText(EngramField.content, String(repeating: "long ", count: 30_000)),
                .set(EngramField.category, .text("c")), .set(EngramField.status, .text("observed")),
                .set(EngramField.derivedFrom, .text("x")), .add(EngramField.tags, [.text("a"), .text("b")]),
                .append(EngramField.events, [.text("first"), .map(["n": .unsigned(.max), "raw": .bytes([1, 2])])]),
                .set(EngramField.outcome, .text("success")), .set(EngramField.significance, .double(0.5)),
                .set(EngramField.steps, .array([.text("one"), .map(["$bytes": .null])])),
                .count(EngramField.uses, 4), .count(EngramField.verifications, 2),
                .setPath("metadata.k", .array([.null, .double(2)])), .setPath("other.path", .text("kept")),
            ]
            return try context.commit([Draft(.episodic, at: address, agent: "ava", changes: changes)]).states[0].address
        }
    }

    @Test("Every field of a memory is exported and comes back in another hive")
    func everyField() async throws {
        let (a, b) = (try LoneNode(), try LoneNode())
        let address = try await storeRichMemory(a)
        let lines = try await export(a)
        #expect(lines.count == 1)
        #expect(counts(try await run(b, lines)) == [1, 0, 0, 0, 0])
        let back = try await export(b)
        for name in ["content", "category", "tags", "metadata", "epistemic", "fields", "kind", "id", "scope"] {
            #expect(back[0][name] == lines[0][name], "\(name)")
        }
        #expect(back[0]["id"]?.string == address.document.hex)
        #expect(lines[0]["fields"]?["events"]?.array?.count == 2)
        #expect(lines[0]["fields"]?["/other.path"] == "kept")
        #expect(back[0]["origin"]?["system"] == "hive")
        #expect(back[0]["origin"]?["author"]?.string?.hasPrefix("ava on ") == true)
        #expect(back[0]["author"]?["agent"] == .null, "the importer is the author, not whom the line names")
        #expect(counts(try await run(b, lines)) == [0, 0, 1, 0, 0])
        #expect(counts(try await run(b, back)) == [0, 0, 1, 0, 0])
        #expect(counts(try await run(a, lines)) == [0, 0, 1, 0, 0])
    }

    @Test("Lists grow by what a line adds and are never rewritten")
    func lists() async throws {
        let lone = try LoneNode()
        _ = try await storeRichMemory(lone)
        var line = try #require(try await export(lone)[0].object)
        var fields = try #require(line["fields"]?.object)
        fields["events"] = .array((fields["events"]?.array ?? []) + ["third"])
        fields["uses"] = 6
        line["fields"] = .object(fields)
        #expect(counts(try await run(lone, [.object(line)])) == [0, 1, 0, 0, 0])
        let after = try await export(lone)[0]
        #expect(after["fields"]?["events"]?.array?.count == 3 && after["fields"]?["uses"] == 6)
        #expect(counts(try await run(lone, [.object(line)])) == [0, 0, 1, 0, 0])
        fields["events"] = ["something else"]
        line["fields"] = .object(fields)
        #expect(counts(try await run(lone, [.object(line)])) == [0, 0, 0, 0, 1])
    }

    @Test("A line without id is known by its content, one with an origin by that, in each scope once")
    func identity() async throws {
        let lone = try LoneNode()
        let plain: JSONValue = ["content": "the same"]
        let other: JSONValue = ["content": "the same", "tags": ["added"]]
        #expect(counts(try await run(lone, [plain, plain])) == [1, 0, 1, 0, 0])
        #expect(counts(try await run(lone, [other])) == [0, 1, 0, 0, 0])
        #expect(counts(try await run(lone, [plain], scope: "instance")) == [1, 0, 0, 0, 0])
        let origin: JSONValue = ["system": "elsewhere", "id": "7"]
        #expect(counts(try await run(lone, [["content": "a", "origin": origin]])) == [1, 0, 0, 0, 0])
        #expect(counts(try await run(lone, [["content": "b", "origin": origin]])) == [0, 1, 0, 0, 0])
        let memories = try await export(lone)
        #expect(memories.count == 3)
        #expect(memories.filter { $0["content"] == "b" }.count == 1)
    }

    @Test("A memory that is here keeps its scope; a copy in another scope gets an id of its own")
    func scopes() async throws {
        let lone = try LoneNode()
        let id = try await lone.store("copied") { $0.scope = "collective:main" }
        let lines = try await export(lone)
        #expect(counts(try await run(lone, lines, scope: "instance")) == [1, 0, 0, 0, 0])
        #expect(counts(try await run(lone, lines, scope: "instance")) == [0, 0, 1, 0, 0])
        let memories = try await export(lone)
        #expect(Set(memories.compactMap { $0["scope"]?.string }) == ["instance", "collective:main"])
        #expect(Set(memories.compactMap { $0["id"]?.string }).count == 2)
        #expect(try await lone.node.memory(id, as: .agent).scope == "collective:main")
        await #expect(throws: HiveError.self) { try await run(lone, lines, scope: "collective:nowhere") }
    }

    @Test("An id that names something else is refused, and nothing near the law takes a given id")
    func foreignIdentities() async throws {
        let lone = try LoneNode()
        let identity = lone.node.identity
        let founding = DocumentID.derived(
            kind: DocumentKind.hiveFounding.rawValue, key: identity.hive.digest.bytes, generation: 0)
        let line: JSONValue = ["id": .string(founding.hex), "content": "I am the law"]
        #expect(counts(try await run(lone, [line], scope: "universal")) == [0, 0, 0, 0, 1])
        let free: JSONValue = ["id": "00112233445566778899aabbccddeeff", "content": "free"]
        #expect(counts(try await run(lone, [free], scope: "universal")) == [1, 0, 0, 0, 0])
        #expect(try await export(lone)[0]["id"] != free["id"])
    }

    @Test("Both sides' changes stay: a field that both changed is contested")
    func concurrentChanges() async throws {
        let lone = try LoneNode()
        let id = try await lone.store("text") { $0.category = "before" }
        var line = try #require(try await export(lone)[0].object)
        _ = try await lone.node.update(id, with: UpdateMemory(category: .set("here")), as: .agent)
        line["category"] = "in the file"
        lone.advance(seconds: 1)
        #expect(counts(try await run(lone, [.object(line)])) == [0, 1, 0, 0, 0])
        #expect(try await lone.node.memory(id, as: .agent).contested)
        #expect(counts(try await run(lone, [.object(line)])) == [0, 0, 1, 0, 0])
        line["category"] = .null
        lone.advance(seconds: 1)
        #expect(counts(try await run(lone, [.object(line)])) == [0, 1, 0, 0, 0], "null clears what the version had")
    }

    @Test("A dry run writes nothing and says the same")
    func dryRun() async throws {
        let lone = try LoneNode()
        let lines: [JSONValue] = [["content": "a"], ["content": "a"], ["content": "b", "confidence": 2], [:]]
        let sizes = { try lone.node.kernel.read { try $0.logs.rows(.all).map(\.size) } }
        let before = try sizes()
        let dry = try await run(lone, lines, dryRun: true)
        #expect(counts(dry) == [1, 0, 1, 0, 2])
        #expect(try await export(lone).isEmpty)
        #expect(try sizes() == before)
        #expect(counts(try await run(lone, lines)) == counts(dry))
    }

    @Test("An export is one moment: what is written while it goes on is not in it")
    func snapshot() async throws {
        let lone = try LoneNode()
        let ids = [try await lone.store("one"), try await lone.store("two"), try await lone.store("three")]
        let export = try await lone.node.exportMemories(ExportQuery(), as: .operator)
        _ = try await lone.node.update(ids[0], with: UpdateMemory(content: "changed"), as: .agent)
        _ = try await lone.node.remove(ids[1], RemoveMemory(), as: .agent)
        _ = try await lone.node.remove(ids[2], RemoveMemory(mode: .erase, now: true), as: .operator)
        _ = try await lone.store("four")
        var text = ""
        for try await piece in export.pieces { text += String(decoding: piece, as: UTF8.self) }
        let contents = try text.split(separator: "\n").map { try JSONValue(parsing: String($0))["content"]?.string }
        #expect(Set(contents) == ["one", "two"], "what was erased is nowhere, also not in what began before")
    }

    @Test("Two nodes that import the same file have the same memories")
    func sameOnEveryNode() async throws {
        let lines: [JSONValue] = [["content": "x"], ["content": "y", "origin": ["system": "s", "id": "1"]]]
        let a = try LoneNode()
        _ = try await run(a, lines)
        let first = try await export(a).compactMap { $0["id"]?.string }
        let b = try LoneNode()
        _ = try await run(b, lines.reversed())
        // Founded apart, their scopes differ, and so do the identities that are derived from them.
        #expect(try await export(b).count == first.count)
        _ = try await run(a, lines.reversed())
        #expect(try await export(a).compactMap { $0["id"]?.string } == first)
    }
}
