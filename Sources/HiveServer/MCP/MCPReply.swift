public import HiveAPI

/// What goes back for one message.
public struct MCPReply: Sendable, Hashable {
    /// The JSON-RPC answer; nil for a notification, which gets none.
    public let message: JSONValue?
    /// The status if the answer travels over HTTP.
    public let httpStatus: Int

    static let accepted = MCPReply(message: nil, httpStatus: 202)

    static func result(_ id: JSONValue, _ result: JSONValue) -> MCPReply {
        MCPReply(message: ["jsonrpc": "2.0", "id": id, "result": result], httpStatus: 200)
    }

    static func failure(_ id: JSONValue?, _ failure: MCPFailure) -> MCPReply {
        var error: [String: JSONValue] = ["code": .integer(failure.code.rawValue), "message": .string(failure.message)]
        error["data"] = failure.data
        var message: [String: JSONValue] = ["jsonrpc": "2.0", "error": .object(error)]
        message["id"] = id
        return MCPReply(message: .object(message), httpStatus: failure.httpStatus)
    }
}
