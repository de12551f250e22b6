import Foundation
import GRDB
import HiveCore
import HiveTesting
import Testing

/// Memories with words that stand nowhere else, written as a node writes them, and local values beside them.
struct SampleMemories {
    private let count: Int
    private let namespace = "sample"
    private let identity: NodeIdentity

    init(count: Int) throws {
        self.count = count
        var random = SeededRandom(seed: 11)
        let key = try #require(PublicKey(bytes: Digest.sha256([1]).bytes))
        identity = NodeIdentity(
            hive: HiveID(.sha256([3])), key: key, incarnation: Incarnation(using: &random))
    }

    /// The beginnings of all words that must not be found.
    let words = ["zqcontent", "zqcategory", "zqtag", "zqmeta", "zqagent", "zqkey", "zqvalue", "zqblob"]

    /// Ten of them in one commit; every twentieth has a value that lies beside the log.
    func write(to store: any Store, from first: Int = 0) throws {
        for start in stride(from: first, to: first + count, by: 10) {
            try store.write { transaction in
                var random = SeededRandom(seed: UInt64(start) + 1)
                var replica = try Replica(identity: identity, reading: transaction)
                for number in start..<min(start + 10, first + count) {
                    let draft = Draft(
                        .semantic, at: Replica.newAddress(in: identity.instance.scope, random: &random),
                        agent: "zqagent\(number)", changes: changes(number))
                    _ = try replica.commit(
                        [draft], in: transaction, now: Timestamp(milliseconds: 1_000_000 + Int64(number)),
                        random: &random)
                    try transaction.local.set(
                        Array("zqvalue\(number)".utf8), for: Array("zqkey\(number)".utf8), in: namespace)
                }
            }
        }
    }

    private func changes(_ number: Int) -> [Draft.Change] {
        let large = number.isMultiple(of: 20) ? String(repeating: " zqblob\(number)", count: 10_000) : ""
        return [
            .setText(EngramField.content, "zqcontent\(number) is remembered" + large),
            .set(EngramField.category, .text("zqcategory\(number)")),
            .add(EngramField.tags, [.text("zqtag\(number)")]),
            .setPath(EngramField.metadataPath("zqmeta"), .text("zqmeta\(number)")),
        ]
    }

    func operations(in transaction: any StoreTransaction) throws -> [HiveCore.Operation] {
        try transaction.logs.rows(.all).flatMap { row in
            try transaction.logs.operations(.range(row.id, from: 1, through: .max))
        }
    }

    /// Every memory is found by its word, its category and its tag, and fits its operations.
    func expectAll(in store: any Store, from first: Int = 0) throws {
        try store.read { transaction in
            for number in first..<(first + count) {
                var query = SearchQuery(text: "zqcontent\(number)")
                query.category = "zqcategory\(number)"
                let hits = try transaction.index.search(query)
                #expect(hits.count == 1, "\(number)")
                guard let hit = hits.first else { continue }
                let state = try transaction.documents.state(hit.address)
                let operations = try transaction.logs.operations(.document(hit.address))
                let merged = DocumentState.merge(all: operations, at: hit.address)
                #expect(state == merged)
                let value = try transaction.local.value(Array("zqkey\(number)".utf8), in: namespace)
                #expect(value == Array("zqvalue\(number)".utf8))
            }
            let keys = try transaction.local.values(in: namespace, after: nil, limit: .max).map(\.key)
            #expect(keys.count >= count)
            #expect(keys == keys.sorted { $0.lexicographicallyPrecedes($1) })
            #expect(try transaction.index.count() == keys.count)
        }
    }

    /// All local values are there.
    func expectValues(in store: any Store, from first: Int = 0) throws {
        for number in first..<(first + count) {
            let value = try store.read { try $0.local.value(Array("zqkey\(number)".utf8), in: namespace) }
            #expect(value == Array("zqvalue\(number)".utf8))
        }
    }
}

extension TemporaryFolder {
    /// The files with their bytes.
    func contents() throws -> [String: Data] {
        var contents: [String: Data] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: path) {
            contents[name] = try Data(contentsOf: URL(fileURLWithPath: file(name)))
        }
        return contents
    }

    /// The files that hold one of these words.
    func places(of words: [String]) throws -> [String] {
        try contents().flatMap { name, bytes in
            words.filter { bytes.range(of: Data($0.utf8)) != nil }.map { "\(name): \($0)" }
        }.sorted()
    }

    /// Does something to a closed database, and puts it back as it was.
    func restoring(_ name: String, _ work: () async throws -> Void) async throws {
        let before = try contents()
        try await work()
        for file in try contents().keys { try FileManager.default.removeItem(atPath: self.file(file)) }
        for (file, bytes) in before { try bytes.write(to: URL(fileURLWithPath: self.file(file))) }
    }

    /// Runs a statement on the closed database, as somebody with another program would.
    func run(_ sql: String) throws {
        let queue = try DatabaseQueue(path: file("hive.db"))
        try queue.write { try $0.execute(sql: sql) }
        try queue.close()
    }
}
