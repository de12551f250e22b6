import Configuration
import HiveAPI
import HiveRules
import HiveServer

/// `mcp-auth` of `hive.yaml`.
extension DaemonSettings {
    /// Nil where nothing is said. Throws `invalid_input` for what is no address of a server.
    static func authorization(_ reader: ConfigReader) throws -> MCPAuthorization? {
        let key = { (name: String) in ConfigKey(["mcp-auth", name]) }
        let resource = reader.string(forKey: key("resource"))
        let scopes = texts(key("scopes"), in: reader)
        guard let servers = texts(key("servers"), in: reader) ?? (resource != nil || scopes != nil ? [] : nil) else {
            return nil
        }
        guard !servers.isEmpty else {
            throw HiveError(
                .invalidInput, "`mcp-auth.servers` is empty", hint: "name an authorization server, or leave it out")
        }
        for address in servers + (resource.map { [$0] } ?? []) {
            guard address.hasPrefix("https://") || address.hasPrefix("http://"),
                !address.contains(where: \.isWhitespace)
            else {
                throw HiveError(
                    .invalidInput, "`\(address)` in `mcp-auth` is no address",
                    hint: "write it like https://login.example")
            }
        }
        for scope in scopes ?? [] where !scope.utf8.allSatisfy(isScopeByte) || scope.isEmpty {
            throw HiveError(.invalidInput, "`\(scope)` in `mcp-auth.scopes` is no scope", hint: "write it like memory")
        }
        return MCPAuthorization(servers: servers, resource: resource, scopes: scopes ?? [])
    }

    /// Several texts, or one.
    private static func texts(_ key: ConfigKey, in reader: ConfigReader) -> [String]? {
        reader.stringArray(forKey: key) ?? reader.string(forKey: key).map { [$0] }
    }

    /// What RFC 6749 lets a scope have: it stands in a header between quotes.
    private static func isScopeByte(_ byte: UInt8) -> Bool {
        (0x21...0x7E).contains(byte) && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
    }
}

extension ConfigurationFile {
    static func checkAuthorization(_ reader: inout YAMLReader) throws(RuleError) {
        guard var section = try reader.reader("mcp-auth") else { return }
        for key in ["servers", "scopes"] { _ = try section.texts(key) }
        _ = try section.text("resource")
        try section.finish()
    }
}
