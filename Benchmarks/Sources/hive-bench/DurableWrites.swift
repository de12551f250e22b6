import Foundation
import GRDB
import HiveAPI

/// Memories a second, each on disk before it is answered, beside what SQLite does with rows of the same size.
struct DurableWrites {
    let folder: String
    private static let text = String(repeating: "kube-proxy on web-3 needs a restart after each upgrade. ", count: 9)

    func run() async throws {
        let bench = try BenchNode("writes", folder: folder)
        defer { bench.stop() }
        let ceiling = try rawCeiling(rowsPerCommit: 1, commits: 400)
        let grouped = try rawCeiling(rowsPerCommit: 64, commits: 100)
        let single = try await writes(on: bench, writers: 1, each: 400)
        let many = try await writes(on: bench, writers: 64, each: 60)
        report("SQLite alone, 1 row a commit, FULL", String(format: "%8.0f rows/s", ceiling))
        report("SQLite alone, 64 rows a commit, FULL", String(format: "%8.0f rows/s", grouped))
        report("Hive, 1 writer", String(format: "%8.0f writes/s  %.2f of SQLite's", single, single / ceiling))
        report("Hive, 64 writers", String(format: "%8.0f writes/s  %.2f of SQLite's", many, many / grouped))
    }

    private func writes(on bench: BenchNode, writers: Int, each count: Int) async throws -> Double {
        let clock = ContinuousClock()
        let duration = try await clock.measure {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for writer in 0..<writers {
                    group.addTask {
                        for number in 0..<count {
                            let request = StoreMemory(
                                content: "\(writer)/\(number) \(Self.text)", scope: "collective:main")
                            _ = try await bench.node.store(request, as: .agent)
                        }
                    }
                }
                try await group.waitForAll()
            }
        }
        return rate(writers * count, duration)
    }

    private func rawCeiling(rowsPerCommit: Int, commits: Int) throws -> Double {
        let pool = try DatabasePool(path: folder + "/raw-\(rowsPerCommit).db")
        try pool.writeWithoutTransaction { database in
            try database.execute(sql: "PRAGMA synchronous = FULL; CREATE TABLE r (id INTEGER PRIMARY KEY, text TEXT)")
        }
        let clock = ContinuousClock()
        let duration = try clock.measure {
            for _ in 0..<commits {
                try pool.write { database in
                    for _ in 0..<rowsPerCommit {
                        try database.execute(sql: "INSERT INTO r (text) VALUES (?)", arguments: [Self.text])
                    }
                }
            }
        }
        return rate(rowsPerCommit * commits, duration)
    }
}
