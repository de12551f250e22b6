import HiveAPI
import HiveServer

/// The fixture's resources.
struct FixtureResources: MCPResourceSource {
    let fixture: FixtureFeatures

    private static let texts = [
        "test://static-text": "This is the content of the static text resource.",
        "test://watched-resource": "Watched resource content",
    ]

    var list: [JSONValue] {
        ["test://static-binary", "test://static-text", "test://watched-resource"].map { uri in
            [
                "uri": .string(uri), "name": .string(uri),
                "mimeType": uri == "test://static-binary" ? "image/png" : "text/plain",
            ]
        }
    }

    var templates: [JSONValue] {
        [
            [
                "uriTemplate": "test://template/{id}/data", "name": "template", "description": "One of many.",
                "mimeType": "application/json",
            ]
        ]
    }

    func read(_ uri: String, _ call: MCPCall) async throws -> [JSONValue] {
        if let text = Self.texts[uri] {
            return [["uri": .string(uri), "mimeType": "text/plain", "text": .string(text)]]
        }
        if uri == "test://static-binary" {
            return [["uri": .string(uri), "mimeType": "image/png", "blob": .string(FixtureFeatures.image)]]
        }
        let parts = uri.split(separator: "/").map(String.init)
        guard parts.count == 4, parts[0] == "test:", parts[1] == "template", parts[3] == "data" else {
            throw MCPFailure.missingResource(uri, "there is no resource `\(uri)`")
        }
        let data: JSONValue = ["id": .string(parts[2]), "data": .string("Data for ID: \(parts[2])")]
        return [["uri": .string(uri), "mimeType": "application/json", "text": .string(data.text)]]
    }

    func complete(
        _ template: String, _ variable: String, _ value: String, _ call: MCPCall
    ) async throws -> [String]? {
        guard template == "test://template/{id}/data", variable == "id" else { return nil }
        return (0..<250).map { "id-\($0)" }.filter { $0.hasPrefix(value) }
    }

    func changes(_ call: MCPCall) async throws -> any MCPResourceChanges { FixtureChanges() }
}

/// Every event names the resource that it changed.
struct FixtureChanges: MCPResourceChanges {
    mutating func changed(by event: HiveEvent, among uris: [String]) -> [String] {
        uris.filter { event.type == "resource.changed" && event.data["uri"]?.string == $0 }
    }
}
