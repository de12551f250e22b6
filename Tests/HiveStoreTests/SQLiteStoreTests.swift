import Foundation
import HiveCore
import HiveStore
import HiveTesting
import Testing

/// What only a store on disk can promise.
@Suite struct SQLiteStoreTests {
    private func put(_ value: [UInt8], in store: SQLiteStore, size: Int = 1) throws {
        try store.write { try $0.local.set(Array(repeating: value[0], count: size), for: value, in: "test") }
    }

    @Test("Commits are made durable with FULL")
    func durability() throws {
        let folder = try TemporaryFolder()
        #expect(try SQLiteStore(path: folder.file("hive.db")).synchronousLevel() == 2)
    }

    @Test("What was committed is there after the store is opened again")
    func reopening() throws {
        let folder = try TemporaryFolder()
        let first = try SQLiteStore(path: folder.file("hive.db"))
        try put([1], in: first)
        try first.close()
        let second = try SQLiteStore(path: folder.file("hive.db"))
        #expect(try second.read { try $0.local.value([1], in: "test") } == [1])
    }

    @Test("A copy of the files in the middle of work holds every commit, as after a kill")
    func killed() throws {
        let folder = try TemporaryFolder()
        let store = try SQLiteStore(path: folder.file("hive.db"))
        for number in 1...50 { try put([UInt8(number)], in: store) }
        for suffix in ["", "-wal"] {
            try FileManager.default.copyItem(
                atPath: folder.file("hive.db") + suffix, toPath: folder.file("copy.db") + suffix)
        }
        let copy = try SQLiteStore(path: folder.file("copy.db"))
        #expect(try copy.read { try $0.local.values(in: "test", after: nil, limit: 100).count } == 50)
    }

    @Test("A damaged page is refused with what and how to recover")
    func damagedPage() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("hive.db")
        let store = try SQLiteStore(path: path)
        for number in 1...200 { try put([UInt8(number)], in: store, size: 3000) }
        try store.close()
        let handle = try #require(FileHandle(forUpdatingAtPath: path))
        let size = try handle.seekToEnd()
        for page in stride(from: 4096 * 8, to: Int(size), by: 4096 * 3) {
            try handle.seek(toOffset: UInt64(page))
            try handle.write(contentsOf: Data(repeating: 0xA5, count: 512))
        }
        try handle.close()
        let error = #expect(throws: StoreError.self) { try SQLiteStore(path: path) }
        #expect(error?.code == .corrupt)
        #expect(error?.hint.contains("restore a backup") == true)
    }

    @Test("A file that is no database is refused")
    func noDatabase() throws {
        let folder = try TemporaryFolder()
        try Data(repeating: 0x42, count: 8192).write(to: URL(fileURLWithPath: folder.file("hive.db")))
        let error = #expect(throws: StoreError.self) { try SQLiteStore(path: folder.file("hive.db")) }
        #expect(error?.code == .corrupt)
    }

    @Test("A data directory is held by one process at a time")
    func busyDirectory() throws {
        let folder = try TemporaryFolder()
        let holder = try DataDirectory(path: folder.path)
        let error = #expect(throws: StoreError.self) { try DataDirectory(path: folder.path) }
        #expect(error?.code == .busy)
        #expect(error?.message.contains("\(ProcessInfo.processInfo.processIdentifier)") == true)
        withExtendedLifetime(holder) {}
    }

    @Test("Writers in many threads all get their turn")
    func manyWriters() async throws {
        let folder = try TemporaryFolder()
        let store = try SQLiteStore(path: folder.file("hive.db"))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 1...64 { group.addTask { try put([UInt8(number)], in: store) } }
            try await group.waitForAll()
        }
        #expect(try store.read { try $0.local.values(in: "test", after: nil, limit: 100).count } == 64)
    }

    @Test("A backup holds everything, taken while the store works")
    func backup() throws {
        let folder = try TemporaryFolder()
        let store = try SQLiteStore(path: folder.file("hive.db"))
        for number in 1...20 { try put([UInt8(number)], in: store) }
        try store.backup(to: folder.file("backup.db"))
        let copy = try SQLiteStore(path: folder.file("backup.db"))
        #expect(try copy.read { try $0.local.values(in: "test", after: nil, limit: 100).count } == 20)
    }
}
