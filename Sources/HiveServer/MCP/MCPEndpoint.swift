import HiveAPI
import HiveCore

/// MCP over HTTP: one address, POST only, no sessions.
struct MCPEndpoint: Sendable {
    static let path = "/mcp"

    let server: MCPServer
    let gate: RequestGate
    /// What time it is: the server itself reads no clock.
    let now: @Sendable () -> Timestamp

    /// Always answers. Names the operation for logs and metrics.
    func answer(_ call: HTTPCall) async -> (reply: HTTPReply, operation: String) {
        var operation = "mcp"
        do {
            try gate.checkSource(call)
            guard call.method == "POST" else {
                // Old clients try GET for a stream of events: 405 tells them that there is none.
                let error = HiveError(.methodNotAllowed, "MCP takes POST only", hint: "there are no sessions to end")
                return (.problem(error, headers: [("Allow", "POST")]), operation)
            }
            let caller = try gate.caller(call, needing: .agent)
            try Self.checkTypes(call)
            let message: JSONValue
            do {
                message = try JSONValue(parsing: call.body)
            } catch {
                let failure = MCPFailure(.parseError, HiveError.wrapping(error).message, httpStatus: 400)
                return (Self.reply(.failure(nil, failure)), operation)
            }
            operation = Self.name(message, of: server)
            let context = MCPContext(
                caller: caller, now: now(),
                headers: MCPContext.Headers(
                    version: call.header("mcp-protocol-version"), method: call.header("mcp-method"),
                    name: call.header("mcp-name")))
            return (await answer(message, in: context, takesEvents: Self.takesEvents(call)), operation)
        } catch {
            return (.problem(HiveError.wrapping(error)), operation)
        }
    }

    /// As a stream where there is more to say than the answer and the client can read one.
    private func answer(_ message: JSONValue, in context: MCPContext, takesEvents: Bool) async -> HTTPReply {
        // What cannot be opened is answered below, with its own status.
        guard takesEvents, let opening = try? server.open(message, in: context), server.streams(opening) else {
            return Self.reply(await server.answer(message, in: context))
        }
        return MCPEventStream.reply(isCancelledByLeaving: opening.isModern) { [server] output in
            await server.answer(opening, output: output).message
        }
    }

    static func takesEvents(_ call: HTTPCall) -> Bool {
        call.header("accept")?.lowercased().contains("text/event-stream") ?? false
    }

    static func checkTypes(_ call: HTTPCall) throws {
        guard call.body.count <= RESTInterface.largestBody else {
            throw HiveError(.tooLarge, "the body has more than \(RESTInterface.largestBody) bytes")
        }
        let type = (call.header("content-type") ?? "").prefix { $0 != ";" && $0 != " " }.lowercased()
        guard type == "application/json" else {
            throw HiveError(.unsupportedMediaType, "a message must be `application/json`, not `\(type)`")
        }
        guard let accept = call.header("accept")?.lowercased() else { return }
        guard ["application/json", "application/*", "*/*"].contains(where: accept.contains) else {
            throw HiveError(
                .notAcceptable, "answers are `application/json`, which `Accept: \(accept)` leaves out",
                hint: "send `Accept: application/json, text/event-stream`")
        }
    }

    /// Known methods and tools only: a metric's label must not grow with what callers make up.
    static func name(_ message: JSONValue, of server: MCPServer) -> String {
        guard let method = message["method"]?.string else { return "mcp" }
        guard method == "tools/call" else {
            return MCPServer.allMethods.contains(method) || method == "notifications/initialized" ? method : "mcp"
        }
        guard let tool = message["params"]?["name"]?.string, server.tools.contains(where: { $0.name == tool }) else {
            return "mcp"
        }
        return tool
    }

    private static func reply(_ reply: MCPReply) -> HTTPReply {
        guard let message = reply.message else { return HTTPReply(status: reply.httpStatus) }
        return .json(message, status: reply.httpStatus)
    }
}
