import Foundation
public import HiveCore

/// Where a vault is and how it is spoken to. Speaks the HTTP API that HashiCorp publishes for Vault, as OpenBao does too.
public struct VaultAddress: Sendable {
    /// `https://vault.example.org:8200`
    public let url: String
    /// Read at each request, since tokens are renewed.
    let token: Token
    let namespace: String?
    /// A PEM file with the certificates to trust; nil for those of the system.
    let authorities: String?
    let timeout: Duration

    /// Where the token is.
    public enum Token: Sendable {
        case file(String)
        case value(String)
    }

    /// Throws `malformed` for what is no address of a vault.
    public init(
        url: String, token: Token, namespace: String? = nil, authorities: String? = nil,
        timeout: Duration = .seconds(5)
    ) throws(KeyError) {
        guard let parts = URLComponents(string: url), let scheme = parts.scheme, ["http", "https"].contains(scheme),
            parts.host?.isEmpty == false, parts.user == nil, parts.password == nil, parts.query == nil
        else {
            throw KeyError(
                .malformed, "the vault's `url` is no address", hint: "write it like https://vault.example.org:8200")
        }
        self.url = url.hasSuffix("/") ? String(url.dropLast()) : url
        self.token = token
        self.namespace = namespace
        self.authorities = authorities
        self.timeout = timeout
    }

    func currentToken() throws(KeyError) -> String {
        let text: String
        switch token {
        case .value(let value): text = value
        case .file(let path):
            guard let data = FileManager.default.contents(atPath: path),
                let read = String(validating: data, as: UTF8.self)
            else {
                throw KeyError(
                    .missing, "the vault's token file `\(path)` cannot be read", hint: "check `token-file` in hive.yaml"
                )
            }
            text = read
        }
        let token = text.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !token.isEmpty, token.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw KeyError(
                .malformed, "what stands for the vault's token is no token", hint: "log in to the vault again")
        }
        return token
    }
}
