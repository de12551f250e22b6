import Foundation
import HiveCore
import HiveTesting
import Testing

/// Known bugs of the field, let in one at a time: the simulator must notice each that a simulation can show.
@Suite struct PlantedBugTests {
    /// What a bug needs to come to light, so that few seeds suffice. What needs a log with two histories is in
    /// ForkSessionTests and ForkReplicaTests.
    static let faults: [Defence: Set<Fault>] = [
        .logsGrowInOrder: [.loss, .isolation, .delay],
        .clockDoubtsTheFuture: [.skew],
        .commitBeforeAcknowledging: [.interruption],
        .repeatedRangesAreKnown: [.duplication, .reordering, .loss],
        .contextsAreAwaited: [.isolation, .loss, .delay],
        .newLifeAfterRestore: [.restoredBackup],
        .memoryFollowsDisk: [.diskFull, .revocations],
    ]
    private static let seeds: Range<UInt64> = 0..<40
    private static let all = ProcessInfo.processInfo.environment["HIVE_PLANTED"].flatMap(UInt64.init)

    private func plan(_ defence: Defence, _ seed: UInt64) -> Simulation.Plan {
        var plan = Simulation.Plan(seed: seed)
        plan.nodes = 3
        plan.steps = 60
        plan.faults = Self.faults[defence] ?? []
        return plan
    }

    @Test("A mistake that is let in is noticed", arguments: faults.keys.sorted { $0.rawValue < $1.rawValue })
    func isNoticed(defence: Defence) throws {
        let seed = Self.seeds.first { seed in
            do {
                _ = try SimulationRun.run(seed: seed, plan: plan(defence, seed), without: [defence])
                return false
            } catch { return true }
        }
        let found = try #require(seed, "\(Self.seeds.count) seeds did not notice that \(defence.rawValue) is gone")
        // With the defence, the same history is a good one: it was the mistake that was noticed.
        _ = try SimulationRun.run(seed: found, plan: plan(defence, found))
    }

    /// `make planted`: how many histories of the usual kind it takes, for each.
    @Test("How many seeds it takes", .enabled(if: all != nil, "set HIVE_PLANTED to the number of seeds to try"))
    func measure() throws {
        let limit = try #require(Self.all)
        var lines = [
            "# Known bugs, let in one at a time", "",
            "How many histories it takes until the simulator notices that a defence is gone. Made by `make planted`.",
            "",
            "| Defence | Seeds | Noticed as |", "| --- | --- | --- |",
        ]
        for defence in Self.faults.keys.sorted(by: { $0.rawValue < $1.rawValue }) {
            lines.append("| `\(defence.rawValue)` | \(seedsUntilNoticed(defence, limit: limit)) |")
        }
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Docs/Benchmarks/planted-bugs.md")
        try (lines.joined(separator: "\n") + "\n").write(to: file, atomically: true, encoding: .utf8)
    }

    private func seedsUntilNoticed(_ defence: Defence, limit: UInt64) -> String {
        for seed in 0..<limit {
            do { _ = try SimulationRun.run(seed: seed, without: [defence]) } catch {
                let message = (error as? Simulation.Failure)?.message ?? "\(error)"
                return "\(seed + 1) | \(message.prefix(90))"
            }
        }
        return "more than \(limit) | not yet"
    }
}
