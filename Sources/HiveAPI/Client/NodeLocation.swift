/// Where a node answers and with which token to speak to it.
public struct NodeLocation: Sendable, Hashable {
    /// Of the REST listener: `http://127.0.0.1:8899`, without a slash at the end.
    public let api: String
    /// Of MCP: `http://127.0.0.1:8900/mcp`.
    public let mcp: String
    public let token: String?
    /// A file with the certificates that the node is known by, in PEM, where it speaks TLS; nil where its certificate is
    /// one of an authority that this machine trusts.
    public let certificates: String?

    public init(api: String, mcp: String? = nil, token: String?, certificates: String? = nil) {
        self.certificates = certificates
        self.api = String(api.reversed().drop { $0 == "/" }.reversed())
        self.mcp = mcp ?? self.api + "/mcp"
        self.token = token
    }
}

extension NodeLocation {
    /// Finds the node: `HIVE_URL`, else `run.json` in the data directory (`HIVE_DATA`, else the default one); the
    /// certificates to trust: `HIVE_CA`, else what `run.json` names; and the token: `HIVE_TOKEN`, else `HIVE_TOKEN_FILE`,
    /// else the file for `role` beside `run.json`. Throws `unreachable` where no node runs, `forbidden` where its files
    /// may not be read.
    ///
    /// - Parameter data: the data directory, where the caller was told one.
    public static func discover(
        role: Caller.Role, data: String? = nil, environment: (String) -> String? = processEnvironment
    ) throws -> NodeLocation {
        let directory = data ?? environment("HIVE_DATA") ?? defaultDirectory(environment)
        if let url = environment("HIVE_URL") {
            // A local secret goes to local listeners only.
            let file = isLoopback(url) ? tokenFile(directory, role) : nil
            return NodeLocation(
                api: url, token: try token(environment, file: file), certificates: environment("HIVE_CA"))
        }
        let path = directory + "/run.json"
        guard let bytes = try LocalFile.read(path) else {
            throw HiveError(
                .unreachable, "no node runs with the data directory `\(directory)`",
                hint: "start it with `hived --data \(directory)`, or say where it is with HIVE_URL or HIVE_DATA")
        }
        let run = try JSONValue(parsing: bytes)
        if let process = run["pid"]?.integer, !LocalFile.isRunning(process) {
            // Whoever holds the port now is not to be shown the token.
            throw HiveError(
                .unreachable, "the node with the data directory `\(directory)` has ended",
                hint: "start it with `hived --data \(directory)`")
        }
        guard let api = run["api"]?.string else {
            throw HiveError(.invalidInput, "`\(path)` names no `api` address", hint: "restart the node")
        }
        return NodeLocation(
            api: api, mcp: run["mcp"]?.string, token: try token(environment, file: tokenFile(directory, role)),
            certificates: environment("HIVE_CA") ?? run["certificate"]?.string)
    }

    /// A variable of this process; nil where it is missing or empty.
    public static let processEnvironment: @Sendable (String) -> String? = { LocalFile.environment($0) }

    /// `~/.local/share/hive`.
    public static func defaultDirectory(_ environment: (String) -> String?) -> String {
        (environment("HOME") ?? "") + "/.local/share/hive"
    }

    private static func tokenFile(_ directory: String, _ role: Caller.Role) -> String {
        "\(directory)/\(role.rawValue).token"
    }

    private static func token(_ environment: (String) -> String?, file: String?) throws -> String? {
        if let token = environment("HIVE_TOKEN") { return token }
        if let path = environment("HIVE_TOKEN_FILE") {
            guard let bytes = try LocalFile.read(path) else {
                throw HiveError(.unauthenticated, "the file `\(path)` of HIVE_TOKEN_FILE does not exist")
            }
            return trimmed(bytes)
        }
        return try file.flatMap { try LocalFile.read($0) }.map(trimmed)
    }

    private static func trimmed(_ bytes: [UInt8]) -> String {
        let text = String(decoding: bytes, as: UTF8.self)
        return String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }

    static func isLoopback(_ url: String) -> Bool {
        guard let scheme = url.firstRange(of: "://") else { return false }
        let authority = url[scheme.upperBound...].prefix { $0 != "/" && $0 != "?" }
        guard !authority.contains("@") else { return false }
        let host =
            authority.hasPrefix("[")
            ? authority.prefix { $0 != "]" } + "]" : authority.prefix { $0 != ":" }
        return ["127.0.0.1", "localhost", "[::1]"].contains(String(host))
    }
}
