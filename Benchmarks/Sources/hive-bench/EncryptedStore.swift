import Foundation
import HiveAPI
import HiveCore
import HiveNode
import HiveStore
import HiveTesting

/// What encryption at rest costs: the same work on a plain store and on an encrypted one, in turns.
struct EncryptedStore {
    let folder: String
    private static let memories = 10_000

    /// What one store did.
    private struct Costs {
        var single = 0.0
        var many = 0.0
        var gets = 0.0
        var search = 0.0
        var bytes = 0.0
        var start = 0.0
        var resident = 0.0
    }

    func run() async throws {
        let keys = InMemoryKeyProvider()
        var plain: [Costs] = []
        var sealed: [Costs] = []
        for round in 0..<3 {
            plain.append(try await measure("plain-\(round)", keys: nil))
            sealed.append(try await measure("sealed-\(round)", keys: keys))
        }
        compare("stores/s, 1 writer", plain, sealed, \.single)
        compare("stores/s, 64 writers", plain, sealed, \.many)
        compare("gets/s", plain, sealed, \.gets)
        compare("searches/s by words, \(Self.memories) memories", plain, sealed, \.search)
        compare("bytes on disk for each memory", plain, sealed, \.bytes)
        compare("ms from opening the store to its node", plain, sealed, \.start)
        compare("MiB resident after that, grown by", plain, sealed, \.resident)
        try await changeOfKeys(keys)
        try scanningIndex()
    }

    private func compare(_ what: String, _ plain: [Costs], _ sealed: [Costs], _ value: KeyPath<Costs, Double>) {
        let (first, second) = (
            Self.median(plain.map { $0[keyPath: value] }), Self.median(sealed.map { $0[keyPath: value] })
        )
        report(what, String(format: "%10.1f plain  %10.1f encrypted  %5.2f of plain", first, second, second / first))
    }

    private static func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

    private func open(_ name: String, keys: InMemoryKeyProvider?) async throws -> SQLiteStore {
        let path = folder + "/\(name).db"
        guard let keys else { return try SQLiteStore(path: path) }
        return try SQLiteStore(path: path, protection: .sealed(try await StoreCipher.open(path: path, provider: keys)))
    }

    private static func text(_ number: Int) -> String {
        "kube-proxy on web-\(number) needs a restart after upgrade \(number % 97), said host\(number % 389) to team\(number % 31)"
    }

    private func measure(_ name: String, keys: InMemoryKeyProvider?) async throws -> Costs {
        var costs = Costs()
        let bench = try BenchNode(name, folder: folder, store: try await open(name, keys: keys))
        var ids: [String] = []
        let clock = ContinuousClock()
        costs.single = rate(
            400,
            try await clock.measure {
                for number in 0..<400 {
                    ids.append(
                        try await bench.node.store(StoreMemory(content: Self.text(number)), as: .agent).memory.id)
                }
            })
        costs.many = rate(Self.memories - 400, try await clock.measure { try await fill(bench) })
        costs.gets = rate(
            4000,
            try await clock.measure {
                for number in 0..<4000 { _ = try await bench.node.memory(ids[number % ids.count], as: .agent) }
            })
        costs.search = rate(
            400,
            try await clock.measure {
                for number in 0..<400 {
                    _ = try await bench.node.search(MemoryQuery(q: "restart host\(number % 389)"), as: .agent)
                }
            })
        bench.stop()
        try bench.store.close()
        let attributes = try FileManager.default.attributesOfItem(atPath: folder + "/\(name).db")
        costs.bytes = Double(attributes[.size] as? Int ?? 0) / Double(Self.memories)
        let resident = Self.residentMebibytes()
        var again: BenchNode?
        costs.start =
            1000
            * seconds(
                try await clock.measure {
                    again = try BenchNode(name, folder: folder, after: bench, store: try await open(name, keys: keys))
                })
        costs.resident = Self.residentMebibytes() - resident
        again?.stop()
        try again?.store.close()
        return costs
    }

    private func fill(_ bench: BenchNode) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for lane in 0..<64 {
                group.addTask {
                    for number in stride(from: 400 + lane, to: Self.memories, by: 64) {
                        _ = try await bench.node.store(StoreMemory(content: Self.text(number)), as: .agent)
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    /// How long all rows take to be sealed anew, with nothing else to do.
    private func changeOfKeys(_ keys: InMemoryKeyProvider) async throws {
        let store = try await open("sealed-0", keys: keys)
        keys.change()
        try await store.changeKeys(keys)
        var progress = SQLiteStore.ResealProgress()
        let duration = try ContinuousClock().measure {
            while try store.reseal(&progress) {}
            try store.dropFormerKeys(progress)
        }
        report("rows/s sealed anew by a change of keys", String(format: "%8.0f", rate(progress.done, duration)))
        try store.close()
    }

    /// The index that reads every text at every search, for comparison.
    private func scanningIndex() throws {
        let store = InMemoryStore()
        try store.write { transaction in
            for number in 0..<Self.memories {
                let address = DocumentAddress(
                    scope: ScopeID(.sha256([1])),
                    document: .derived(kind: 34, key: Array("\(number)".utf8), generation: 0))
                let time = Timestamp(milliseconds: Int64(number))
                try transaction.index.put(
                    IndexEntry(address: address, kind: .semantic, text: Self.text(number), created: time, updated: time)
                )
            }
        }
        let duration = try ContinuousClock().measure {
            for number in 0..<3 {
                _ = try store.read { try $0.index.search(SearchQuery(text: "restart host\(number)")) }
            }
        }
        report("searches/s of an index that reads every text", String(format: "%8.2f", rate(3, duration)))
    }

    private static func residentMebibytes() -> Double {
        guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else { return 0 }
        return (Double(text.split(separator: " ")[1]) ?? 0) * 4096 / 1_048_576
    }
}
