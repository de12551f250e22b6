import HiveAPI
import HiveCore
import Testing

@testable import HiveServer

/// What each kind of credential may do, for every operation that there is: from the route table and the tools themselves,
/// so that a new one cannot be forgotten.
@Suite struct RoleTableTests {
    private static let bound = "stand-in-bound"
    private static let authority = TokenAuthority(
        agents: [TokenAuthority.hash(of: Interface.agentToken)],
        operators: [TokenAuthority.hash(of: Interface.operatorToken)],
        others: [StandInCredentials([bound: Permit(scopes: ["agent:ava"], agent: "ava")])])

    private static func interface() -> Interface { Interface(toolSets: ToolSet.allCases, authority: authority) }

    private func ask(
        _ interface: Interface, _ route: Route, token: String, agent: String? = nil
    ) async -> HTTPReply {
        let path = route.parts.map { $0.hasPrefix("{") ? "m1" : $0 }.joined(separator: "/")
        let body = route.input.body == nil && !route.input.takesAnyBody ? nil : "{}"
        return await interface.call(
            route.method, "/" + path, body: body, token: token, headers: agent.map { [("Hive-Agent", $0)] } ?? [])
    }

    @Test("Every operation lets in exactly those that its role names")
    func roles() async throws {
        let interface = Self.interface()
        for route in interface.rest.table.routes {
            let name = Comment(rawValue: route.about.operation)
            let none = await ask(interface, route, token: "")
            let wrong = await ask(interface, route, token: "made-up")
            let agent = await ask(interface, route, token: Interface.agentToken)
            let bound = await ask(interface, route, token: Self.bound)
            let master = await ask(interface, route, token: Interface.operatorToken)
            switch route.about.access {
            case .open:
                for reply in [none, wrong, agent, bound, master] {
                    #expect(reply.status == RESTInterfaceTests.openStatus[route.about.operation] ?? 200, name)
                }
            case .needs(let role):
                #expect(none.status == 401 && wrong.status == 401, name)
                #expect(none.header("WWW-Authenticate") != nil, name)
                #expect((agent.status == 403) == (role == .operator), name)
                #expect((bound.status == 403) == (role == .operator), name)
                #expect(master.status != 401 && master.status != 403, name)
            }
        }
    }

    @Test("A bound token acts as its agent, and as no other, in every operation")
    func binding() async throws {
        let interface = Self.interface()
        for route in interface.rest.table.routes where route.about.access == .agent {
            let name = Comment(rawValue: route.about.operation)
            let other = await ask(interface, route, token: Self.bound, agent: "bo")
            #expect(other.status == 403 && other.code == "forbidden", name)
            let before = interface.node.calls.count
            let own = await ask(interface, route, token: Self.bound, agent: "ava")
            #expect(own.status != 403, name)
            guard interface.node.calls.count > before, let caller = interface.node.lastCaller else { continue }
            #expect(caller.agent == "ava" && caller.permit.agent == "ava" && caller.credential == Self.bound, name)
        }
    }

    @Test("No tool answers without a token, and none is more than an agent's")
    func tools() async throws {
        let interface = Self.interface()
        let tools = interface.mcp.server.tools.map(\.name)
        #expect(tools.count > 20)
        for tool in tools {
            for (token, status) in [("", 401), ("made-up", 401), (Interface.agentToken, 200), (Self.bound, 200)] {
                let reply = await call(interface, tool, token: token)
                #expect(reply.status == status, "\(tool)")
            }
            let other = await call(interface, tool, token: Self.bound, agent: "bo")
            #expect(other.status == 403, "\(tool)")
        }
    }

    private func call(_ interface: Interface, _ tool: String, token: String, agent: String? = nil) async -> HTTPReply {
        let message: JSONValue = [
            "jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": ["name": .string(tool), "arguments": [:]],
        ]
        var headers = [(name: "Host", value: "localhost"), ("Content-Type", "application/json")]
        if !token.isEmpty { headers.append(("Authorization", "Bearer \(token)")) }
        if let agent { headers.append(("Hive-Agent", agent)) }
        return await interface.mcp.answer(
            HTTPCall(method: "POST", target: MCPEndpoint.path, headers: headers, body: message.bytes)
        ).reply
    }

    @Test("Operations that change something for operators alone are known as privileged")
    func privileged() {
        let privileged = Self.interface().rest.privileged
        for operation in [
            "createToken", "revokeToken", "eraseMemory", "pushRules", "invitePeer", "joinHive", "rotateKeys", "backUp",
        ] where !privileged.contains(operation) {
            Issue.record("\(operation) is not among \(privileged.sorted())")
        }
        #expect(!privileged.contains("listTokens") && !privileged.contains("storeMemory"))
    }
}
