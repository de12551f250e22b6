import HiveAPI
import Testing

@testable import HiveServer

/// What holds for all routes, also for those that come later.
@Suite struct RouteConventionTests {
    let interface = Interface()

    private func request(_ route: Route, _ body: String, type: String = "application/json") async -> HTTPReply {
        await interface.call(
            route.method, RESTInterfaceTests.target(route), body: body, token: Interface.operatorToken,
            headers: [("Content-Type", type)])
    }

    private var routesWithBodies: [Route] {
        interface.rest.table.routes.filter { $0.input.body != nil || $0.input.takesAnyBody }
    }

    @Test(
        "No body that is no JSON object in UTF-8 reaches a service",
        arguments: [
            ("{", "application/json", 400), ("nul", "application/json", 400), ("", "", 0),
            ("{\"a\":1,\"a\":2}", "application/json", 400), ("\u{FEFF}{}", "application/json", 400),
            ("1e999", "application/json", 400), ("[[1]]", "application/json", 400), ("\"x\"", "application/json", 400),
            ("{}", "text/plain", 415), ("{}", "application/json; charset=utf-16", 415),
            ("{}", "application/jsonx", 415), ("{}", "application/xml", 415),
            (String(repeating: "[", count: 200) + String(repeating: "]", count: 200), "application/json", 400),
            ("{\"no-such-field\":1}", "application/json", 400),
        ])
    func brokenBodies(body: String, type: String, status: Int) async {
        guard status > 0 else { return }
        for route in routesWithBodies {
            // What takes anything takes any field; what it makes of it is its own affair.
            if route.input.takesAnyBody, body.contains("no-such-field") { continue }
            let reply = await request(route, body, type: type)
            #expect(reply.status == status, "\(route.about.operation): \(String(decoding: reply.body, as: UTF8.self))")
            #expect(reply.header("Content-Type") == "application/problem+json")
        }
        #expect(interface.node.calls.isEmpty)
    }

    @Test("Every field of every request refuses a value of the wrong type, and names the field")
    func wrongTypes() async throws {
        for route in interface.rest.table.routes {
            guard let shape = route.input.body?.shape else { continue }
            let required = shape.sample.object ?? [:]
            for (name, schema) in shape.schema["properties"]?.object ?? [:] {
                guard let wrong = Self.wrong(for: schema) else { continue }
                var members = required
                members[name] = wrong
                let reply = await request(route, JSONValue.object(members).text)
                #expect(reply.status == 400, "\(route.about.operation).\(name) took \(wrong.text)")
                #expect(try reply.json()["detail"]?.string?.contains(name) == true, "\(route.about.operation).\(name)")
            }
        }
        #expect(interface.node.calls.isEmpty)
    }

    @Test("Every field that a request needs is asked for by its name, be it missing or null")
    func missingFields() async throws {
        for route in interface.rest.table.routes {
            guard let shape = route.input.body?.shape, let required = shape.sample.object else { continue }
            for name in required.keys {
                for value in [nil, JSONValue.null] {
                    var members = required
                    members[name] = value
                    let reply = await request(route, JSONValue.object(members).text)
                    #expect(reply.status == 400, "\(route.about.operation) without \(name)")
                    let detail = try reply.json()["detail"]?.string ?? ""
                    #expect(detail.contains("`\(name)` is missing"), "\(route.about.operation): \(detail)")
                }
            }
        }
        #expect(interface.node.calls.isEmpty)
    }

    @Test("Every address refuses parameters that it does not know, and the same one twice")
    func queries() async {
        for route in interface.rest.table.routes {
            let target = RESTInterfaceTests.target(route)
            let token = Interface.operatorToken
            let unknown = await interface.call(route.method, target + "?no-such=1", token: token)
            #expect(unknown.code == "unknown_field", "\(route.method) \(target)")
            let properties = route.input.query?.schema["properties"]?.object ?? [:]
            for (name, schema) in properties where !Self.types(schema).contains("array") {
                let twice = await interface.call(route.method, target + "?\(name)=1&\(name)=2", token: token)
                #expect(twice.status == 400, "\(route.method) \(target) \(name)")
                guard Self.types(schema).contains("integer") else { continue }
                for value in ["x", "1.5", "99999999999999999999", ""] {
                    let reply = await interface.call(route.method, target + "?\(name)=\(value)", token: token)
                    #expect(reply.status == 400, "\(route.method) \(target)?\(name)=\(value)")
                }
            }
        }
        #expect(interface.node.calls.isEmpty)
    }

    @Test("A condition that a write does not look at is refused and not passed over")
    func conditions() async {
        for route in interface.rest.table.routes where route.isWrite && !route.input.headers.contains("If-Match") {
            let body = route.input.body.map { $0.shape.sample.text }
            let reply = await interface.call(
                route.method, RESTInterfaceTests.target(route), body: body, token: Interface.operatorToken,
                headers: [("If-Match", "\"v1\"")])
            #expect(reply.status == 400, "\(route.about.operation)")
        }
        #expect(interface.node.calls.isEmpty)
    }

    @Test("Every example is a request that its reader takes")
    func examples() throws {
        for route in interface.rest.table.routes {
            guard let body = route.input.body else { continue }
            #expect(throws: Never.self, "\(route.about.operation)") { try body.check(OpenAPIExamples.body(of: route)) }
        }
    }

    @Test("The document tells of every route what it is about, what may go wrong, and what its parameters mean")
    func descriptions() async throws {
        let document = try await interface.call("GET", "/openapi.json", token: "").json()
        let tags = Set((document["tags"]?.array ?? []).compactMap { $0["name"]?.string })
        for (path, methods) in document["paths"]?.object ?? [:] {
            for (method, operation) in methods.object ?? [:] {
                let place = "\(method) \(path)"
                let summary = operation["summary"]?.string ?? ""
                #expect(summary.hasSuffix("."), "\(place)")
                let tag = try #require(operation["tags"]?.array?.first?.string)
                #expect(tags.contains(tag), "\(place)")
                #expect(operation["responses"]?["default"] != nil && operation["responses"]?["400"] != nil, "\(place)")
                for parameter in operation["parameters"]?.array ?? [] where parameter["in"] == "header" {
                    #expect(parameter["description"] != nil, "\(place) \(parameter)")
                }
            }
        }
    }

    /// A value that no reader of this schema takes; nil where anything goes.
    private static func wrong(for schema: JSONValue) -> JSONValue? {
        let types = types(schema)
        guard !types.isEmpty else { return nil }
        return types.contains("string") ? ["x": 1] : "no"
    }

    private static func types(_ schema: JSONValue) -> [String] {
        let type = schema["type"]
        return (type?.array ?? type.map { [$0] } ?? []).compactMap(\.string)
    }
}
