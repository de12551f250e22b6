import HiveAPI
public import HiveCore

/// Keys that are versions of a secret in a vault's key-value store, version 2. The newest version is the current key; a
/// former one opens what it wrapped for as long as the vault keeps it.
public struct VaultKeyProvider: KeyProvider {
    private let address: VaultAddress
    private let path: String
    private let field: String

    /// - Parameters:
    ///   - path: as in the API, with the mount and `data`: `secret/data/hive`.
    ///   - field: the field of the secret that holds the key, as hexadecimal digits or base64.
    public init(address: VaultAddress, path: String, field: String = "key") throws(KeyError) {
        let parts = path.split(separator: "/")
        guard parts.count >= 3, parts.dropFirst().dropLast().contains("data"), Self.isPlain(path) else {
            throw KeyError(
                .malformed, "the vault's `path` is no path of a secret", hint: "write it like secret/data/hive")
        }
        self.address = address
        self.path = parts.joined(separator: "/")
        self.field = field
    }

    /// Letters, digits and a few signs: nothing that would have to be escaped, or leads elsewhere.
    static func isPlain(_ path: String) -> Bool {
        let signs = Set("/-_.".utf8)
        return path.utf8.allSatisfy { byte in
            signs.contains(byte) || (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
                || (0x61...0x7A).contains(byte)
        } && !path.split(separator: "/").contains { $0 == "." || $0 == ".." }
    }

    public var place: String { "the vault at \(address.url)" }

    public func currentKey() async throws -> String { try await key(version: nil).id }

    public func wrap(_ key: SealingKey) async throws -> WrappedKey {
        var random = SystemRandomNumberGenerator()
        return try await self.key(version: nil).wrap(key, using: &random)
    }

    public func unwrap(_ wrapped: WrappedKey) async throws -> SealingKey {
        guard wrapped.keyID.hasPrefix("v"), let version = UInt64(wrapped.keyID.dropFirst()) else {
            throw KeyError(
                .missing, "`\(wrapped.keyID)` is no version of `\(path)`",
                hint: "the database was encrypted with a key from another place: give that one")
        }
        return try await key(version: version).unwrap(wrapped)
    }

    private func key(version: UInt64?) async throws -> WrappingKey {
        let query = version.map { "?version=\($0)" } ?? ""
        let answer = try await VaultRequest(address: address, path: path + query).run()
        guard answer.status == 200, let data = answer.json["data"]?["data"],
            let number = answer.json["data"]?["metadata"]?["version"]?.integer
        else {
            guard answer.status == 404 else { throw malformed }
            throw KeyError(
                .missing, "\(place) has no `\(path)`\(version.map { " in version \($0)" } ?? "")",
                hint: "write it there, or undelete that version")
        }
        guard let text = data[field]?.string else {
            throw KeyError(
                .missing, "`\(path)` in \(place) has no text in the field `\(field)`",
                hint: "check `field` in hive.yaml")
        }
        guard let key = KeyText.key(text), version == nil || version == UInt64(number) else { throw malformed }
        return WrappingKey(key, id: "v\(number)")
    }

    private var malformed: KeyError {
        KeyError(
            .malformed, "`\(path)` in \(place) is no key in a key-value store of version 2",
            hint: "store 32 bytes as 64 hexadecimal digits or base64 in the field `\(field)`")
    }
}
