import Foundation
import HiveCore
import HiveTesting

/// One history on the real store.
enum SimulationRun {
    /// Runs a seed's plan, with known mistakes let in where a test asks for them.
    static func run(
        seed: UInt64, plan given: Simulation.Plan? = nil, without missing: Set<Defence> = []
    ) throws -> Simulation.Report {
        let folder = try SQLiteDisk.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        var disks: [SQLiteDisk] = []
        var plan = given ?? Simulation.Plan(seed: seed)
        plan.defences = Defences(without: missing)
        let simulation = try Simulation(plan: plan, realSignatures: seed.isMultiple(of: 20)) { index in
            let disk = try SQLiteDisk(index, in: folder, seed: seed)
            disks.append(disk)
            return disk
        }
        let report = try simulation.run()
        for disk in disks { try disk.close() }
        return report
    }
}
