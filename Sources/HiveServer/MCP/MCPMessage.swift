import HiveAPI

/// One JSON-RPC request or notification, taken apart.
struct MCPMessage: Sendable {
    static let versionKey = "io.modelcontextprotocol/protocolVersion"
    static let capabilitiesKey = "io.modelcontextprotocol/clientCapabilities"
    static let clientKey = "io.modelcontextprotocol/clientInfo"
    static let subscriptionKey = "io.modelcontextprotocol/subscriptionId"

    /// Nil for a notification.
    let id: JSONValue?
    let method: String
    let parameters: [String: JSONValue]

    /// Nil for an answer to a question that this server never asks. Throws an `MCPFailure` for anything else that is no
    /// single request or notification.
    init?(_ json: JSONValue) throws {
        guard let members = json.object else {
            let what = json.array == nil ? "a message must be an object" : "batches are not served: send one message"
            throw MCPFailure(.invalidRequest, what, httpStatus: 400)
        }
        guard members["jsonrpc"] == "2.0" else {
            throw MCPFailure(.invalidRequest, "`jsonrpc` must be \"2.0\"", httpStatus: 400)
        }
        guard let method = members["method"]?.string else {
            if members["result"] != nil || members["error"] != nil { return nil }
            throw MCPFailure(.invalidRequest, "`method` must be a string", httpStatus: 400)
        }
        switch members["id"] {
        case nil, .string, .integer: id = members["id"]
        default: throw MCPFailure(.invalidRequest, "`id` must be a string or a whole number", httpStatus: 400)
        }
        switch members["params"] {
        case nil: parameters = [:]
        case .object(let parameters): self.parameters = parameters
        default: throw MCPFailure(.invalidParameters, "`params` must be an object", httpStatus: 400)
        }
        self.method = method
    }

    var meta: JSONValue? { parameters["_meta"] }
    var version: String? { meta?[Self.versionKey]?.string }

    /// What the header `Mcp-Name` must repeat, for the methods that have it.
    var headerName: String?? {
        switch method {
        case "tools/call", "prompts/get": .some(parameters["name"]?.string)
        case "resources/read": .some(parameters["uri"]?.string)
        default: .none
        }
    }

    /// The name that the client gives itself.
    var clientName: String? { meta?[Self.clientKey]?["name"]?.string }

    static func notification(_ method: String, _ parameters: [String: JSONValue] = [:]) -> JSONValue {
        ["jsonrpc": "2.0", "method": .string(method), "params": .object(parameters)]
    }
}
