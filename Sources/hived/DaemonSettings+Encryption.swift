import Configuration
import Foundation
import HiveAPI
import HiveCore
import HiveKeys
import HiveRules

/// `encryption` in the configuration: `{cipher: aes-256-gcm, key: …}`, or the cipher alone with `encryption-key-file` or
/// the key itself in `HIVE_ENCRYPTION_KEY`.
extension DaemonSettings {
    private static let keyVariable = "HIVE_ENCRYPTION_KEY"

    /// Nil where nothing is said of encryption.
    static func encryption(_ reader: ConfigReader) throws -> EncryptionSettings? {
        let cipher = reader.string(forKey: "encryption") ?? reader.string(forKey: "encryption.cipher")
        guard let cipher else {
            guard try provider(reader) == nil else { throw wrong("`encryption` has a key and no cipher") }
            return nil
        }
        switch cipher {
        case "aes-256-gcm":
            guard let provider = try provider(reader) ?? variableIfSet() else {
                throw wrong("`encryption` says nothing of where the key is")
            }
            return EncryptionSettings(isOn: true, provider: provider)
        case "none", "off", "false":
            return (try provider(reader) ?? variableIfSet()).map { EncryptionSettings(isOn: false, provider: $0) }
        default:
            throw HiveError(.invalidInput, "`\(cipher)` is no cipher", hint: "use aes-256-gcm, or none to decrypt")
        }
    }

    private static func provider(_ reader: ConfigReader) throws -> (any KeyProvider)? {
        var found: [any KeyProvider] = []
        let files = ["encryption-key-file", "encryption.key.file"].compactMap {
            reader.string(forKey: ConfigKey(text: $0))
        }
        // Both are `HIVE_ENCRYPTION_KEY_FILE` in the environment.
        found += Set(files).map { FileKeyProvider(path: $0) }
        if let name = reader.string(forKey: "encryption.key.env") { found.append(variable(name)) }
        if let url = reader.string(forKey: "encryption.key.vault.url") { found.append(try vault(url, reader)) }
        guard found.count < 2 else { throw wrong("`encryption` names more than one place for its key") }
        return found.first
    }

    private static func variable(_ name: String) -> EnvironmentKeyProvider {
        EnvironmentKeyProvider(name: name, value: ProcessInfo.processInfo.environment[name])
    }

    private static func variableIfSet() -> EnvironmentKeyProvider? {
        ProcessInfo.processInfo.environment[keyVariable] == nil ? nil : variable(keyVariable)
    }

    private static func vault(_ url: String, _ reader: ConfigReader) throws -> any KeyProvider {
        func text(_ key: String) -> String? { reader.string(forKey: ConfigKey(["encryption", "key", "vault", key])) }
        let environment = ProcessInfo.processInfo.environment
        guard
            let token = text("token-file").map(VaultAddress.Token.file)
                ?? environment["VAULT_TOKEN"].map({ .value($0) })
        else { throw wrong("the vault needs a token: `token-file`, or VAULT_TOKEN in the environment") }
        let address = try VaultAddress(
            url: url, token: token, namespace: text("namespace"), authorities: text("authorities"))
        switch (text("path"), text("transit")) {
        case (let path?, nil): return try VaultKeyProvider(address: address, path: path, field: text("field") ?? "key")
        case (nil, let key?): return try TransitKeyProvider(address: address, key: key)
        default: throw wrong("the vault needs either the `path` of a secret or the key of `transit`")
        }
    }

    private static func wrong(_ what: String) -> HiveError {
        HiveError(
            .invalidInput, what,
            hint: "write it like `encryption: {cipher: aes-256-gcm, key: {file: /etc/hive/store.key}}`")
    }
}

extension ConfigKey {
    /// Parts separated by points.
    fileprivate init(text: String) { self.init(text.split(separator: ".").map(String.init)) }
}

extension ConfigurationFile {
    /// A cipher's name alone, or the cipher with the place of its key.
    static func checkEncryption(_ reader: inout YAMLReader) throws(RuleError) {
        _ = try reader.text("encryption-key-file")
        guard reader.isMapping("encryption") else {
            _ = try reader.text("encryption")
            return
        }
        guard var encryption = try reader.reader("encryption") else { return }
        _ = try encryption.text("cipher")
        if var key = try encryption.reader("key") {
            for name in ["file", "env"] { _ = try key.text(name) }
            if var vault = try key.reader("vault") {
                for name in ["url", "path", "field", "transit", "token-file", "namespace", "authorities"] {
                    _ = try vault.text(name)
                }
                try vault.finish()
            }
            try key.finish()
        }
        try encryption.finish()
    }
}
