import HiveAPI
import NIOCore
import Testing

@testable import HiveServer

/// What people and programs send that no client should, over real sockets.
@Suite struct DoorTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let pieces: [String]
        let status: Int
        var code: String?
        var testDescription: String { name }

        init(_ name: String, _ status: Int, _ code: String? = nil, _ pieces: String...) {
            self.name = name
            self.status = status
            self.code = code
            self.pieces = pieces
        }
    }

    private static let end = "Host: localhost\r\nConnection: close\r\n\r\n"
    private static let token = "Authorization: Bearer \(Interface.agentToken)\r\n"
    private static func get(_ target: String, _ headers: String = "") -> String {
        "GET \(target) HTTP/1.1\r\n\(headers)\(end)"
    }

    static let cases: [Case] = [
        Case("plain", 200, nil, get("/health")),
        Case(
            "absolute form", 200, nil,
            "GET http://localhost/health HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"),
        Case("absolute form to elsewhere", 403, "forbidden", "GET http://evil.example/health HTTP/1.1\r\n\(end)"),
        Case("HTTP/1.0", 200, nil, "GET /health HTTP/1.0\r\nHost: localhost\r\n\r\n"),
        Case("HTTP/1.0 without host", 400, "invalid_input", "GET /health HTTP/1.0\r\n\r\n"),
        Case("no host", 400, "invalid_input", "GET /health HTTP/1.1\r\nConnection: close\r\n\r\n"),
        Case(
            "foreign host", 403, "forbidden", "GET /health HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"),
        Case("foreign page", 403, "forbidden", get("/health", "Origin: https://evil.example\r\n")),
        Case("page without origin", 403, "forbidden", get("/health", "Origin: null\r\n")),
        Case("unknown method", 501, "unknown_method", "BREW /health HTTP/1.1\r\n\(end)"),
        Case("known method elsewhere", 405, "method_not_allowed", "DELETE /health HTTP/1.1\r\n\(end)"),
        Case("options", 405, "method_not_allowed", "OPTIONS /health HTTP/1.1\r\n\(end)"),
        Case("options of all", 404, "not_found", "OPTIONS * HTTP/1.1\r\n\(end)"),
        Case("trace", 405, "method_not_allowed", "TRACE /health HTTP/1.1\r\n\(end)"),
        Case("no protocol", 400, "invalid_input", "HELLO\r\n\r\n"),
        Case("garbage", 400, "invalid_input", "\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}\r\n\r\n"),
        Case("a version of the future", 400, "invalid_input", "GET /health HTTP/7.3\r\n\(end)"),
        Case("a header without a name", 400, "invalid_input", "GET /health HTTP/1.1\r\n: x\r\n\(end)"),
        Case("white space before the colon", 400, "invalid_input", "GET /health HTTP/1.1\r\nX : y\r\n\(end)"),
        Case("a null in a header", 400, "invalid_input", "GET /health HTTP/1.1\r\nX: a\u{0}b\r\n\(end)"),
        Case(
            "both lengths", 400, "invalid_input",
            "POST /api/v1/memories HTTP/1.1\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\(end)0\r\n\r\n"),
        Case(
            "two lengths", 400, "invalid_input",
            "POST /api/v1/memories HTTP/1.1\r\nContent-Length: 4\r\nContent-Length: 5\r\n\(end)abcde"),
        Case(
            "a length that is none", 400, "invalid_input",
            "POST /api/v1/memories HTTP/1.1\r\nContent-Length: -1\r\n\(end)"),
        Case(
            "a chunk that is none", 400, nil,
            "POST /api/v1/memories HTTP/1.1\r\n\(token)Transfer-Encoding: chunked\r\n\(end)zz\r\n"),
        Case("up and away", 404, "not_found", get("/../../../../etc/passwd")),
        Case("up in disguise", 404, "not_found", get("/%2e%2e/%2e%2e/etc/passwd")),
        Case("up behind a page", 404, "not_found", get("/dashboard.js/../../identity.key")),
        Case("backslashes", 404, "not_found", get("/..%5c..%5cidentity.key")),
        Case("a null in the path", 404, "not_found", get("/dashboard.js%00.txt")),
        Case("a memory that is a way up", 404, "not_found", get("/api/v1/memories/..%2f..%2foperator.token", token)),
        Case("a broken escape", 400, "invalid_input", get("/api/v1/memories/%zz", token)),
        Case("no UTF-8", 400, "invalid_input", get("/api/v1/memories/%ff%fe", token)),
        Case("a line break in the path", 404, "not_found", get("/api/v1/memories/a%0d%0aSet-Cookie:%20x=1", token)),
        Case("a line break in the query", 400, nil, get("/api/v1/memories?limit=1%0d%0aSet-Cookie:%20x=1", token)),
        Case(
            "a line break in the agent", 200, nil, get("/api/status", token + "Hive-Agent: a%0d%0aSet-Cookie: x=1\r\n")),
        Case("a stale token", 401, "unauthenticated", get("/api/status", "Authorization: Bearer hive_stale\r\n")),
        Case("another scheme", 401, "unauthenticated", get("/api/status", "Authorization: Basic YTpi\r\n")),
        Case(
            "a long question", 414, "address_too_long",
            get("/api/v1/memories?q=" + String(repeating: "a", count: 100_000), token)),
        Case(
            "a question just too long", 414, "address_too_long",
            get("/api/v1/memories?q=" + String(repeating: "a", count: 33_000), token)),
        Case("an endless address", 414, "address_too_long", "GET /" + String(repeating: "a", count: 10 << 20)),
        Case(
            "a large header", 431, "headers_too_large",
            get("/health", "X: \(String(repeating: "a", count: 100_000))\r\n")),
        Case(
            "a header just too large", 431, "headers_too_large",
            get("/health", "X: \(String(repeating: "a", count: 66_000))\r\n")),
        Case("many headers", 431, "headers_too_large", get("/health", String(repeating: "X: a\r\n", count: 300))),
        Case(
            "a large body, announced", 413, "too_large",
            "POST /api/v1/memories HTTP/1.1\r\n\(token)Content-Length: 3000000\r\nContent-Type: application/json\r\n\(end)"
        ),
        Case(
            "a stranger's body", 413, "too_large",
            "POST /api/v1/memories HTTP/1.1\r\nContent-Length: 70000\r\nContent-Type: application/json\r\n\(end)",
            String(repeating: "a", count: 70_000)),
        Case(
            "a large body in chunks", 413, "too_large",
            "POST /api/v1/memories HTTP/1.1\r\n\(token)Transfer-Encoding: chunked\r\n\(end)",
            "300000\r\n" + String(repeating: "a", count: 3 << 20) + "\r\n0\r\n\r\n"),
    ]

    @Test(
        "Whatever is sent is answered with the right status and a reason, and others are served",
        .timeLimit(.minutes(2)))
    func table() async throws {
        try await LiveServer.run { server in
            for item in Self.cases {
                let answer = try await Self.say(item, to: server.addresses.api)
                #expect(answer.status == item.status, "\(item.name): \(answer.text.prefix(300))")
                #expect(!answer.head.contains("Set-Cookie"), "\(item.name)")
                #expect(!answer.body.contains("root:"), "\(item.name)")
                if item.status >= 400, item.code != nil || !answer.body.isEmpty {
                    let problem = try? JSONValue(parsing: answer.body)
                    #expect(answer.header("Content-Type") == "application/problem+json", "\(item.name)")
                    #expect(problem?["status"]?.integer == Int64(item.status), "\(item.name)")
                    if let code = item.code { #expect(problem?["code"]?.string == code, "\(item.name)") }
                }
                #expect(await server.client().health().status == .ok, "\(item.name)")
            }
        }
    }

    /// An empty answer where none has come after a while.
    private static func say(_ item: Case, to address: ListenAddress) async throws -> RawClient.Answer {
        try await withThrowingTaskGroup(of: RawClient.Answer.self) { group in
            group.addTask { try await RawClient.say(item.pieces, to: address) }
            group.addTask {
                try await Task.sleep(for: .seconds(20))
                return RawClient.Answer(text: "nothing came")
            }
            defer { group.cancelAll() }
            return try await group.next() ?? RawClient.Answer(text: "")
        }
    }

    @Test("HEAD is GET without its body", .timeLimit(.minutes(1)))
    func head() async throws {
        try await LiveServer.run { server in
            let answer = try await RawClient.say("HEAD /health HTTP/1.1\r\n\(Self.end)", to: server.addresses.api)
            #expect(answer.status == 200 && answer.body.isEmpty)
        }
    }

    @Test("What comes behind a request that cannot be read is not taken for another one", .timeLimit(.minutes(1)))
    func smuggling() async throws {
        try await LiveServer.run { server in
            let hidden =
                "POST /api/v1/memories HTTP/1.1\r\nHost: localhost\r\n\(Self.token)Content-Type: application/json\r\n"
                + "Content-Length: 20\r\n\r\n{\"content\":\"hidden\"}"
            let outer =
                "POST /api/v1/decisions HTTP/1.1\r\nHost: localhost\r\nContent-Length: \(hidden.utf8.count)\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n\(hidden)"
            let answer = try await RawClient.say(outer, to: server.addresses.api)
            #expect(answer.status == 400)
            #expect(answer.text.components(of: "HTTP/1.1 ") == 1)
            #expect(!server.node.calls.contains("store"))
        }
    }

    @Test(
        "Requests that follow each other on one connection are answered in order, also before a bad one",
        .timeLimit(.minutes(1)))
    func pipelining() async throws {
        try await LiveServer.run { server in
            let good = "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n"
            let answer = try await RawClient.say(good + good + "BREW / HTTP/1.1\r\n\r\n", to: server.addresses.api)
            #expect(answer.text.components(of: "HTTP/1.1 200") == 2)
            #expect(answer.text.components(of: "HTTP/1.1 501") == 1)
        }
    }
}

extension String {
    /// How often a text stands in it.
    fileprivate func components(of text: String) -> Int {
        var (count, rest) = (0, self[...])
        while let range = rest.firstRange(of: text) {
            count += 1
            rest = rest[range.upperBound...]
        }
        return count
    }
}
