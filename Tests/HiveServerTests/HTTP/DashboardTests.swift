import Foundation
import HiveAPI
import Testing

@testable import HiveServer

@Suite struct DashboardTests {
    let interface = Interface()

    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Sources/CHiveDashboard/pages")

    private var pages: [DashboardPages.Page] { DashboardPages.all.pages.values.sorted { $0.name < $1.name } }

    private func text(_ page: DashboardPages.Page) -> String { String(decoding: page.bytes, as: UTF8.self) }

    @Test("The binary holds every file of the folder as it is, and no other")
    func folder() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path).sorted()
        #expect(pages.map(\.name) == names)
        for page in pages {
            let file = try Data(contentsOf: Self.folder.appendingPathComponent(page.name))
            #expect(Array(file) == page.bytes, "\(page.name)")
        }
    }

    @Test("The page needs no token, loads nothing from elsewhere and runs nothing inline")
    func page() async throws {
        let reply = await interface.call("GET", "/", token: "")
        #expect(reply.status == 200)
        let policy = try #require(reply.header("Content-Security-Policy"))
        #expect(policy.hasPrefix("default-src 'none'") && policy.contains("frame-ancestors 'none'"))
        #expect(!policy.contains("unsafe"))
        let html = String(decoding: reply.body, as: UTF8.self)
        for forbidden in ["http://", "https://", "<script>", " style=", " onclick=", " onload=", "{{"] {
            #expect(!html.contains(forbidden), "\(forbidden)")
        }
    }

    @Test("Every file that the page or a script names is served, for ever under its version")
    func files() async throws {
        let version = DashboardPages.all.version
        var named: Set<String> = []
        for page in pages {
            named.formUnion(text(page).matches(of: /\.\/([a-z-]+\.js)/).map { String($0.1) })
            named.formUnion(text(page).matches(of: /\{\{version\}\}\/([a-z-]+\.[a-z]+)/).map { String($0.1) })
        }
        #expect(named.count > 30)
        #expect(Set(pages.map(\.name)).subtracting(named) == ["index.html"], "a file that nothing names")
        for name in named {
            let reply = await interface.call("GET", "/dashboard/\(version)/\(name)", token: "")
            #expect(reply.status == 200, "\(name)")
            #expect(reply.header("Cache-Control")?.contains("immutable") == true)
            #expect(reply.header("Content-Security-Policy") != nil)
        }
        let other = await interface.call("GET", "/dashboard/0000000000000000/main.js", token: "")
        #expect(other.status == 404 && other.code == "not_found")
        for outside in ["/dashboard/\(version)/..%2Findex.html", "/dashboard/\(version)/hive.db"] {
            #expect(await interface.call("GET", outside, token: "").status == 404, "\(outside)")
        }
    }

    @Test("Whoever has the newest files is sent nothing")
    func caching() async throws {
        let version = DashboardPages.all.version
        for address in ["/", "/dashboard/\(version)/main.js", "/dashboard/\(version)/tokens.css"] {
            let first = await interface.call("GET", address, token: "")
            let tag = try #require(first.header("ETag"))
            for header in [tag, "\"other\", \(tag)", "W/\(tag)"] {
                let again = await interface.call("GET", address, token: "", headers: [("If-None-Match", header)])
                #expect(
                    again.status == 304 && again.body.isEmpty && again.header("ETag") == tag, "\(address) \(header)")
            }
            let other = [(name: "If-None-Match", value: "\"other\"")]
            #expect(await interface.call("GET", address, token: "", headers: other).status == 200)
        }
        #expect(await interface.call("GET", "/", token: "").header("Cache-Control") == "no-cache")
    }

    @Test("The scripts never write markup, and keep no token longer than a tab")
    func scripts() {
        for page in pages where page.name.hasSuffix(".js") {
            for forbidden in [
                "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function",
                "document.cookie",
                "http://", "https://",
            ] {
                // The one address there is names the language of drawings and is never asked for.
                let body = text(page).replacing("http://www.w3.org/2000/svg", with: "")
                #expect(!body.contains(forbidden), "\(page.name): \(forbidden)")
            }
            if text(page).contains("localStorage") { #expect(["early.js", "theme.js"].contains(page.name)) }
        }
    }

    @Test("Every address that a script asks for is a route")
    func addresses() {
        let templates = Set(interface.rest.table.routes.map(\.template))
        var checked = 0
        for page in pages where page.name.hasSuffix(".js") {
            for match in text(page).matches(of: /['`](\/(?:api|metrics|openapi)[a-z0-9\/.]*)['`?$]/) {
                let address = String(match.1)
                // Some are put together from parts; some are asked for only where the node describes them.
                guard !address.hasSuffix("/"), !Self.optional.contains(address) else { continue }
                #expect(templates.contains(address), "\(page.name): \(address)")
                checked += 1
            }
        }
        #expect(checked > 25)
    }

    private static let optional: Set<String> = ["/api/v1/agents", "/api/v1/tasks", "/api/v1/messages"]

    @Test("Scripts and styles keep to the budgets of all other sources")
    func budgets() {
        for page in pages where page.name != "hive.svg" {
            let lines = text(page).split(separator: "\n", omittingEmptySubsequences: false)
            #expect(lines.count <= 250, "\(page.name) has \(lines.count) lines")
            for (number, line) in lines.enumerated() {
                #expect(line.count <= 120, "\(page.name):\(number + 1) has \(line.count) columns")
            }
        }
    }
}
