import HiveAPI
import Testing

@testable import HiveServer

/// Tasks over HTTP, and through the client.
@Suite struct RESTTasksTests {
    let interface = Interface()

    @Test("A task is delegated under a key, listed and read")
    func delegating() async throws {
        let made = await interface.call(
            "POST", "/api/v1/tasks", body: #"{"title": "Renew it", "to": "ava", "dependsOn": ["0123"]}"#,
            headers: [(name: "Idempotency-Key", value: "k1")])
        #expect(made.status == 201 && made.header("Location") == "/api/v1/tasks/t1" && made.header("ETag") == "\"v1\"")
        #expect(interface.node.calls.last?.contains(#""idempotencyKey":"k1""#) == true)
        let listed = await interface.call("GET", "/api/v1/tasks?status=active&claimableBy=ava&limit=5")
        #expect(try listed.json()["next"] == "1")
        #expect(interface.node.calls.last?.contains(#""claimableBy":"ava""#) == true)
        #expect(await interface.call("GET", "/api/v1/tasks/t1").status == 200)
    }

    @Test("A claim is granted with 200, waits with 202, and is refused with 409")
    func claiming() async throws {
        let granted = await interface.call("POST", "/api/v1/tasks/t1/claim", body: #"{"agent": "ava"}"#)
        #expect(granted.status == 200)
        #expect(try granted.json()["claim"]?["fence"] == 7)
        #expect(await interface.call("POST", "/api/v1/tasks/far/claim", body: "{}").status == 202)
        let refused = await interface.call("POST", "/api/v1/tasks/held/claim", body: "{}")
        #expect(refused.status == 409 && refused.code == "claim_refused")
    }

    @Test(
        "Progress, result, failure and withdrawal; a result is 202 until the home has answered, 409 where it came too late"
    )
    func working() async throws {
        let progress = #"{"fence": 7, "percent": 40, "note": "half"}"#
        #expect(await interface.call("POST", "/api/v1/tasks/t1/progress", body: progress).status == 200)
        #expect(await interface.call("POST", "/api/v1/tasks/t1/complete", body: #"{"result": "r"}"#).status == 200)
        #expect(await interface.call("POST", "/api/v1/tasks/far/complete", body: #"{"result": "r"}"#).status == 202)
        let late = await interface.call("POST", "/api/v1/tasks/t1/complete", body: #"{"fence": 1}"#)
        #expect(late.status == 409 && late.code == "fenced")
        #expect(await interface.call("POST", "/api/v1/tasks/t1/fail", body: #"{"reason": "r"}"#).status == 200)
        #expect(await interface.call("POST", "/api/v1/tasks/t1/cancel").status == 200)
        #expect(await interface.call("POST", "/api/v1/tasks/t1/adopt").status == 403, "operators only")
        let adopted = await interface.call("POST", "/api/v1/tasks/t1/adopt", token: Interface.operatorToken)
        #expect(adopted.status == 200 && interface.node.calls.last == "adoptTask t1")
    }

    @Test(
        "What is misspelt or beyond its limits is refused before the node hears of it",
        arguments: [
            ("", #"{"name": "x"}"#, 400), ("", #"{"title": "x", "attempts": 0}"#, 400),
            ("", #"{"title": "x", "to": "ava", "choice": "anyone"}"#, 400), ("", #"{"title": ""}"#, 400),
            ("", #"{"title": "\#(String(repeating: "x", count: 600))"}"#, 413),
            ("/t1/claim", #"{"waitSeconds": 51}"#, 400), ("/t1/claim", #"{"agent": ""}"#, 400),
            ("/t1/progress", #"{"percent": 101}"#, 400), ("/t1/fail", "{}", 400),
            ("/t1/complete", #"{"result": "\#(String(repeating: "x", count: 40_000))"}"#, 413),
            ("/t1/cancel", #"{"why": "x"}"#, 400),
        ])
    func refused(path: String, body: String, status: Int) async {
        #expect(await interface.call("POST", "/api/v1/tasks" + path, body: body).status == status)
        #expect(interface.node.calls.isEmpty)
        #expect(await interface.call("GET", "/api/v1/tasks?limit=0").status == 400)
    }

    @Test("The client asks for the routes that are served")
    func client() async throws {
        try await LiveServer.run { running in
            let client = running.client()
            let caller = Caller(role: .operator, agent: "ava")
            let made = try await client.delegate(DelegateTask(title: "x", to: "bob"), as: caller)
            #expect(made.assignee == "bob")
            #expect(try await client.task("t1", as: caller).id == "t1")
            #expect(try await client.tasks(TaskQuery(status: "active", q: "a b"), as: caller).items.count == 1)
            #expect(try await client.claimTask("t1", with: ClaimTask(), as: caller).claim.agent == "ava")
            #expect(try await client.reportProgress("t1", with: ReportProgress(percent: 1), as: caller).id == "t1")
            #expect(try await client.completeTask("t1", with: CompleteTask(), as: caller).status == "completed")
            #expect(try await client.failTask("t1", with: FailTask(reason: "r"), as: caller).status == "open")
            #expect(try await client.cancelTask("t1", with: CancelTask(), as: caller).status == "cancelled")
            #expect(try await client.adoptTask("t1", as: caller).id == "t1")
            await #expect(throws: HiveError(.claimRefused, "")) {
                try await client.claimTask("held", with: ClaimTask(), as: caller)
            }
        }
    }
}
