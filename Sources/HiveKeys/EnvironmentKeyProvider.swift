public import HiveCore

/// Keys in an environment variable, separated by commas or line ends, the current one first. What a process was started
/// with does not change: new keys are taken up by a restart.
public struct EnvironmentKeyProvider: KeyProvider {
    private let name: String
    private let value: String?

    public init(name: String, value: String?) {
        self.name = name
        self.value = value
    }

    public var place: String { "the environment variable `\(name)`" }

    public func currentKey() async throws -> String { try keys().current.id }

    public func wrap(_ key: SealingKey) async throws -> WrappedKey {
        var random = SystemRandomNumberGenerator()
        return try keys().current.wrap(key, using: &random)
    }

    public func unwrap(_ wrapped: WrappedKey) async throws -> SealingKey { try keys().unwrap(wrapped, from: place) }

    private func keys() throws(KeyError) -> WrappingKeys {
        guard let value else {
            throw KeyError(.missing, "\(place) is not set", hint: "set it, or name another place in hive.yaml")
        }
        return try KeyText.keys(in: value, of: place)
    }
}
