import HiveAPI

/// Where clients get tokens that this server takes: protected-resource metadata (RFC 9728).
public struct MCPAuthorization: Sendable, Hashable {
    /// Addresses of authorization servers.
    public var servers: [String]
    /// What the server is called in tokens; nil for the address that a client used.
    public var resource: String?
    public var scopes: [String]

    public init(servers: [String], resource: String? = nil, scopes: [String] = []) {
        self.servers = servers
        self.resource = resource
        self.scopes = scopes
    }

    static let path = "/.well-known/oauth-protected-resource"

    static func concerns(_ call: HTTPCall) -> Bool {
        call.path == path || call.path == path + MCPEndpoint.path
    }

    /// The document, for anybody.
    func document(_ call: HTTPCall) -> HTTPReply {
        guard call.method == "GET" || call.method == "HEAD" else {
            let error = HiveError(.methodNotAllowed, "`\(call.path)` takes GET only")
            return .problem(error, headers: [("Allow", "GET, HEAD")])
        }
        var document: [String: JSONValue] = [
            "resource": .string(resource ?? Self.base(call) + MCPEndpoint.path),
            "authorization_servers": .array(servers.map(JSONValue.string)),
            "bearer_methods_supported": ["header"], "resource_name": "Hive",
        ]
        if !scopes.isEmpty { document["scopes_supported"] = .array(scopes.map(JSONValue.string)) }
        return .json(.object(document))
    }

    /// Tells a client that was refused where it learns how to be let in.
    func challenge(_ reply: HTTPReply, to call: HTTPCall) -> HTTPReply {
        guard reply.status == 401 || reply.status == 403 else { return reply }
        var values = ["realm=\"hive\"", "resource_metadata=\"\(Self.base(call))\(Self.path)\(MCPEndpoint.path)\""]
        if !scopes.isEmpty { values.append("scope=\"\(scopes.joined(separator: " "))\"") }
        if reply.status == 403 { values.insert("error=\"insufficient_scope\"", at: 1) }
        var reply = reply
        reply.headers.removeAll { $0.name == "WWW-Authenticate" }
        reply.headers.append(("WWW-Authenticate", "Bearer " + values.joined(separator: ", ")))
        return reply
    }

    /// The host has passed the gate where this is used in an answer that anybody acts on.
    private static func base(_ call: HTTPCall) -> String {
        "\(call.isSecure ? "https" : "http")://\(call.header("host") ?? "localhost")"
    }
}
