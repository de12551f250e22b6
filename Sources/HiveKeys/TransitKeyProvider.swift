import HiveAPI
public import HiveCore

/// A key of a vault's transit engine, which wraps and unwraps data keys and is never given away. Each version of it counts
/// as a key of its own.
public struct TransitKeyProvider: KeyProvider {
    private let address: VaultAddress
    private let mount: String
    private let name: String

    /// - Parameter key: as in the API, with the mount: `transit/keys/hive`.
    public init(address: VaultAddress, key: String) throws(KeyError) {
        let parts = key.split(separator: "/").map(String.init)
        guard parts.count >= 3, parts[parts.count - 2] == "keys", VaultKeyProvider.isPlain(key) else {
            throw KeyError(
                .malformed, "the vault's `transit` is no path of a key", hint: "write it like transit/keys/hive")
        }
        self.address = address
        mount = parts.dropLast(2).joined(separator: "/")
        name = parts[parts.count - 1]
    }

    public var place: String { "the transit engine of the vault at \(address.url)" }

    public func currentKey() async throws -> String {
        let answer = try await VaultRequest(address: address, path: "\(mount)/keys/\(name)").run()
        guard answer.status == 200, let version = answer.json["data"]?["latest_version"]?.integer else {
            throw answer.status == 404 ? missing : malformed
        }
        return id(version: String(version))
    }

    public func wrap(_ key: SealingKey) async throws -> WrappedKey {
        let body: JSONValue = ["plaintext": .string(Base64.encode(key.bytes))]
        let answer = try await VaultRequest(address: address, path: "\(mount)/encrypt/\(name)", body: body).run()
        guard answer.status == 200 else { throw missing }
        guard let text = answer.json["data"]?["ciphertext"]?.string, let version = Self.version(of: text) else {
            throw malformed
        }
        return WrappedKey(keyID: id(version: version), bytes: Array(text.utf8))
    }

    public func unwrap(_ wrapped: WrappedKey) async throws -> SealingKey {
        guard let text = String(validating: wrapped.bytes, as: UTF8.self), let version = Self.version(of: text),
            wrapped.keyID == id(version: version)
        else {
            throw KeyError(
                .refused, "what `\(wrapped.keyID)` wrapped was not wrapped by `\(name)` in \(place)",
                hint: "the database was encrypted with a key from another place: give that one")
        }
        let answer = try await VaultRequest(
            address: address, path: "\(mount)/decrypt/\(name)", body: ["ciphertext": .string(text)]
        ).run()
        guard answer.status == 200 else {
            throw KeyError(
                .refused, "\(place) does not open what `\(wrapped.keyID)` wrapped",
                hint: "check the key's `min_decryption_version`, and that it is the key of this database")
        }
        guard let key = answer.json["data"]?["plaintext"]?.string.flatMap(KeyText.key) else { throw malformed }
        return key
    }

    private func id(version: String) -> String { "\(name)/v\(version)" }

    /// Ciphertexts look like `vault:v1:…`.
    private static func version(of ciphertext: String) -> String? {
        let parts = ciphertext.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == "vault", parts[1].hasPrefix("v"), UInt32(parts[1].dropFirst()) != nil else {
            return nil
        }
        return String(parts[1].dropFirst())
    }

    private var missing: KeyError {
        KeyError(.missing, "\(place) has no key `\(name)`", hint: "make it: vault write -f \(mount)/keys/\(name)")
    }

    private var malformed: KeyError {
        KeyError(.malformed, "\(place) answered with something else than it should", hint: "check `url` and `transit`")
    }
}
