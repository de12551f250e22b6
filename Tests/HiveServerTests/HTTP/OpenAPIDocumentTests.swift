import HiveAPI
import Testing

@testable import HiveServer

@Suite struct OpenAPIDocumentTests {
    let interface = Interface()

    @Test("The document lists exactly the routes that are served, with unique operation ids")
    func routesAndDocumentAgree() async throws {
        let document = try await interface.call("GET", "/openapi.json", token: "").json()
        let paths = try #require(document["paths"]?.object)
        let documented = Set(
            paths.flatMap { path, methods in
                (methods.object ?? [:]).keys.map { "\($0.uppercased()) \(path)" }
            })
        let served = Set(interface.rest.table.routes.map { "\($0.method) \($0.template)" })
        #expect(documented == served)
        let operations = interface.rest.table.routes.map(\.about.operation)
        #expect(Set(operations).count == operations.count)
    }

    @Test("Every reference in the document leads somewhere")
    func references() async throws {
        let document = try await interface.call("GET", "/openapi.json", token: "").json()
        var references: Set<String> = []
        Self.collect(document, into: &references)
        #expect(references.count > 20)
        for reference in references {
            var place: JSONValue? = document
            for part in reference.dropFirst(2).split(separator: "/") { place = place?[String(part)] }
            #expect(place != nil, "\(reference)")
        }
    }

    @Test("A request's schema is closed and lists what its reader takes")
    func requestSchemas() async throws {
        let document = try await interface.call("GET", "/openapi.json", token: "").json()
        let store = try #require(document["components"]?["schemas"]?["StoreMemory"])
        #expect(store["additionalProperties"] == false)
        #expect(store["required"] == ["content"])
        #expect(store["properties"]?["tags"]?["type"] == ["array", "null"])
        #expect(store["properties"]?["links"]?["items"]?["additionalProperties"] == false)
        let memory = try #require(document["components"]?["schemas"]?["Memory"])
        #expect(memory["additionalProperties"] == nil)
        #expect(memory["properties"]?["author"]?["properties"]?["node"]?["type"] == "string")
    }

    private static func collect(_ value: JSONValue, into references: inout Set<String>) {
        if let reference = value["$ref"]?.string { references.insert(reference) }
        for child in value.object?.values.map(\.self) ?? value.array ?? [] { collect(child, into: &references) }
    }
}
