import HiveAPI

extension MCPServer {
    func readResource(_ call: MCPCall) async throws -> [String: JSONValue] {
        let contents = try await features.resources.read(try call.text("uri", "a resource"), call)
        return ["contents": .array(contents)]
    }
}
