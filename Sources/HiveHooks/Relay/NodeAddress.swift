/// Where the resident node answers, and the agents' token. Found as the rest of `hivectl` finds it.
struct NodeAddress {
    /// How the node can be reached, the best first.
    let ways: [Way]
    let token: String

    enum Way: CustomStringConvertible {
        /// The node's own socket for hooks, a file, where its ports speak TLS.
        case socket(String)
        case network(host: String, port: UInt16)

        var description: String {
            switch self {
            case .socket(let path): path
            case .network(let host, let port): host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
            }
        }

        /// What stands in `Host`.
        var authority: String { if case .socket = self { "localhost" } else { description } }
    }

    /// - Parameter isGiven: whether the data directory was named where nobody changes it: a project may set variables, and
    ///   must not lead its hooks to another server by them.
    static func find(data: String, isGiven: Bool) -> Result<NodeAddress, Problem> {
        if !isGiven, let url = Variables.value("HIVE_URL") {
            return at(url, socket: nil, tokenFile: isLocal(url) ? data : nil)
        }
        guard let bytes = SmallFile.read(data + "/run.json", atMost: 1 << 16) else {
            return .failure(
                Problem("no node runs with the data directory `\(data)`; start it with `hived --data \(data)`"))
        }
        guard let run = JSONMembers(bytes), let url = run.text("api") else {
            return .failure(Problem("`\(data)/run.json` makes no sense; restart hived"))
        }
        if let process = run.number("pid"), !SmallFile.isRunning(process) {
            return .failure(
                Problem("the node with the data directory `\(data)` has ended; start it with `hived --data \(data)`"))
        }
        // A node runs: what keeps its hooks from it is no reason to do as if there were none.
        return at(url, socket: run.text("hooks"), tokenFile: data, readsVariables: !isGiven)
            .mapError { Problem($0.message, isNodeThere: true) }
    }

    private static func at(
        _ url: String, socket: String?, tokenFile data: String?, readsVariables: Bool = true
    ) -> Result<NodeAddress, Problem> {
        let network = split(url).map { Way.network(host: $0.host, port: $0.port) }
        let ways = [socket.map(Way.socket), network].compactMap(\.self)
        guard !ways.isEmpty else {
            return .failure(
                Problem(
                    "`\(url)` is no address that hooks can speak to, and the node has no socket for hooks; "
                        + "its log says why"))
        }
        guard let token = token(data, readsVariables) else {
            return .failure(Problem("there is no token for `\(url)`; hooks need the node's agent.token, or HIVE_TOKEN"))
        }
        guard token.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            return .failure(Problem("the token for `\(url)` is none"))
        }
        return .success(NodeAddress(ways: ways, token: token))
    }

    private static func token(_ data: String?, _ readsVariables: Bool) -> String? {
        if readsVariables, let token = Variables.value("HIVE_TOKEN") { return token }
        let file = readsVariables ? Variables.value("HIVE_TOKEN_FILE") : nil
        let path = file ?? data.map { $0 + "/agent.token" }
        guard let bytes = path.flatMap({ SmallFile.read($0, atMost: 4096) }) else { return nil }
        let text = bytes.split(whereSeparator: { $0 <= 0x20 }).first.map { String(decoding: $0, as: UTF8.self) }
        return text
    }

    private static func isLocal(_ url: String) -> Bool {
        ["127.0.0.1", "localhost", "::1"].contains(split(url)?.host ?? "")
    }

    /// `http://HOST:PORT`, whatever path follows.
    private static func split(_ url: String) -> (host: String, port: UInt16)? {
        guard url.hasPrefix("http://") else { return nil }
        let authority = url.dropFirst(7).prefix { $0 != "/" && $0 != "?" }
        guard !authority.contains("@") else { return nil }
        var host = authority
        var port: UInt16 = 80
        if let colon = authority.lastIndex(of: ":"), !authority[colon...].contains("]") {
            guard let number = UInt16(authority[authority.index(after: colon)...]) else { return nil }
            (host, port) = (authority[..<colon], number)
        }
        if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
        return host.isEmpty ? nil : (String(host), port)
    }
}
