import Foundation
import HiveCore
import Testing

@testable import HiveBackup

@Suite struct BackupFileTests {
    /// A directory that goes with the test.
    final class Place {
        let path: String
        init() throws {
            path = FileManager.default.temporaryDirectory.appendingPathComponent("hive-backup-\(UUID())").path
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        }
        deinit { try? FileManager.default.removeItem(atPath: path) }
        func file(_ name: String) -> String { "\(path)/\(name)" }
        func write(_ bytes: [UInt8], to name: String) throws {
            try Data(bytes).write(to: URL(fileURLWithPath: file(name)))
        }
        func read(_ name: String) -> [UInt8]? { FileManager.default.contents(atPath: file(name)).map { [UInt8]($0) } }
    }

    /// A vault over a directory with a key and a database of so many bytes.
    private func vault(_ place: Place, size: Int) throws -> FileBackupVault {
        try FileManager.default.createDirectory(atPath: place.file("data"), withIntermediateDirectories: true)
        try place.write(Array(repeating: 7, count: 32), to: "data/identity.key")
        let database = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
        return try FileBackupVault(FileBackupVault.Places(data: place.file("data"))) { path in
            try Data(database).write(to: URL(fileURLWithPath: path))
        }
    }

    private func order(_ path: String?, scheduled: Bool = false, at milliseconds: Int64 = 1_800_000_000_000)
        -> BackupOrder
    {
        BackupOrder(
            path: path, now: Timestamp(milliseconds: milliseconds),
            keptUntil: Timestamp(milliseconds: milliseconds + 1000), isScheduled: scheduled)
    }

    @Test("What was backed up is restored byte for byte", arguments: [0, 1, 262_143, 262_144, 262_145, 1_000_000])
    func roundTrip(size: Int) throws {
        let place = try Place()
        let vault = try vault(place, size: size)
        let record = try vault.make(order(place.file("b")))
        let key = try vault.exportKey(of: record.id)
        let target = place.file("restored")
        let outcome = try Restoration(file: place.file("b"), directory: target, replaces: false).run(key: key)
        #expect(outcome.id == record.id && !outcome.replaced)
        #expect(place.read("restored/hive.db")?.count == size)
        #expect(place.read("restored/hive.db") == (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) })
        #expect(place.read("restored/identity.key") == Array(repeating: 7, count: 32))
        #expect(try vault.records().map(\.isExported) == [true])
    }

    @Test("A backup says nothing of what is in it")
    func opaque() throws {
        let place = try Place()
        let vault = try vault(place, size: 0)
        try place.write(Array("zymurgist zymurgist".utf8) + Array(repeating: 0, count: 13), to: "data/identity.key")
        _ = try vault.make(order(place.file("b")))
        #expect(place.read("b")?.firstRange(of: Array("zymurgist".utf8)) == nil)
        #expect(place.read("data/backup-copy.db") == nil, "no plain copy is left")
    }

    @Test("Every altered byte and every cut is noticed, and touches nothing")
    func tampering() throws {
        let place = try Place()
        let vault = try vault(place, size: 600_000)
        let record = try vault.make(order(place.file("b")))
        let key = try vault.exportKey(of: record.id)
        let whole = try #require(place.read("b"))
        var variants: [[UInt8]] = []
        for offset in stride(from: 0, to: whole.count, by: 9973) + [whole.count - 1] {
            var bytes = whole
            bytes[offset] ^= 1
            variants.append(bytes)
        }
        for length in stride(from: 0, to: whole.count, by: 40_009) + [whole.count - 1] {
            variants.append(Array(whole.prefix(length)))
        }
        variants.append(whole + [0])
        try FileManager.default.createDirectory(atPath: place.file("target"), withIntermediateDirectories: true)
        try place.write([1, 2, 3], to: "target/hive.db")
        for bytes in variants {
            try place.write(bytes, to: "altered")
            let error = #expect(throws: StoreError.self) {
                try Restoration(file: place.file("altered"), directory: place.file("target"), replaces: true)
                    .run(key: key)
            }
            #expect(error?.hint.isEmpty == false)
        }
        #expect(place.read("target/hive.db") == [1, 2, 3])
        let left = try FileManager.default.contentsOfDirectory(atPath: place.file("target")).sorted()
        #expect(left == ["hive.db", "lock"])
    }

    @Test("Chunks cannot be exchanged")
    func order() throws {
        let place = try Place()
        let vault = try vault(place, size: 600_000)
        let record = try vault.make(order(place.file("b")))
        let whole = try #require(place.read("b"))
        let start = 12 + Int(whole[11])
        let length = 4 + BackupCipher.chunk + BackupCipher.tagLength
        let first = whole[start..<(start + length)]
        let second = whole[(start + length)..<(start + 2 * length)]
        try place.write(Array(whole[..<start] + second + first + whole[(start + 2 * length)...]), to: "b")
        let restoration = Restoration(file: place.file("b"), directory: place.file("r"), replaces: false)
        let error = #expect(throws: StoreError.self) { try restoration.run(key: try vault.exportKey(of: record.id)) }
        #expect(error?.code == .corrupt)
    }

    @Test("The wrong key, no key, a full directory and a running node are refused with advice")
    func refusals() throws {
        let place = try Place()
        let vault = try vault(place, size: 10)
        let first = try vault.make(order(place.file("a")))
        let second = try vault.make(order(place.file("b")))
        let keys = try [first, second].map { try vault.exportKey(of: $0.id) }
        func attempt(_ key: String?, into name: String = "new", replaces: Bool = false) -> StoreError? {
            #expect(throws: StoreError.self) {
                try Restoration(file: place.file("a"), directory: place.file(name), replaces: replaces).run(key: key)
            }
        }
        #expect(attempt(keys[1])?.message.contains("does not open") == true)
        #expect(attempt("nonsense")?.message.contains("holds no key") == true)
        #expect(attempt(nil)?.hint.contains("--key") == true)
        #expect(attempt(keys[0], into: "data")?.hint.contains("--replace") == true)
        let lock = open(place.file("data/lock"), O_RDWR | O_CREAT, 0o600)
        #expect(flock(lock, LOCK_EX) == 0)
        #expect(attempt(keys[0], into: "data", replaces: true)?.code == .busy)
        close(lock)
        let restoration = Restoration(file: place.file("a"), directory: place.file("data"), replaces: true)
        #expect(try restoration.run(key: nil).id == first.id)
    }

    @Test("A destroyed key makes a backup unreadable; the schedule's file goes with it, another's stays")
    func destroying() throws {
        let place = try Place()
        let vault = try vault(place, size: 10)
        let own = try vault.make(order(place.file("b")))
        let scheduled = try vault.make(order(nil, scheduled: true, at: 1_800_000_005_000))
        #expect(try vault.records().map(\.id) == [scheduled.id, own.id], "newest first")
        #expect(scheduled.path.hasPrefix(place.file("data/backups/hive-20270115T")))
        try vault.destroy(own.id)
        try vault.destroy(scheduled.id)
        #expect(try vault.records().isEmpty)
        #expect(place.read("b") != nil)
        #expect(!FileManager.default.fileExists(atPath: scheduled.path))
    }

    @Test("What is no backup is not overwritten, an older backup is")
    func overwriting() throws {
        let place = try Place()
        let vault = try vault(place, size: 10)
        try place.write([1], to: "letter")
        #expect(throws: StoreError.self) { try vault.make(order(place.file("letter"))) }
        #expect(throws: StoreError.self) { try vault.make(order("relative")) }
        _ = try vault.make(order(place.file("b")))
        let again = try vault.make(order(place.file("b")))
        #expect(try BackupHeader(of: place.file("b")).id == again.id)
        #expect(place.read("letter") == [1])
    }

    @Test("Erasures are remembered once each, also over a line that a crash cut off")
    func erasures() throws {
        let place = try Place()
        let scope = ScopeID(Digest.sha256([1]))
        let documents = (0..<3).map {
            DocumentAddress(scope: scope, document: .derived(kind: 34, key: [UInt8($0)], generation: 0))
        }
        let list = try ErasureFile(path: place.file("erasures"))
        #expect(try list.all() == nil, "nothing was ever noted")
        try list.note([])
        #expect(try list.all() == [])
        try list.note([Erasure(address: documents[0], due: 5)])
        try list.note([Erasure(address: documents[0], due: 5), Erasure(address: documents[1], due: 0)])
        try place.write((place.read("erasures") ?? []) + Array("abc def".utf8), to: "erasures")
        #expect(try ErasureFile(path: place.file("erasures")).all()?.map(\.address) == [documents[0], documents[1]])
    }
}
