import HiveAPI
import Testing

@testable import HiveServer

@Suite struct DashboardTests {
    let interface = Interface()

    @Test("The dashboard needs no token, loads nothing from elsewhere and runs nothing inline")
    func page() async throws {
        let reply = await interface.call("GET", "/", token: "")
        #expect(reply.status == 200)
        let policy = try #require(reply.header("Content-Security-Policy"))
        #expect(policy.hasPrefix("default-src 'none'") && policy.contains("frame-ancestors 'none'"))
        #expect(!policy.contains("unsafe"))
        let html = String(decoding: reply.body, as: UTF8.self)
        for forbidden in ["http://", "https://", "<script>", " style=", " onclick=", " onload="] {
            #expect(!html.contains(forbidden), "\(forbidden)")
        }
    }

    @Test("Every address that the page and its script name is served")
    func addresses() async {
        let text = DashboardPage.html + DashboardScript.javascript
        var checked = 0
        for route in interface.rest.table.routes where route.method == "GET" && !route.template.contains("{") {
            guard text.contains("'\(route.template)'") || text.contains("\"\(route.template)\"") else { continue }
            #expect(await interface.call("GET", route.template).status == 200, "\(route.template)")
            checked += 1
        }
        #expect(checked >= 6)
        // Everything quoted that looks like an address must be a route.
        let quoted = text.split { "'\"`?$".contains($0) }.map(String.init).filter {
            ($0.hasPrefix("/api/") || $0.hasPrefix("/dashboard")) && !$0.hasSuffix("/") && !$0.contains(" ")
        }
        for address in quoted {
            let isServed = interface.rest.table.routes.contains { $0.template == address }
            #expect(isServed, "\(address)")
        }
    }

    @Test("The script never writes markup and finds every element that it asks for")
    func script() {
        let script = DashboardScript.javascript
        for forbidden in ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("] {
            #expect(!script.contains(forbidden), "\(forbidden)")
        }
        let ids = script.split(separator: "at('").dropFirst().compactMap { $0.split(separator: "'").first }
        #expect(ids.count > 20)
        for id in ids { #expect(DashboardPage.html.contains("id=\"\(id)\""), "\(id)") }
    }
}
