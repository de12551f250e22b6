extension HiveClient {
    /// Sends one request of a bridge and hands over every message that the node answers with. Throws `unreachable` where it
    /// cannot be reached or breaks off, and what the node says where it refuses.
    public func exchange(
        _ request: MCPBridge.Request, receive: @escaping @Sendable (JSONValue) -> Void
    ) async throws {
        var headers = request.headers
        if let token = location.token { headers.append(("Authorization", "Bearer \(token)")) }
        let exchange = HTTPExchange(
            method: "POST", url: location.mcp, headers: headers, body: request.body, timeoutSeconds: timeoutSeconds,
            certificates: location.certificates)
        let answer = try await exchange.open()
        guard answer.contentType.hasPrefix("text/event-stream") else {
            let whole = try await answer.whole()
            guard !whole.body.isEmpty else { return }
            if let message = try? JSONValue(parsing: whole.body), message["jsonrpc"] != nil { return receive(message) }
            throw Self.error(whole)
        }
        var events = ServerSentEvents()
        for try await piece in answer.body {
            for event in events.feed(piece) { receive(try JSONValue(parsing: event)) }
            guard events.pending <= HTTPExchange.largestAnswer else {
                throw HiveError(.tooLarge, "the node's answer is larger than \(HTTPExchange.largestAnswer) bytes")
            }
        }
    }
}
