import HiveAPI
import Testing

@testable import HiveServer

@Suite struct RESTInterfaceTests {
    let interface = Interface()
    /// What open routes say to a request that names nothing; all others are there for everybody.
    static let openStatus = ["dashboardFile": 404, "openDashboard": 400]

    @Test("Every route but the open ones refuses a request without a token")
    func tokensAreNeeded() async throws {
        for route in interface.rest.table.routes {
            let target = Self.target(route)
            let reply = await interface.call(route.method, target, token: "")
            if route.about.access == .open {
                #expect(reply.status == Self.openStatus[route.about.operation] ?? 200, "\(route.method) \(target)")
            } else {
                #expect(reply.status == 401, "\(route.method) \(target)")
                #expect(reply.header("WWW-Authenticate") == "Bearer realm=\"hive\"")
            }
        }
        #expect(interface.node.calls.isEmpty)
    }

    @Test("Every route of the operator refuses an agent's token")
    func agentsAreLimited() async throws {
        let routes = interface.rest.table.routes.filter { $0.about.access == .operator }
        #expect(
            Set(routes.map(\.about.operation)) == [
                "eraseMemory", "invitePeer", "joinHive", "pushRules", "enableRule", "disableRule", "verify",
                "backUp", "listBackups", "exportBackupKey", "listMirrors",
                "fetchBackup", "consolidate", "keyStatus", "rotateKeys", "openLines",
                "createToken", "listTokens", "revokeToken", "listAccess", "verifyAccess",
                "rollbackRule", "createScope", "grantScope", "revokeScope", "putCommand", "removeCommand",
                "suspendAgent", "resumeAgent", "adoptTask", "recentDecisions", "resolveFork", "retirePeer",
            ])
        for route in routes {
            let reply = await interface.call(route.method, Self.target(route))
            #expect(reply.status == 403, "\(route.about.operation)")
            #expect(reply.code == "forbidden")
        }
        #expect(interface.node.calls.isEmpty)
    }

    @Test("An unknown token is refused, and one in the query string is not looked at")
    func unknownToken() async {
        #expect(await interface.call("GET", "/api/status", token: "wrong").status == 401)
        let reply = await interface.call("GET", "/api/status?access_token=\(Interface.agentToken)", token: "")
        #expect(reply.status == 401)
    }

    @Test(
        "A foreign host or origin is refused, this machine's names are not",
        arguments: [
            ("localhost", nil, 200), ("127.0.0.1:9999", nil, 200), ("[::1]:8899", nil, 200), ("LocalHost:1", nil, 200),
            ("hive.example", nil, 200), ("evil.example", nil, 403), ("localhost.evil.example", nil, 403),
            ("localhost:80@evil.example", nil, 403), ("", nil, 403), ("localhost", "http://localhost:3000", 200),
            ("localhost", "https://evil.example", 403), ("localhost", "null", 403),
            ("localhost", "http://localhost.evil.example", 403),
        ] as [(String, String?, Int)])
    func sources(host: String, origin: String?, status: Int) async {
        var headers = [(name: "Host", value: host), ("Authorization", "Bearer \(Interface.agentToken)")]
        if let origin { headers.append(("Origin", origin)) }
        let call = HTTPCall(method: "GET", target: "/api/status", headers: headers)
        #expect(await interface.rest.answer(call).reply.status == status)
    }

    @Test("Unknown addresses are 404 and wrong methods are 405 with the right ones")
    func addresses() async {
        #expect(await interface.call("GET", "/api/v2/memories").code == "not_found")
        let reply = await interface.call("PUT", "/api/v1/memories")
        #expect(reply.status == 405)
        #expect(reply.header("Allow") == "GET, POST")
        #expect(await interface.call("GET", "/api/v1/../../etc/passwd").status == 404)
        #expect(await interface.call("GET", "/api/v1/memories/%2e%2e%2fpasswd").code == "not_found")
    }

    @Test("A body of another type is 415 and one where none belongs is 400")
    func bodies() async {
        let form = await interface.call(
            "POST", "/api/v1/memories", body: "content=x",
            headers: [("Content-Type", "application/x-www-form-urlencoded")])
        #expect(form.status == 415)
        let charset = await interface.call(
            "POST", "/api/v1/memories", body: #"{"content":"x"}"#,
            headers: [("Content-Type", "application/json; charset=utf-8")])
        #expect(charset.status == 201)
        #expect(await interface.call("GET", "/api/status", body: "{}").status == 400)
    }

    @Test("HEAD answers like GET without a body")
    func head() async {
        let reply = await interface.call("HEAD", "/api/status")
        #expect(reply.status == 200)
        #expect(reply.body.isEmpty)
    }

    @Test("The agent that a caller names itself reaches the node")
    func agentName() async throws {
        _ = await interface.call(
            "POST", "/api/v1/memories", body: #"{"content":"x"}"#, headers: [("Hive-Agent", "caf%C3%A9")])
        #expect(interface.node.lastCaller?.role == .agent && interface.node.lastCaller?.agent == "café")
        _ = await interface.call("GET", "/api/status", token: Interface.operatorToken)
        #expect(interface.node.lastCaller?.role == .operator && interface.node.lastCaller?.agent == nil)
    }

    @Test("Health follows the node and needs no token")
    func health() async throws {
        #expect(await interface.call("GET", "/health", token: "").status == 200)
        interface.node.withState { $0.health = Health(status: .failing, reasons: ["disk full"], ready: false) }
        let failing = await interface.call("GET", "/health", token: "")
        #expect(failing.status == 503)
        #expect(try failing.json()["reasons"] == ["disk full"])
        #expect(await interface.call("GET", "/health/ready", token: "").status == 503)
    }

    @Test("Decisions take one input or an array, and say why when asked")
    func decisions() async throws {
        _ = await interface.call(
            "POST", "/api/v1/rules", body: #"{"sources":[{"path":"no-rm","text":"rm -rf"}]}"#,
            token: Interface.operatorToken)
        let one = try await interface.call(
            "POST", "/api/v1/decisions?explain=true", body: #"{"event":"tool.pre","command":"rm -rf /"}"#
        ).json()
        #expect(one["effect"] == "deny")
        #expect(one["explained"] == true)
        let many = try await interface.call(
            "POST", "/api/v1/decisions",
            body: #"[{"event":"tool.pre","command":"ls"},{"event":"x","command":"rm -rf"}]"#
        ).json()
        #expect(many.array?.map { $0["allowed"] } == [true, false])
        #expect(await interface.call("POST", "/api/v1/decisions", body: "[1]").status == 400)
        #expect(await interface.call("POST", "/api/v1/decisions", body: #""x""#).status == 400)
    }

    @Test("Rules are listed, shown, switched, with their history")
    func rules() async throws {
        _ = await interface.call(
            "POST", "/api/v1/rules", body: #"{"sources":[{"path":"no-rm","text":"rm -rf"}]}"#,
            token: Interface.operatorToken)
        #expect(try await interface.call("GET", "/api/v1/rules").json()["items"]?.array?.count == 1)
        #expect(try await interface.call("GET", "/api/v1/rules/no-rm").json()["text"] == "rm -rf")
        #expect(try await interface.call("GET", "/api/v1/rules/no-rm/history").json()["items"]?.array?.count == 1)
        let off = await interface.call("POST", "/api/v1/rules/no-rm/disable", token: Interface.operatorToken)
        #expect(try off.json()["enabled"] == false)
        #expect(await interface.call("GET", "/api/v1/rules/nothing").status == 404)
    }

    @Test("A conflict is resolved by exactly one of take and value")
    func conflicts() async throws {
        let id = try #require(try await interface.store("one")["id"]?.string)
        let sibling = ConflictSibling(dot: "d1", value: "other", author: Author(node: "n2"), at: "t", shown: false)
        interface.node.add(
            Conflict(
                id: "c1", memory: id, kind: "value", field: "content", siblings: [sibling], policy: "newest",
                since: "t"))
        #expect(try await interface.call("GET", "/api/v1/conflicts/c1").json()["field"] == "content")
        #expect(await interface.call("POST", "/api/v1/conflicts/c1/resolve", body: "{}").status == 400)
        let resolved = await interface.call("POST", "/api/v1/conflicts/c1/resolve", body: #"{"take":"d1"}"#)
        #expect(try resolved.json()["content"] == "other")
        #expect(try await interface.call("GET", "/api/v1/conflicts").json()["items"] == [])
    }

    @Test("Both addresses of synchronisation synchronise")
    func sync() async {
        #expect(await interface.call("POST", "/api/sync").status == 200)
        #expect(await interface.call("POST", "/api/trigger-sync", body: "{}").status == 200)
        #expect(interface.node.withState { $0.syncs } == 2)
    }

    /// The route's template with a value in place of each parameter.
    static func target(_ route: Route) -> String {
        "/" + route.parts.map { $0.hasPrefix("{") ? "x" : String($0) }.joined(separator: "/")
    }
}
