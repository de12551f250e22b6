extension HiveClient {
    /// Sends one request of the bridge and gives back the lines for the client. Never throws: a node that cannot be
    /// reached becomes an error that the client can show.
    public func forward(_ request: MCPBridge.Request) async -> [String] {
        var headers = request.headers
        if let token = location.token { headers.append(("Authorization", "Bearer \(token)")) }
        let exchange = HTTPExchange(
            method: "POST", url: location.mcp, headers: headers, body: request.body, timeoutSeconds: timeoutSeconds,
            certificates: location.certificates)
        do {
            let answer = try await exchange.run()
            return MCPBridge.lines(
                for: request, status: answer.status, contentType: answer.contentType, body: answer.body)
        } catch {
            return request.id == nil ? [] : [MCPBridge.failure(for: request, HiveError.wrapping(error))]
        }
    }
}
