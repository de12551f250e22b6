import Foundation
import HiveCore
import HiveTesting
import Testing

/// Known bugs of the field, let in one at a time: the simulator must notice each.
@Suite struct PlantedBugTests {
    @Test("A mistake that is let in is noticed", arguments: Defence.allCases)
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
