import CHiveFaults
import Foundation
import HiveCore
import HiveStore
import HiveTesting
import Testing

/// The power goes at every write and every sync of a workload of a thousand operations: nothing that was answered is
/// lost, and every database opens.
@Suite struct CrashTests {
    /// How many operations of the disk lie between two crashes; `make crashes` sets it to 1.
    static let step = ProcessInfo.processInfo.environment["HIVE_CRASH_STRIDE"].flatMap(Int.init) ?? 997
    static let shards = 2

    /// A node that wrote a thousand operations, and how much of them was answered at each operation of its disk.
    private struct Workload {
        let scope: ScopeFounding
        let identity: NodeIdentity
        var replica: Replica
        /// How many operations were answered once so many operations of the disk had been done.
        var answered: [(after: UInt64, count: UInt64)] = []

        init() throws {
            var random = SeededRandom(seed: 1000)
            let bytes = Incarnation(using: &random).bytes + Incarnation(using: &random).bytes
            let key = try #require(PublicKey(bytes: bytes))
            let founding = HiveFounding(founders: [key], salt: Incarnation(using: &random).bytes)
            scope = ScopeFounding(hive: founding.hive, name: .main, founder: key.nodeID)
            identity = NodeIdentity(hive: founding.hive, key: key, incarnation: Incarnation(using: &random))
            replica = Replica(identity: identity, clock: HybridLogicalClock())
        }

        mutating func run(on disk: SQLiteDisk) throws {
            var random = SeededRandom(seed: 1001)
            hive_disk_record(disk.disk.path)
            let store = try disk.open()
            try store.write { try replica.learn(scope, in: $0) }
            try commit([Replica.foundingDraft(scope)], in: store, on: disk, random: &random)
            var count: UInt64 = 0
            while count < 1000 {
                let drafts = (0..<Int.random(in: 1...8, using: &random)).map { _ in draft(&random) }
                count += UInt64(drafts.count)
                try commit(drafts, in: store, on: disk, random: &random)
            }
        }

        private func draft(_ random: inout SeededRandom) -> Draft {
            let text = String(repeating: "word ", count: Int.random(in: 1...60, using: &random))
            return Draft(
                .semantic, at: Replica.newAddress(in: scope.scope, random: &random),
                changes: [.setText(EngramField.content, text)])
        }

        private mutating func commit(
            _ drafts: [Draft], in store: any Store, on disk: SQLiteDisk, random: inout SeededRandom
        ) throws {
            var next = replica
            _ = try store.write {
                try next.commit(drafts, in: $0, now: Timestamp(milliseconds: 1_700_000_000_000), random: &random)
            }
            replica = next
            answered.append((hive_disk_recorded(disk.disk.path), (answered.last?.count ?? 0) + UInt64(drafts.count)))
        }

        /// How many operations must be there after a crash during an operation of the disk.
        func promised(at index: UInt64) -> UInt64 { answered.last { $0.after <= index }?.count ?? 0 }
    }

    @Test("A power cut at any write loses nothing that was answered", arguments: 0..<shards)
    func everyWrite(shard: Int) throws {
        let folder = try SQLiteDisk.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let disk = try SQLiteDisk(0, in: folder, seed: 1)
        var workload = try Workload()
        try workload.run(on: disk)
        let total = hive_disk_recorded(disk.disk.path)
        try #require(total > 1000)
        var points = 0
        for index in stride(from: UInt64(shard * Self.step), to: total, by: Self.step * Self.shards) {
            let copy = try SQLiteDisk(1 + Int(index), in: folder)
            hive_disk_replay(disk.disk.path, index, index, copy.disk.path)
            try check(copy, workload, at: index)
            points += 1
        }
        print("\(points) of \(total) power cuts in shard \(shard)")
    }

    private func check(_ disk: SQLiteDisk, _ workload: Workload, at index: UInt64) throws {
        let store = try disk.open()
        try store.read { transaction in
            let held = try transaction.logs.rows(.scope(workload.scope.scope)).reduce(0) { $0 + $1.size }
            let promised = workload.promised(at: index)
            #expect(held >= promised, "\(held) of \(promised) answered operations are left after operation \(index)")
            var replica = try Replica(identity: workload.identity, reading: transaction)
            guard index.isMultiple(of: 8) else { return }
            #expect(try LogAudit(transaction, verifier: KeyedHashVerifier()).problems == [], "operation \(index)")
            #expect(try ProjectionAudit(&replica, in: transaction).problems == [], "operation \(index)")
        }
        try disk.close()
    }
}
