import Foundation
import HiveCore
import HiveStore
import HiveTesting
import Testing

/// New keys while a store works.
@Suite struct KeyChangeTests {
    let folder: TemporaryFolder
    let keys = InMemoryKeyProvider()

    init() throws { folder = try TemporaryFolder() }

    private func open() async throws -> SQLiteStore {
        let cipher = try await StoreCipher.open(path: folder.file("hive.db"), provider: keys)
        return try SQLiteStore(path: folder.file("hive.db"), protection: .sealed(cipher))
    }

    private func reseal(_ store: SQLiteStore, rows: Int = 32) throws {
        var progress = SQLiteStore.ResealProgress()
        while try store.reseal(&progress, rows: rows) {}
        try store.dropFormerKeys(progress)
    }

    @Test("After a change of keys everything is there, sealed with the new key, and former keys are needed no more")
    func change() async throws {
        let store = try await open()
        let sample = try SampleMemories(count: 120)
        try sample.write(to: store)
        let former = try #require(try store.keyState()?.dataKeys.last)
        keys.change()
        try await store.changeKeys(keys)
        keys.forgetFormerKeys()
        let during = try #require(try store.keyState())
        #expect(during.isUnfinished)
        #expect(during.dataKeys.allSatisfy { $0.wrappedWith != former.wrappedWith })
        try sample.expectAll(in: store)
        try reseal(store)
        let after = try #require(try store.keyState())
        #expect(after.dataKeys.map(\.number) == [former.number + 1])
        try sample.expectAll(in: store)
        try store.close()
        let again = try await open()
        try sample.expectAll(in: again)
        let seals = try #require(try again.keyState()?.dataKeys.last?.seals)
        #expect(seals >= 2 << 16 && seals <= 4 << 16, "seals are charged in lots, one at each opening")
        try again.close()
    }

    @Test("Writers and readers go on while values are sealed anew")
    func underLoad() async throws {
        let store = try await open()
        let first = try SampleMemories(count: 200)
        try first.write(to: store)
        keys.change()
        try await store.changeKeys(keys)
        let writers = 4
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try reseal(store, rows: 8) }
            for writer in 1...writers {
                group.addTask {
                    let sample = try SampleMemories(count: 40)
                    try sample.write(to: store, from: writer * 1000)
                    try sample.expectValues(in: store, from: writer * 1000)
                }
            }
            group.addTask { for _ in 0..<20 { try first.expectValues(in: store) } }
            try await group.waitForAll()
        }
        #expect(try store.keyState()?.dataKeys.count == 1)
        try store.close()
        let again = try await open()
        try first.expectAll(in: again)
        for writer in 1...writers { try SampleMemories(count: 40).expectAll(in: again, from: writer * 1000) }
        try again.close()
    }

    @Test("A crash at any step of a change loses nothing, and it is finished after the next start", arguments: 0..<8)
    func crash(steps: Int) async throws {
        let sample = try SampleMemories(count: 60)
        let store = try await open()
        try sample.write(to: store)
        keys.change()
        try await store.changeKeys(keys)
        keys.forgetFormerKeys()
        var progress = SQLiteStore.ResealProgress()
        for _ in 0..<steps { _ = try store.reseal(&progress, rows: 16) }
        let left = try TemporaryFolder()
        for suffix in ["", "-wal", "-commits"] {
            try FileManager.default.copyItem(
                atPath: folder.file("hive.db") + suffix, toPath: left.file("hive.db") + suffix)
        }
        let cipher = try await StoreCipher.open(path: left.file("hive.db"), provider: keys)
        let after = try SQLiteStore(path: left.file("hive.db"), protection: .sealed(cipher))
        try sample.expectAll(in: after)
        #expect(try after.keyState()?.isUnfinished == true)
        try reseal(after)
        try sample.expectAll(in: after)
        #expect(try after.keyState()?.isUnfinished == false)
        try after.close()
        try store.close()
    }

    @Test("A second change in the middle of one drops no key that is still needed")
    func changeTwice() async throws {
        let sample = try SampleMemories(count: 80)
        let store = try await open()
        try sample.write(to: store)
        try await store.changeKeys(keys)
        var progress = SQLiteStore.ResealProgress()
        while try store.reseal(&progress, rows: 16) {}
        try await store.changeKeys(keys)
        try store.dropFormerKeys(progress)
        #expect(try store.keyState()?.dataKeys.map(\.number) == [2, 3])
        try sample.expectAll(in: store)
        try reseal(store)
        #expect(try store.keyState()?.dataKeys.map(\.number) == [3])
        try store.close()
        let again = try await open()
        try sample.expectAll(in: again)
        try again.close()
    }

    @Test("Keys that seal something still are not dropped before a walk has reached its end")
    func unfinishedWalk() async throws {
        let store = try await open()
        try SampleMemories(count: 40).write(to: store)
        try await store.changeKeys(keys)
        var progress = SQLiteStore.ResealProgress()
        _ = try store.reseal(&progress, rows: 4)
        let unfinished = progress
        let error = #expect(throws: StoreError.self) { try store.dropFormerKeys(unfinished) }
        #expect(error?.code == .misuse)
        try store.close()
    }

    @Test("A provider that does not answer changes nothing")
    func unreachable() async throws {
        let store = try await open()
        try SampleMemories(count: 3).write(to: store)
        let before = try store.keyState()
        await #expect(throws: KeyError.self) { try await store.changeKeys(DeadKeyProvider()) }
        #expect(try store.keyState()?.dataKeys.map(\.wrappedWith) == before?.dataKeys.map(\.wrappedWith))
        #expect(try store.keyState()?.isUnfinished == false)
        try store.close()
    }
}

/// Nobody is there.
private struct DeadKeyProvider: KeyProvider {
    let place = "nowhere"
    private let failure = KeyError(.unreachable, "nobody answers")

    func currentKey() async throws -> String { throw failure }
    func wrap(_ key: SealingKey) async throws -> WrappedKey { throw failure }
    func unwrap(_ wrapped: WrappedKey) async throws -> SealingKey { throw failure }
}
