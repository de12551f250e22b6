import Foundation
import HiveCore
import HiveStore
import HiveTesting
import Testing

/// A database that is not the one that was left is noticed before it writes.
@Suite struct LeaseGuardTests {
    private static let a: [UInt8] = Array(repeating: 1, count: 16)
    private static let b: [UInt8] = Array(repeating: 2, count: 16)
    private static let c: [UInt8] = Array(repeating: 3, count: 16)

    @Test("Every step of a renewal may be the last one before a crash")
    func crashes() {
        let before = GuardRecord(confirmed: Self.a)
        let during = GuardRecord(confirmed: Self.a, next: Self.b)
        let after = GuardRecord(confirmed: Self.b)
        #expect(LeaseVerdict(database: Self.a, guardFile: before) == .goesOn)
        #expect(LeaseVerdict(database: Self.a, guardFile: during) == .goesOn)
        #expect(LeaseVerdict(database: Self.b, guardFile: during) == .goesOn)
        #expect(LeaseVerdict(database: Self.b, guardFile: after) == .goesOn)
    }

    @Test("Copies, older states, wiped databases and lost guards begin a new life")
    func accidents() {
        for (database, guardFile) in [
            (Self.a, GuardRecord(confirmed: Self.b)), (Self.c, GuardRecord(confirmed: Self.a, next: Self.b)),
            (nil, GuardRecord(confirmed: Self.a)), (Self.a, nil), (nil, nil),
        ] as [([UInt8]?, GuardRecord?)] {
            #expect(LeaseVerdict(database: database, guardFile: guardFile) != .goesOn)
        }
    }

    @Test("A renewed lease goes on, a restored database does not")
    func files() throws {
        let folder = try TemporaryFolder()
        var random = SeededRandom(seed: 1)
        let directory = try DataDirectory(path: folder.path)
        let store = try SQLiteStore(path: folder.file("hive.db"))
        let lease = LeaseGuard(directory: directory, store: store)
        #expect(try lease.verdict() != .goesOn)
        try lease.renew(using: &random)
        #expect(try lease.verdict() == .goesOn)
        try store.backup(to: folder.file("old.db"))
        try lease.renew(using: &random)
        #expect(try lease.verdict() == .goesOn)
        let old = try SQLiteStore(path: folder.file("old.db"))
        #expect(try LeaseGuard(directory: directory, store: old).verdict() != .goesOn)
    }
}
