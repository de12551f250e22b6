import HiveAPI
import HiveServer
import Synchronization

/// All that the fixture offers.
final class FixtureFeatures: Sendable {
    let broadcast = EventBroadcast()
    private let ended = Mutex<[String: Int]>([:])

    var features: MCPFeatures {
        var features = MCPFeatures(
            name: "fixture", title: "Conformance fixture", version: "1.0.0", instructions: "For tests.",
            tools: contentTools + workTools + inputTools, prompts: prompts, resources: FixtureResources(fixture: self),
            events: broadcast)
        // Small, so that every list has pages.
        features.pageSize = 5
        return features
    }

    /// Tells subscribers that something happened.
    func publish(_ type: String, _ data: JSONValue = .null) {
        broadcast.publish(type, at: "2026-01-01T00:00:00.000Z", data)
    }

    /// Remembers how often work ended in a way.
    func note(_ end: String) { ended.withLock { $0[end, default: 0] += 1 } }
    func count(_ end: String) -> Int { ended.withLock { $0[end] ?? 0 } }

    static let image =
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    static let audio = "UklGRiQAAABXQVZFZm10IBAAAAABAAEARKwAAIhYAQACABAAZGF0YQAAAAA="

    static func text(_ text: String) -> JSONValue { ["type": "text", "text": .string(text)] }
    static let imageBlock: JSONValue = ["type": "image", "data": .string(image), "mimeType": "image/png"]

    static func resourceBlock(_ uri: String, _ text: String) -> JSONValue {
        [
            "type": "resource",
            "resource": ["uri": .string(uri), "mimeType": "text/plain", "text": .string(text)],
        ]
    }
}
