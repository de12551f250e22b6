import HiveAPI
import HiveCore

@testable import HiveServer

/// A node in memory with its REST and MCP interfaces, asked without sockets.
struct Interface {
    static let agentToken = "agent-secret"
    static let operatorToken = "operator-secret"
    static let authority = TokenAuthority(
        agents: [TokenAuthority.hash(of: agentToken)], operators: [TokenAuthority.hash(of: operatorToken)])

    let node = InMemoryNode()
    let rest: RESTInterface
    let mcp: MCPEndpoint

    init(
        toolSets: [ToolSet] = [.core], authority: TokenAuthority = Interface.authority,
        readiness: Readiness = Readiness()
    ) {
        let sessions = DashboardSessions(now: { Self.now })
        let gate = RequestGate(hosts: ["hive.example"], authority: authority, sessions: sessions)
        rest = RESTInterface(services: node.services, gate: gate, metrics: HTTPMetrics(), readiness: readiness)
        mcp = MCPEndpoint(server: MCPServer(services: node.services, toolSets: toolSets), gate: gate, now: { Self.now })
    }

    static let now = Timestamp(milliseconds: 1_795_248_000_000)

    /// A request with a token; `token` empty sends none.
    func call(
        _ method: String, _ target: String, body: String? = nil, token: String = agentToken,
        headers: [(name: String, value: String)] = []
    ) async -> HTTPReply {
        var all = [(name: "Host", value: "localhost:8899")] + headers
        if !token.isEmpty { all.append(("Authorization", "Bearer \(token)")) }
        if body != nil, !headers.contains(where: { $0.name == "Content-Type" }) {
            all.append(("Content-Type", "application/json"))
        }
        return await rest.answer(
            HTTPCall(method: method, target: target, headers: all, body: Array((body ?? "").utf8))
        ).reply
    }

    /// Stores a memory and gives its JSON.
    func store(_ content: String) async throws -> JSONValue {
        let body = JSONValue.object(["content": .string(content)]).text
        return try await call("POST", "/api/v1/memories", body: body).json()
    }
}

extension HTTPReply {
    func json() throws -> JSONValue { try JSONValue(parsing: body) }
    var code: String? { (try? json())?["code"]?.string }
    func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }
}
