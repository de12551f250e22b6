public import HiveCore
import Synchronization

/// Keys in memory. The newest is the current one; all others stay until they are forgotten.
public final class InMemoryKeyProvider: KeyProvider {
    public let place = "memory"
    private let keys: Mutex<[WrappingKey]>

    public init() { keys = Mutex([Self.freshKey()]) }

    private static func freshKey() -> WrappingKey {
        var random = SystemRandomNumberGenerator()
        return WrappingKey(SealingKey(using: &random))
    }

    /// Puts a new key in force.
    public func change() { keys.withLock { $0.append(Self.freshKey()) } }

    /// Drops all keys but the current one.
    public func forgetFormerKeys() { keys.withLock { $0.removeSubrange(..<($0.count - 1)) } }

    private var all: WrappingKeys {
        keys.withLock { WrappingKeys(current: $0[$0.count - 1], former: Array($0.dropLast())) }
    }

    public func currentKey() async throws -> String { all.current.id }

    public func wrap(_ key: SealingKey) async throws -> WrappedKey {
        var random = SystemRandomNumberGenerator()
        return try all.current.wrap(key, using: &random)
    }

    public func unwrap(_ wrapped: WrappedKey) async throws -> SealingKey { try all.unwrap(wrapped, from: place) }
}
