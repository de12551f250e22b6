import HiveAPI
import HiveCore
import HiveKeys
import HiveStore

/// How the store is to be at rest, and where its keys come from.
struct EncryptionSettings: Sendable {
    /// False where an encrypted store is to become plain.
    let isOn: Bool
    let provider: any KeyProvider

    /// What a database is to be like: its keys unwrapped, or new ones for a database that has none.
    func protection(ofDatabase path: String) async throws -> StoreProtection {
        guard isOn else {
            return try StoreCipher.isSealed(path: path)
                ? .unsealing(try await StoreCipher.open(path: path, provider: provider)) : .plain
        }
        return .sealed(try await StoreCipher.open(path: path, provider: provider))
    }
}
