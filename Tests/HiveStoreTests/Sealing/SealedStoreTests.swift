import Foundation
import HiveCore
import HiveStore
import HiveTesting
import Synchronization
import Testing

/// An encrypted store keeps the promises of a plain one, and shows nothing to whoever reads its files.
@Suite struct SealedStoreTests {
    let folder: TemporaryFolder
    let keys = InMemoryKeyProvider()

    init() throws { folder = try TemporaryFolder() }

    private var path: String { folder.file("hive.db") }

    private func cipher() async throws -> StoreCipher { try await StoreCipher.open(path: path, provider: keys) }
    private func open() async throws -> SQLiteStore {
        try SQLiteStore(path: path, protection: .sealed(try await cipher()))
    }

    @Test("An encrypted store keeps the contract", arguments: StoreContract.Check.allCases)
    func contract(check: StoreContract.Check) async throws {
        let cipher = try await cipher()
        try StoreContract { try SQLiteStore(path: path, protection: .sealed(cipher)) }.verify(check)
    }

    @Test("No word of what is stored can be read, and all of it comes back after a restart")
    func nothingReadable() async throws {
        let store = try await open()
        let sample = try SampleMemories(count: 20)
        try sample.write(to: store)
        #expect(try folder.places(of: sample.words) == [])
        try store.close()
        #expect(try folder.places(of: sample.words) == [])
        let again = try await open()
        try sample.expectAll(in: again)
        try again.close()
    }

    @Test("A plain database becomes encrypted when it is opened so, without a trace of what was there")
    func sealing() async throws {
        let sample = try SampleMemories(count: 300)
        let plain = try SQLiteStore(path: path)
        try sample.write(to: plain)
        try plain.close()
        #expect(try !folder.places(of: sample.words).isEmpty, "the search for words finds nothing at all")
        #expect(try !StoreCipher.isSealed(path: path))
        let store = try await open()
        #expect(try folder.places(of: sample.words) == [])
        try sample.expectAll(in: store)
        try store.close()
        #expect(try folder.places(of: sample.words) == [])
        #expect(try StoreCipher.isSealed(path: path))
    }

    @Test("An encrypted database becomes plain again, with its index, and needs no key then")
    func unsealing() async throws {
        let sample = try SampleMemories(count: 50)
        let sealed = try await open()
        try sample.write(to: sealed)
        try sealed.close()
        let opened = try SQLiteStore(path: path, protection: .unsealing(try await cipher()))
        try sample.expectAll(in: opened)
        try opened.close()
        let plain = try SQLiteStore(path: path)
        try sample.expectAll(in: plain)
        #expect(try plain.integrityProblems().isEmpty)
        try plain.close()
    }

    @Test("Without a key, or with another one, an encrypted database is refused and stays as it is")
    func wrongKey() async throws {
        let store = try await open()
        try SampleMemories(count: 3).write(to: store)
        try store.close()
        let before = try folder.contents()
        let refused = #expect(throws: StoreError.self) { try SQLiteStore(path: path) }
        #expect(refused?.code == .sealed)
        #expect(refused?.hint.contains("encryption") == true)
        let other = InMemoryKeyProvider()
        let missing = await #expect(throws: KeyError.self) { try await StoreCipher.open(path: path, provider: other) }
        #expect(missing?.code == .missing)
        #expect(try folder.contents()["hive.db"] == before["hive.db"])
    }

    @Test("A value that was changed, or taken from another row, is refused with where and what to do")
    func tampering() async throws {
        let sample = try SampleMemories(count: 4)
        let store = try await open()
        try sample.write(to: store)
        try store.close()
        for statement in [
            "UPDATE documents SET state = (SELECT state FROM documents d WHERE d.document <> documents.document)",
            "UPDATE documents SET state = CAST(state || x'00' AS BLOB)", "UPDATE documents SET state = x'0102'",
        ] {
            try await folder.restoring("hive.db") {
                try folder.run(statement)
                let error = await #expect(throws: StoreError.self) { try await open() }
                #expect(error?.code == .corrupt, "\(statement)")
                #expect(error?.message.contains("the document") == true)
                #expect(error?.hint.contains("restore a backup") == true)
            }
        }
        try await folder.restoring("hive.db") {
            try folder.run("UPDATE operations SET body = (SELECT body FROM operations o WHERE o.number = 1)")
            let store = try await open()
            #expect(throws: StoreError.self) { try store.read { try sample.operations(in: $0) } }
            try store.close()
        }
        try await folder.restoring("hive.db") {
            try folder.run("UPDATE local SET value = (SELECT max(value) FROM local) WHERE namespace = 'sample'")
            let store = try await open()
            #expect(throws: StoreError.self) { try sample.expectAll(in: store) }
            try store.close()
        }
    }

    @Test("Whoever reads meanwhile finds in the index what was committed, and nothing of a write that goes on or fails")
    func readers() async throws {
        let store = try await open()
        let sample = try SampleMemories(count: 10)
        try sample.write(to: store)
        let before = try store.read { try $0.index.count() }
        struct Refusal: Error {}
        #expect(throws: Refusal.self) {
            try store.write { transaction in
                try transaction.index.removeAll()
                #expect(try transaction.index.count() == 0)
                let isRead = DispatchSemaphore(value: 0)
                let seen = Mutex<Result<Int, any Error>?>(nil)
                DispatchQueue.global().async {
                    let count = Result { try store.read { try $0.index.count() } }
                    seen.withLock { $0 = count }
                    isRead.signal()
                }
                #expect(isRead.wait(timeout: .now() + 60) == .success, "a reader waits for the writer")
                #expect(try seen.withLock { $0 }?.get() == before)
                throw Refusal()
            }
        }
        try sample.expectAll(in: store)
        try store.close()
    }

    @Test("A backup of an encrypted store is encrypted, and opens with the same keys")
    func backup() async throws {
        let sample = try SampleMemories(count: 10)
        let store = try await open()
        try sample.write(to: store)
        try store.backup(to: folder.file("backup.db"))
        #expect(try folder.places(of: sample.words) == [])
        try store.close()
        let cipher = try await StoreCipher.open(path: folder.file("backup.db"), provider: keys)
        try sample.expectAll(in: try SQLiteStore(path: folder.file("backup.db"), protection: .sealed(cipher)))
    }
}
