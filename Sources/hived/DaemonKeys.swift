import HiveCore
import HiveNode
import HiveStore
import Synchronization

/// The keys of this daemon's store and of the journals beside it.
final class DaemonKeys: StoreKeys {
    let cipher = "aes-256-gcm"
    private let store: SQLiteStore
    private let lines: StoreCipher
    private let keys: any KeyProvider
    private let journals: [JournalFile]
    private let progress = Mutex(SQLiteStore.ResealProgress())

    /// Nil for a store that is not encrypted.
    init?(store: SQLiteStore, protection: StoreProtection, keys: any KeyProvider, journals: [JournalFile]) {
        guard case .sealed(let cipher) = protection else { return nil }
        lines = cipher
        self.store = store
        self.keys = keys
        self.journals = journals
    }

    func provider() async -> (place: String, currentKey: Result<String, any Error>) {
        let current: Result<String, any Error>
        do { current = .success(try await keys.currentKey()) } catch { current = .failure(error) }
        return (keys.place, current)
    }

    func dataKeys() throws -> [(number: Int, wrappedWith: String, seals: Int)] {
        (try store.keyState()?.dataKeys ?? []).map { (Int($0.number), $0.wrappedWith, Int($0.seals)) }
    }

    func change() async throws {
        try await store.changeKeys(keys)
        progress.withLock { $0 = SQLiteStore.ResealProgress() }
    }

    /// The journals go last: the former data keys are dropped once they are sealed anew as well.
    func resealNext() throws -> (done: Int, total: Int)? {
        let walk = try progress.withLock { progress in
            _ = try store.reseal(&progress)
            return progress
        }
        guard walk.isAtEnd else { return (walk.done, walk.total) }
        for journal in journals { try journal.reseal() }
        try store.dropFormerKeys(walk)
        // Where the keys were changed meanwhile, another walk has begun.
        progress.withLock { if $0.isAtEnd { $0 = SQLiteStore.ResealProgress() } }
        return nil
    }

    func open(line: String) throws -> String {
        String(decoding: try lines.open(line: Array(line.utf8)), as: UTF8.self)
    }
}
