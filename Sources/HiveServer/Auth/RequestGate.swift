import HiveAPI

/// What a request must pass before anything looks at what it asks for: the right host, no foreign page behind it, and
/// a token.
struct RequestGate: Sendable {
    /// Host names that may stand in `Host` and `Origin`, any port: without this a page in somebody's browser could
    /// point its own name at this machine.
    let hosts: Set<String>
    let authority: TokenAuthority
    /// Nil where nobody signs in by a link.
    let sessions: DashboardSessions?

    init(hosts: [String], authority: TokenAuthority, sessions: DashboardSessions? = nil) {
        self.hosts = Set(["localhost", "127.0.0.1", "[::1]"] + hosts.map { $0.lowercased() })
        self.authority = authority
        self.sessions = sessions
    }

    /// Throws `forbidden` for a foreign `Host` or `Origin`.
    func checkSource(_ call: HTTPCall) throws {
        guard let host = call.header("host"), isKnown(host[...]) else {
            throw HiveError(
                .forbidden, "this node does not answer to the host `\(call.header("host") ?? "")`",
                hint: "call it localhost or 127.0.0.1")
        }
        guard let origin = call.header("origin") else { return }
        guard let scheme = origin.firstRange(of: "://"), isKnown(origin[scheme.upperBound...]) else {
            throw HiveError(.forbidden, "pages of `\(origin)` may not speak to this node")
        }
    }

    private func isKnown(_ authority: Substring) -> Bool {
        let name = authority.hasPrefix("[") ? authority.prefix { $0 != "]" } + "]" : authority.prefix { $0 != ":" }
        let rest = authority.dropFirst(name.count)
        let isPort = rest.hasPrefix(":") && rest.dropFirst().utf8.allSatisfy(Self.isDigit)
        return (rest.isEmpty || isPort) && hosts.contains(name.lowercased())
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    /// Who asks. Throws `unauthenticated` without a known token and `forbidden` where the token allows too little.
    func caller(_ call: HTTPCall, needing access: Caller.Role) throws -> Caller {
        guard let token = call.bearerToken else {
            throw HiveError(
                .unauthenticated, "this needs a token",
                hint: "send `Authorization: Bearer` with the content of \(access.rawValue).token in the data directory")
        }
        return try caller(token: token, agent: try call.agentName(), needing: access)
    }

    func caller(token: String, agent: String?, needing access: Caller.Role) throws -> Caller {
        guard let role = authority.role(of: sessions?.credential(behind: token) ?? token) else {
            throw HiveError(.unauthenticated, "the token is not known here", hint: "each node has its own tokens")
        }
        let caller = Caller(role: role, agent: agent)
        guard caller.may(access) else {
            throw HiveError(
                .forbidden, "this needs the operator's token, the one given is an agent's",
                hint: "agents may not push law, admit nodes or erase; ask the operator")
        }
        return caller
    }
}
