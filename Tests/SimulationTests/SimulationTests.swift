import Foundation
import HiveTesting
import Testing

/// Thousands of histories on the real store. `HIVE_SIM_SEEDS` says how many, `HIVE_SIM_SEED` repeats one.
@Suite struct SimulationTests {
    static let environment = ProcessInfo.processInfo.environment
    static let count = environment["HIVE_SIM_SEEDS"].flatMap(UInt64.init) ?? 1000
    static let batch: UInt64 = 20
    static let batches: [UInt64] =
        environment["HIVE_SIM_SEED"] == nil ? Array(stride(from: 0, to: count, by: Int(batch))) : []

    private func run(seed: UInt64) throws -> Simulation.Report { try SimulationRun.run(seed: seed) }

    @Test("Nodes agree and lose nothing, whatever happens", arguments: batches)
    func nodesAgree(first: UInt64) throws {
        for seed in first..<min(first + Self.batch, Self.count) {
            let t0 = Date(); defer { print("TIME \(seed) \(Date().timeIntervalSince(t0)) \(Simulation.Plan(seed: seed))") }
            do { _ = try run(seed: seed) } catch { Issue.record("\(error)") }
        }
    }

    @Test("A seed repeats its history to the byte")
    func seedRepeats() throws {
        #expect(try run(seed: 4711) == run(seed: 4711))
    }

    @Test("Seeds that failed once are replayed for ever", arguments: try failingSeeds())
    func replay(seed: UInt64) throws { _ = try run(seed: seed) }

    @Test(
        "One seed, when asked for", .enabled(if: environment["HIVE_SIM_SEED"] != nil, "set HIVE_SIM_SEED to replay one")
    )
    func single() throws {
        let seed = try #require(Self.environment["HIVE_SIM_SEED"].flatMap(UInt64.init))
        print("seed \(seed): \(try run(seed: seed))")
    }

    /// The numbers in `failing-seeds.txt`, one a line; what follows a number is why it is there.
    static func failingSeeds() throws -> [UInt64] {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
            "failing-seeds.txt")
        return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").compactMap { line in
            line.hasPrefix("#") ? nil : line.split(separator: " ").first.flatMap { UInt64($0) }
        }
    }
}
