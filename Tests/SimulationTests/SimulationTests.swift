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
            do { _ = try run(seed: seed) } catch { Issue.record("\(error)") }
        }
    }

    @Test("A seed repeats its history to the byte")
    func seedRepeats() throws {
        #expect(try run(seed: 4711) == run(seed: 4711))
    }

    @Test("Seeds that failed once are replayed for ever", arguments: try failingSeeds())
    func replay(seed: UInt64) throws { _ = try run(seed: seed) }

    /// A seed that fails is made as small as it can be while it still fails.
    @Test(
        "One seed, when asked for", .enabled(if: environment["HIVE_SIM_SEED"] != nil, "set HIVE_SIM_SEED to replay one")
    )
    func single() throws {
        let seed = try #require(Self.environment["HIVE_SIM_SEED"].flatMap(UInt64.init))
        do {
            let report = try run(seed: seed)
            print("\(Simulation.Plan(seed: seed)): \(report)")
            guard Self.environment["HIVE_SIM_TWICE"] != nil else { return }
            #expect(try run(seed: seed) == report, "the seed did not repeat its history")
        } catch {
            let smallest = Simulation.Plan.shrink(Simulation.Plan(seed: seed), failure: error) { plan in
                _ = try SimulationRun.run(seed: seed, plan: plan)
            }
            Issue.record("\(smallest.failure)")
        }
    }

    @Test("A failing plan is made as small as it can be")
    func shrinks() {
        struct Fails: Error {}
        var plan = Simulation.Plan(seed: 1)
        plan.nodes = 5
        plan.steps = 40
        plan.faults = [.loss, .crash, .pause]
        let smallest = Simulation.Plan.shrink(plan, failure: Fails()) { plan in
            if plan.faults.contains(.crash), plan.steps >= 10, plan.nodes >= 3 { throw Fails() }
        }
        #expect(smallest.plan.faults == [.crash])
        #expect(smallest.plan.steps == 10)
        #expect(smallest.plan.nodes == 3)
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
