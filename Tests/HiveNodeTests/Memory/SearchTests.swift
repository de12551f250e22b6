import Foundation
import HiveAPI
import HiveCore
import HiveEmbedding
import HiveStore
import HiveTesting
import Synchronization
import Testing

@testable import HiveNode

/// Memories are found by their words and by what they mean.
@Suite struct SearchTests {
    private static let notes = [
        "roll back a faulty release with helm rollback api",
        "kube-proxy on web-3 needs a restart after each upgrade",
        "ERR_CONN_RESET from the load balancer means that its idle timeout is too short",
        "the proxies of the office network are rebooted on sundays",
        "invoices are sent on the first monday of each month",
        "the nightly backup of postgres goes to the cold storage bucket",
        "new colleagues get their laptop from the service desk",
        "certificates of the gateway are renewed sixty days before they lapse",
    ]

    private func onDisk(_ folder: Folder) throws -> LoneNode {
        try LoneNode(embedder: StaticEmbedder(), store: SQLiteStore(path: folder.path + "/hive.db"))
    }

    @Test(
        "A question that shares no word with its note finds it",
        arguments: [
            ("undo broken deployment", 0), ("database dump archive location", 5), ("TLS expiry", 7),
            ("billing schedule", 4), ("onboarding hardware for employees", 6),
        ])
    func meaning(question: String, note: Int) async throws {
        let folder = try Folder()
        let lone = try onDisk(folder)
        for note in Self.notes { try await lone.store(note) }
        let wordsOnly = try await lone.search(question) { $0.semantic = false }
        #expect(!wordsOnly.contains { $0.memory.content == Self.notes[note] }, "it shares a word")
        let hits = try await lone.search(question) { $0.limit = 3 }
        #expect(hits.contains { $0.memory.content == Self.notes[note] }, "\(hits.map(\.memory.content))")
    }

    @Test(
        "Exact identifiers come first",
        arguments: [
            ("kube-proxy", 1), ("ERR_CONN_RESET", 2), ("what does ERR_CONN_RESET tell", 2), ("restart kube-proxy", 1),
        ])
    func identifiers(question: String, note: Int) async throws {
        let folder = try Folder()
        let lone = try onDisk(folder)
        for note in Self.notes { try await lone.store(note) }
        #expect(try await lone.search(question).first?.memory.content == Self.notes[note])
    }

    @Test(
        "A cursor that nobody gave out is refused",
        arguments: ["0@-9223372036854775808", "0@9223372036854775807", "-1", "1@x", "@", "99999999@5", "1099511627777"])
    func cursors(cursor: String) async throws {
        let lone = try LoneNode()
        try await lone.store("a note")
        await #expect(throws: HiveError(.invalidInput, "")) {
            try await lone.node.search(MemoryQuery(q: "note", cursor: cursor), as: .agent)
        }
    }

    @Test("Every field can be filtered by, and pages are whole")
    func everyField() async throws {
        let folder = try Folder()
        let lone = try onDisk(folder)
        for number in 0..<12 {
            try await lone.store("the proxy restarts, note \(number)") {
                $0.user = number.isMultiple(of: 3) ? "alice" : "bob"
                $0.source = "runbook"
                $0.context = String(repeating: "long ", count: 100)
                $0.metadata = ["owner": "platform", "level": .integer(Int64(number % 2)), "urgent": true]
                $0.confidence = Double(number) / 10 > 1 ? 1 : Double(number) / 10
                ($0.subject, $0.relation, $0.object) = ("proxy", "runs on", "web-\(number)")
            }
        }
        func count(_ adjust: (inout MemoryQuery) -> Void) async throws -> Int {
            try await lone.search("proxy") { query in
                query.limit = 4
                adjust(&query)
            }.count
        }
        #expect(try await count { $0.user = "alice" } == 4, "a page is cut after it is filtered")
        #expect(try await count { $0.user = "carol" } == 0)
        #expect(try await count { $0.meta = ["owner=platform", "level=1", "urgent=true"] } == 4)
        #expect(try await count { $0.meta = ["owner=data"] } == 0)
        #expect(try await count { $0.context = String(repeating: "long ", count: 100) } == 4)
        #expect(try await count { $0.context = String(repeating: "long ", count: 99) } == 0)
        #expect(try await count { ($0.subject, $0.object) = ("proxy", "web-7") } == 1)
        #expect(try await count { $0.confidence = 0.9 } == 3)
        await #expect(throws: HiveError.self) { try await count { $0.meta = ["owner"] } }
    }

    @Test("Filters hold for what is found by its meaning")
    func filters() async throws {
        let lone = try LoneNode(embedder: WordHashEmbedder(synonyms: ["undo": "rollback"]))
        try await lone.store("rollback one") { $0.category = "ops" }
        try await lone.store("rollback two") { $0.tags = ["x"] }
        try await lone.store("rollback three") { $0.kind = "procedural" }
        try await lone.store("rollback four") { $0.scope = "instance" }
        try await lone.store("rollback five") { $0.expiresIn = 60 }
        func found(_ adjust: (inout MemoryQuery) -> Void = { _ in }) async throws -> [String] {
            try await lone.search("undo", adjust).map { String($0.memory.content?.dropFirst(9) ?? "") }.sorted()
        }
        #expect(try await found() == ["five", "four", "one", "three", "two"])
        #expect(try await found { $0.category = "ops" } == ["one"])
        #expect(try await found { $0.tag = ["x"] } == ["two"])
        #expect(try await found { $0.kind = "procedural" } == ["three"])
        #expect(try await found { $0.scope = "instance" } == ["four"])
        #expect(try await found { $0.semantic = false }.isEmpty)
        lone.advance(seconds: 120)
        #expect(try await found() == ["four", "one", "three", "two"], "what expired is not found")
    }

    @Test("What is believed too little is left out of searches and listings, page by page")
    func believed() async throws {
        let lone = try LoneNode(embedder: WordHashEmbedder(synonyms: ["undo": "rollback"]))
        for number in 0..<30 {
            try await lone.store("rollback \(number)") { $0.confidence = number.isMultiple(of: 3) ? 0.9 : 0.2 }
        }
        #expect(try await lone.search("undo").count == 20, "all have their vectors")
        for words in ["rollback", "undo", nil] {
            var query = MemoryQuery(q: words, limit: 4)
            query.believed = 0.5
            var found: [Double?] = []
            repeat {
                let page = try await lone.node.search(query, as: .agent)
                found += page.items.map(\.memory.confidence)
                query.cursor = page.next
            } while query.cursor != nil
            #expect(found == Array(repeating: 0.9, count: 10), "\(words ?? "all")")
        }
        var query = MemoryQuery()
        query.believed = 1.5
        await #expect(throws: HiveError.self) { try await lone.node.search(query, as: .agent) }
        query.believed = 0.5
        await #expect(throws: HiveError.self) {
            try await lone.node.exportMemories(ExportQuery(query), as: .agent)
        }
    }

    @Test("Vectors follow updates, forgetting and erasure")
    func changes() async throws {
        let lone = try LoneNode(embedder: WordHashEmbedder(synonyms: ["undo": "rollback"]))
        let first = try await lone.store("rollback")
        let second = try await lone.store("rollback too")
        #expect(try await lone.search("undo").map(\.memory.id) == [first, second])
        _ = try await lone.node.update(first, with: UpdateMemory(content: "unrelated"), as: .agent)
        // Not taken up yet: the vectors are those of before, and the answer says so.
        var query = MemoryQuery(q: "undo")
        query.explain = true
        let behind = try await lone.node.search(query, as: .agent).items
        #expect(behind.first?.why?["unseen"] == .integer(1))
        #expect(try await lone.search("undo").first?.memory.id == second)
        _ = try await lone.node.remove(second, RemoveMemory(mode: .forget), as: .agent)
        #expect(
            try await !lone.node.search(query, as: .agent).items.contains { $0.memory.id == second }, "hidden at once")
        #expect(try await !lone.search("undo").contains { $0.memory.id == second })
        _ = try await lone.node.update(second, with: UpdateMemory(content: "rollback again"), as: .agent)
        #expect(try await lone.search("undo").first?.memory.id == second)
        _ = try await lone.node.remove(second, RemoveMemory(mode: .erase, now: true), as: .operator)
        #expect(try await !lone.search("undo").contains { $0.memory.id == second })
        #expect(lone.node.meaning?.count == 1 && lone.node.meaning?.unseen == 0)
    }

    @Test("A node that opens an old store takes up what is there")
    func opening() async throws {
        let store = InMemoryStore()
        let first = try LoneNode(store: store)
        for number in 0..<150 { try await first.store("rollback \(number)") }
        let second = try LoneNode(embedder: WordHashEmbedder(synonyms: ["undo": "rollback"]), store: store)
        let meaning = try #require(second.node.meaning)
        let running = Task { try await meaning.run(logger: second.node.logger) }
        while meaning.count < 150 { await Task.yield() }
        running.cancel()
        #expect(try await second.search("undo") { $0.limit = 10 }.count == 10)
    }

    @Test("A rebuilt projection is taken up anew")
    func rebuilding() async throws {
        let lone = try LoneNode(embedder: WordHashEmbedder())
        try await lone.store("one")
        try await lone.node.meaning?.catchUp()
        _ = try await lone.node.verify(rebuild: true, as: .operator)
        #expect(lone.node.meaning?.unseen == 1)
        #expect(try await lone.search("one").count == 1 && lone.node.meaning?.unseen == 0)
    }

    @Test("The parts of a score are told")
    func explanation() async throws {
        let lone = try LoneNode(embedder: WordHashEmbedder())
        try await lone.store("kube-proxy restart")
        try await lone.store("something else")
        let hit = try #require(try await lone.search("kube-proxy") { $0.explain = true }.first)
        let why = try #require(hit.why)
        guard let words = why["words"]?.double, let meaning = why["meaning"]?.double, let fused = why["fused"]?.double,
            let factor = why["factor"]?.double
        else {
            Issue.record("parts are missing: \(why)")
            return
        }
        #expect(abs(fused - (0.6 * words + 0.4 * meaning)) < 1e-9)
        #expect((0...1).contains(hit.score) && abs(hit.score - fused * factor) < 1e-9)
        let qualities = ["recency", "confidence", "trust"].compactMap { why[$0]?.double }
        #expect(zip(qualities, [1, 0.7, 1]).allSatisfy { abs($0 - $1) < 1e-6 } && qualities.count == 3)
        #expect(why["terms"] == .array([.string("kube-proxy")]))
    }

    @Test("Pages go on where the last one ended")
    func pages() async throws {
        let lone = try LoneNode(embedder: WordHashEmbedder(synonyms: ["undo": "rollback"]))
        for number in 0..<25 { try await lone.store("rollback \(number)") }
        try await lone.node.meaning?.catchUp()
        var (seen, cursor): ([String], String?) = ([], nil)
        repeat {
            let page = try await lone.node.search(MemoryQuery(q: "undo", limit: 10, cursor: cursor), as: .agent)
            seen += page.items.map(\.memory.id)
            cursor = page.next
        } while cursor != nil
        #expect(seen.count == 25 && Set(seen).count == 25)
        await #expect(throws: HiveError.self) {
            try await lone.node.search(MemoryQuery(q: "undo", cursor: "9223372036854775807"), as: .agent)
        }
    }

    @Test("An embedder that fails leaves search by words, and is asked again")
    func failingEmbedder() async throws {
        let embedder = MoodyEmbedder()
        let lone = try LoneNode(embedder: embedder)
        try await lone.store("rollback")
        for mood in [MoodyEmbedder.Mood.failing, .wrongDimension, .tooFew] {
            embedder.mood.withLock { $0 = mood }
            await #expect(throws: (any Error).self) { try await lone.node.meaning?.catchUp() }
            let hits = try await lone.node.search(MemoryQuery(q: "rollback"), as: .agent).items
            #expect(hits.count == 1 && lone.node.meaning?.unseen == 1)
        }
        embedder.mood.withLock { $0 = .well }
        #expect(try await lone.search("rollback").count == 1)
        #expect(lone.node.meaning?.count == 1)
    }

    @Test("A question without words finds nothing", arguments: ["", "   ", "?!", "\u{0}"])
    func wordless(question: String) async throws {
        let lone = try LoneNode(embedder: StaticEmbedder())
        try await lone.store("is this a question?!")
        #expect(try await lone.search(question).isEmpty)
    }
}

/// A folder that goes away with its owner.
final class Folder: Sendable {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("hive-test-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}
