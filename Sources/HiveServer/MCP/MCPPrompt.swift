package import HiveAPI

/// A text that a person hands to a model by name.
package struct MCPPrompt: Sendable {
    let name: String
    let title: String
    let description: String
    let arguments: [CommandTemplate.Argument]
    /// The messages, from arguments that are known and complete.
    let messages: @Sendable (_ arguments: [String: String], _ call: MCPCall) async throws -> [JSONValue]
    /// Values for an argument that begin with what was typed.
    let complete: @Sendable (_ argument: String, _ value: String, _ call: MCPCall) async throws -> [String]

    package init(
        name: String, title: String, description: String, arguments: [CommandTemplate.Argument] = [],
        complete: @escaping @Sendable (String, String, MCPCall) async throws -> [String] = { _, _, _ in [] },
        messages: @escaping @Sendable ([String: String], MCPCall) async throws -> [JSONValue]
    ) {
        self.name = name
        self.title = title
        self.description = description
        self.arguments = arguments
        self.messages = messages
        self.complete = complete
    }

    var json: JSONValue {
        [
            "name": .string(name), "title": .string(title), "description": .string(description),
            "arguments": .array(
                arguments.map {
                    [
                        "name": .string($0.name), "description": .string($0.summary), "required": .bool($0.isRequired),
                    ]
                }),
        ]
    }

    /// A message of the person at the client.
    package static func message(_ content: JSONValue) -> JSONValue { ["role": "user", "content": content] }
}
