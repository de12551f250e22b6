import HiveAPI
import Testing

@testable import HiveServer

/// Records over HTTP, and through the client.
@Suite struct RESTRecordsTests {
    let interface = Interface()

    @Test("An infrastructure state is recorded, listed and read under its name, slashes of a component included")
    func infrastructure() async throws {
        let body = #"{"machine": "web-3", "component": "/var", "status": "down", "values": {"used": 97}}"#
        let recorded = await interface.call("POST", "/api/v1/infrastructure", body: body)
        #expect(recorded.status == 200)
        #expect(try recorded.json()["values"] == ["used": 97])
        let listed = await interface.call("GET", "/api/v1/infrastructure?machine=web-3&status=down&limit=5")
        #expect(try listed.json()["next"] == "1")
        let read = await interface.call("GET", "/api/v1/infrastructure/web-3/%2Fvar?scope=universal")
        #expect(read.status == 200 && read.header("ETag") == "\"v1\"")
        let history = await interface.call("GET", "/api/v1/infrastructure/web-3/nginx/history")
        #expect(try history.json()["items"]?.array?.count == 1)
        #expect(interface.node.calls.contains("infrastructure web-3 /var universal"))
        #expect(interface.node.calls.last == "infrastructureHistory web-3 nginx -")
    }

    @Test("An incident is opened under a key, changed, linked, and asked for suggestions")
    func incidents() async throws {
        let opened = await interface.call(
            "POST", "/api/v1/incidents", body: #"{"title": "502", "severity": "high"}"#,
            headers: [(name: "Idempotency-Key", value: "k1")])
        #expect(opened.status == 201 && opened.header("Location") == "/api/v1/incidents/i1")
        #expect(interface.node.calls.last?.contains(#""idempotencyKey":"k1""#) == true)
        let updated = await interface.call(
            "PATCH", "/api/v1/incidents/i1", body: #"{"note": "restarted"}"#,
            headers: [(name: "If-Match", value: "\"v1\"")])
        #expect(updated.status == 200)
        #expect(interface.node.calls.last?.contains(#""version":"v1""#) == true)
        #expect(interface.node.calls.last?.contains(#""requireCurrent":true"#) == true, "If-Match is a condition")
        let refused = await interface.call("PATCH", "/api/v1/incidents/i1", body: #"{"status": "open"}"#)
        #expect(refused.status == 409 && refused.code == "illegal_transition")
        let link = #"{"relation": "cause", "target": "web-3/nginx"}"#
        #expect(await interface.call("POST", "/api/v1/incidents/i1/links", body: link).status == 200)
        let suggestions = try await interface.call("GET", "/api/v1/incidents/i1/suggestions").json()
        #expect(suggestions["runbooks"]?.array?.first?["title"] == "restart")
    }

    @Test("A runbook comes as JSON and as Markdown, and its runs are recorded")
    func runbooks() async throws {
        let made = await interface.call("POST", "/api/v1/runbooks", body: ##"{"markdown": "# t"}"##)
        #expect(made.status == 201 && made.header("Location") == "/api/v1/runbooks/r1")
        let text = await interface.call("GET", "/api/v1/runbooks/r1/markdown")
        #expect(text.header("Content-Type") == "text/markdown; charset=utf-8")
        #expect(String(decoding: text.body, as: UTF8.self) == "# t\n")
        let run = await interface.call("POST", "/api/v1/runbooks/r1/runs", body: #"{"outcome": "success"}"#)
        #expect(run.status == 200 && interface.node.calls.last == "recordRun r1 success")
    }

    @Test(
        "What is misspelt or too large is refused before the node hears of it",
        arguments: [
            ("POST", "/api/v1/infrastructure", #"{"machine": "a", "colour": 1}"#, 400),
            ("POST", "/api/v1/incidents", #"{"title": "a"}"#, 400),
            ("PATCH", "/api/v1/incidents/i1", #"{"stauts": "resolved"}"#, 400),
            ("POST", "/api/v1/runbooks/r1/runs", #"{"outcome": "success", "seconds": -1}"#, 400),
            (
                "POST", "/api/v1/incidents", #"{"title": "\#(String(repeating: "x", count: 600))", "severity": "low"}"#,
                413
            ),
        ])
    func refused(method: String, path: String, body: String, status: Int) async {
        #expect(await interface.call(method, path, body: body).status == status)
        #expect(interface.node.calls.isEmpty)
    }

    @Test("Statistics are not taken for a memory called stats")
    func statistics() async throws {
        _ = try await interface.store("one")
        let answer = try await interface.call("GET", "/api/v1/memories/stats").json()
        #expect(answer["memories"] == 1 && answer["byKind"] == ["semantic": 1])
    }

    @Test("The client asks for the routes that are served")
    func client() async throws {
        try await LiveServer.run { running in
            let client = running.client()
            let recorded = try await client.record(
                RecordInfrastructure(machine: "web-3", component: "a/b"), as: .operator)
            #expect(recorded.component == "a/b")
            let query = InfrastructureQuery(machine: "db-1", limit: 7)
            #expect(try await client.infrastructure(query, as: .operator).items[0].machine == "db-1")
            #expect(
                try await client.infrastructure(of: "w", "a/b", scope: nil, as: .operator).component == "a/b")
            let history = try await client.infrastructureHistory(of: "w", "c", scope: "instance", as: .operator)
            #expect(history.items.count == 1)
            let incident = try await client.openIncident(
                OpenIncident(title: "x", severity: "low"), as: .operator)
            #expect(try await client.incident(incident.id, as: .operator).id == "i1")
            _ = try await client.updateIncident("i1", with: UpdateIncident(note: "n"), as: .operator)
            _ = try await client.linkIncident("i1", with: LinkIncident(relation: "cause", target: "m1"), as: .operator)
            #expect(try await client.incidents(IncidentQuery(q: "x"), as: .operator).items.count == 1)
            #expect(try await client.incidentSuggestions("i1", as: .operator).runbooks.count == 1)
            let runbook = try await client.writeRunbook(WriteRunbook(title: "r"), as: .operator)
            #expect(try await client.runbook(runbook.id, as: .operator).steps.count == 1)
            _ = try await client.updateRunbook("r1", with: WriteRunbook(owner: "o"), as: .operator)
            #expect(try await client.runbooks(RunbookQuery(owner: "o"), as: .operator).items.count == 1)
            _ = try await client.recordRun("r1", with: RecordRun(outcome: "success"), as: .operator)
            #expect(try await client.memoryStatistics(as: .operator).memories == 0)
        }
    }
}
