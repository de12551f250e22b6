import Foundation
import HiveCore
import HiveTesting
import Testing

/// Known bugs of the field, let in one at a time: the simulator must notice each.
@Suite struct PlantedBugTests {
    /// What needs a log with two histories, or a peer that lies: ForkSessionTests and ForkReplicaTests take these away.
    private static let inTests: Set<Defence> = [
        .branchesAreProven, .equalLengthsAreCompared, .branchesAreVoid, .ownLogsAreReadopted,
    ]

    @Test("A mistake that is let in is noticed", arguments: Defence.allCases.filter { !inTests.contains($0) })
    func isCaught(defence: Defence) throws {
        for seed in 0..<200 as Range<UInt64> {
            do { _ = try SimulationRun.run(seed: seed, without: [defence]) } catch {
                print("\(defence.rawValue): seed \(seed): \(error)")
                return
            }
        }
        Issue.record("200 seeds did not notice that \(defence.rawValue) is gone")
    }
}
