import HiveAPI
import Testing

@testable import HiveServer

@Suite struct RESTPortabilityTests {
    let interface = Interface()

    @Test("An import answers for each line, an export streams the memories as lines")
    func thereAndBack() async throws {
        let body = #"{"lines":[{"number":1,"memory":{"content":"a"}},{"number":2,"memory":{"contnt":"b"}}]}"#
        let answer = try await interface.call("POST", "/api/v1/import", body: body).json()
        #expect(answer["created"] == 1 && answer["failed"] == 1)
        #expect(answer["problems"]?.array?.first?["number"] == 2)
        let export = await interface.call("GET", "/api/v1/export")
        #expect(export.status == 200 && export.header("Hive-Total") == "1")
        var bytes: [UInt8] = []
        if let stream = export.stream { for try await piece in stream { bytes += piece } }
        #expect(try JSONValue(parsing: Array(bytes.dropLast()))["content"] == "a")
        #expect(await interface.call("HEAD", "/api/v1/export").stream == nil)
    }

    @Test("An export takes the filters of a search and nothing else", arguments: ["q=x", "limit=3", "cursor=1", "x=1"])
    func filters(query: String) async throws {
        #expect(await interface.call("GET", "/api/v1/export?\(query)").status == 400)
        #expect(await interface.call("GET", "/api/v1/export?category=c&tag=t").status == 200)
    }

    @Test("Backups are the operator's")
    func backups() async throws {
        let (agent, operating) = (Interface.agentToken, Interface.operatorToken)
        for (method, path) in [("POST", ""), ("GET", ""), ("POST", "/b1/key")] {
            let target = "/api/v1/backups\(path)"
            let body = method == "POST" ? "{}" : nil
            #expect(await interface.call(method, target, body: body, token: agent).status == 403)
            let status = await interface.call(method, target, body: body, token: operating).status
            #expect(status == (path.isEmpty && method == "POST" ? 201 : 200))
        }
    }
}
