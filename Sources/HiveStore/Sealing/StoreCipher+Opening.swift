import Foundation
import GRDB
public import HiveCore

/// How the data keys of a database come to be at hand.
extension StoreCipher {
    /// Unwraps the keys of a database, or makes the first one for a database that has none or is not there yet. Nothing
    /// on disk changes. Throws a `KeyError` or a `StoreError`.
    public static func open(path: String, provider: any KeyProvider) async throws -> StoreCipher {
        let stored = try storedKeys(at: path)
        guard !stored.isEmpty else {
            var random = SystemRandomNumberGenerator()
            return StoreCipher([try await DataKey.make(1, provider: provider, using: &random)])
        }
        var keys: [DataKey] = []
        for (number, wrapped) in stored {
            keys.append(DataKey(number: number, key: try await provider.unwrap(wrapped), wrapped: wrapped))
        }
        return StoreCipher(keys)
    }

    /// Whether a database was encrypted.
    public static func isSealed(path: String) throws -> Bool { !(try storedKeys(at: path)).isEmpty }

    private static func storedKeys(at path: String) throws -> [(number: UInt32, wrapped: WrappedKey)] {
        guard FileManager.default.fileExists(atPath: path) else { return [] }
        do {
            var configuration = Configuration()
            configuration.busyMode = .timeout(5)
            // Not opened for reading only: that would leave the helper files of the WAL behind.
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            defer { closeQuietly(queue) }
            return try queue.read { try storedKeys(in: $0) }
        } catch { throw StoreError(error, path: path) }
    }

    /// A connection that only read has nothing to lose.
    private static func closeQuietly(_ queue: DatabaseQueue) {
        do { try queue.close() } catch { /* it is closed when it is let go */  }
    }

    static func storedKeys(in database: Database) throws -> [(number: UInt32, wrapped: WrappedKey)] {
        guard try database.tableExists("data_keys") else { return [] }
        var keys: [(number: UInt32, wrapped: WrappedKey)] = []
        try database.each("SELECT number, wrapping_key, wrapped FROM data_keys ORDER BY number", []) { row in
            guard let number = UInt32(exactly: row[0] as Int64) else {
                throw StoreError(.corrupt, "a data key has no number", hint: SQLiteStore.recovery)
            }
            keys.append((number, WrappedKey(keyID: row[1], bytes: try row.bytes(2))))
        }
        return keys
    }
}

extension DataKey {
    /// A new key, wrapped by the provider's current one.
    static func make(
        _ number: UInt32, provider: any KeyProvider, using random: inout some RandomNumberGenerator
    ) async throws -> DataKey {
        let key = SealingKey(using: &random)
        return DataKey(number: number, key: key, wrapped: try await provider.wrap(key))
    }
}
