package import HiveAPI

/// Something that only the client can answer.
package struct MCPQuestion: Sendable {
    package enum Kind: String, Sendable {
        case elicitation = "elicitation/create"
        case sampling = "sampling/createMessage"
        case roots = "roots/list"

        /// What a client declares that can be asked this way.
        var capability: String {
            switch self {
            case .elicitation: "elicitation"
            case .sampling: "sampling"
            case .roots: "roots"
            }
        }
    }

    let kind: Kind
    let parameters: [String: JSONValue]

    package init(_ kind: Kind, _ parameters: [String: JSONValue] = [:]) {
        self.kind = kind
        self.parameters = parameters
    }

    /// A form for the person at the client.
    /// - Parameter properties: JSON Schema of each field: flat, as the protocol demands.
    package static func form(_ message: String, _ properties: [String: JSONValue], required: [String]) -> MCPQuestion {
        MCPQuestion(
            .elicitation,
            [
                "mode": "form", "message": .string(message),
                "requestedSchema": [
                    "type": "object", "properties": .object(properties),
                    "required": .array(required.map(JSONValue.string)),
                ],
            ])
    }

    var json: JSONValue { ["method": .string(kind.rawValue), "params": .object(parameters)] }
}

/// Thrown to end a request with questions instead of an answer. The client sends the request again with what it was told,
/// and the work starts anew with that.
struct MCPInputRequired: Error {
    let questions: [String: MCPQuestion]
    /// What was answered in earlier rounds.
    let answers: [String: JSONValue]
}

/// What a person did with a form.
package struct MCPFormAnswer: Sendable {
    /// Nil where the person declined or went away.
    package let content: [String: JSONValue]?

    package init(_ json: JSONValue) {
        content = json["action"] == "accept" ? json["content"]?.object ?? [:] : nil
    }
}
