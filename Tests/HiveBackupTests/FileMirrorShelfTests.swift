import Foundation
import HiveCore
import HiveTesting
import Testing

@testable import HiveBackup

/// What holds for mirrors on a disk and in memory alike, and what the disk adds.
@Suite struct FileMirrorShelfTests {
    private let owner = NodeID(.sha256([1]))
    private let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0 &* 31) }

    private func offer(_ number: Int = 1, size: Int = 1000, digest: Digest? = nil) -> MirrorOffer {
        MirrorOffer(
            id: "000000000000000\(number)", size: size, digest: digest ?? .sha256(bytes),
            created: Timestamp(milliseconds: Int64(number)), keptUntil: Timestamp(milliseconds: 99))
    }

    private func name(_ offer: MirrorOffer) -> MirrorName { MirrorName(owner: owner, id: offer.id) }

    private func check(_ shelf: some MirrorShelf, path: String) throws {
        let offer = offer()
        #expect(try shelf.begin(offer, of: owner, limit: 1500).held == 0)
        #expect(try shelf.append(Array(bytes[..<400]), at: 0, to: name(offer)) == 400)
        #expect(throws: StoreError.self) { try shelf.append([1], at: 399, to: name(offer)) }
        #expect(throws: StoreError.self) { try shelf.append(bytes, at: 400, to: name(offer)) }
        #expect(try shelf.finish(name(offer), to: nil) == false, "a half does not count")
        #expect(throws: StoreError.self) { try shelf.read(name(offer), at: 0, count: 1) }
        #expect(try shelf.begin(offer, of: owner, limit: 1500).held == 400)
        let error = #expect(throws: StoreError.self) {
            try shelf.begin(self.offer(2, size: 501), of: owner, limit: 1500)
        }
        #expect(error?.code == .full && error?.hint.isEmpty == false)
        #expect(try shelf.append(Array(bytes[400...]), at: 400, to: name(offer)) == 1000)
        #expect(try shelf.finish(name(offer), to: nil))
        #expect(try shelf.read(name(offer), at: 990, count: 100) == Array(bytes[990...]))
        #expect(try shelf.begin(offer, of: owner, limit: 0).isWhole, "what is there needs no more room")
        #expect(try shelf.all().map(\.isWhole) == [true])
        #expect(try shelf.finish(name(offer), to: path))
        #expect(try shelf.all().isEmpty)

        let wrong = self.offer(3, digest: .zero)
        _ = try shelf.begin(wrong, of: owner, limit: nil)
        _ = try shelf.append(bytes, at: 0, to: name(wrong))
        #expect(try shelf.finish(name(wrong), to: nil) == false)
        #expect(try shelf.all().isEmpty, "wrong bytes go")
    }

    @Test("Mirrors in memory keep the rules")
    func memory() throws { try check(InMemoryMirrorShelf(), path: "/x") }

    @Test("Mirrors on a disk keep the rules, and outlast the process")
    func disk() throws {
        let place = try BackupFileTests.Place()
        try check(FileMirrorShelf(directory: place.file("mirrors")), path: place.file("out/back"))
        #expect(place.read("out/back") == bytes)
        let offer = offer(4)
        let first = FileMirrorShelf(directory: place.file("mirrors"))
        _ = try first.begin(offer, of: owner, limit: nil)
        _ = try first.append(Array(bytes[..<10]), at: 0, to: name(offer))
        let second = FileMirrorShelf(directory: place.file("mirrors"))
        #expect(try second.begin(offer, of: owner, limit: 1).held == 10)
        _ = try second.append(Array(bytes[10...]), at: 10, to: name(offer))
        #expect(try second.finish(name(offer), to: nil))
        #expect(throws: StoreError.self) { try second.finish(name(offer), to: place.file("out/back")) }
        #expect(try second.all().map(\.isWhole) == [true], "a file in the way loses nothing")
        let files = try FileManager.default.contentsOfDirectory(atPath: place.file("mirrors/\(owner)")).sorted()
        #expect(files == ["\(offer.id).mirror", "\(offer.id).offer"])
        let mode = try FileManager.default.attributesOfItem(atPath: place.file("mirrors/\(owner)/\(offer.id).mirror"))
        #expect(mode[.posixPermissions] as? Int == 0o600)
    }

    @Test("What changed under the same id begins anew")
    func change() throws {
        let place = try BackupFileTests.Place()
        let shelf = FileMirrorShelf(directory: place.file("mirrors"))
        _ = try shelf.begin(offer(), of: owner, limit: nil)
        _ = try shelf.append([1, 2, 3], at: 0, to: name(offer()))
        #expect(try shelf.begin(offer(digest: .zero), of: owner, limit: nil).held == 0)
    }

    @Test("A vault reads the files of its own backups and of no others")
    func vault() throws {
        let place = try BackupFileTests.Place()
        try FileManager.default.createDirectory(atPath: place.file("data"), withIntermediateDirectories: true)
        try place.write(Array(repeating: 7, count: 32), to: "data/identity.key")
        let vault = try FileBackupVault(FileBackupVault.Places(data: place.file("data"))) { path in
            try Data([1, 2, 3]).write(to: URL(fileURLWithPath: path))
        }
        func make() throws -> BackupRecord {
            try vault.make(
                BackupOrder(
                    path: place.file("b"), now: Timestamp(milliseconds: 1), keptUntil: Timestamp(milliseconds: 9),
                    isScheduled: false))
        }
        let first = try make()
        let whole = try #require(place.read("b"))
        #expect(try vault.read(first.id, at: 5, count: 1 << 20) == Array(whole[5...]))
        #expect(try vault.read(first.id, at: whole.count, count: 5).isEmpty)
        _ = try make()
        let error = #expect(throws: StoreError.self) { try vault.read(first.id, at: 0, count: 5) }
        #expect(error?.code == .missing, "the file is another backup's by now")
    }
}
