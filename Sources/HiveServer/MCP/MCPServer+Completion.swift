import HiveAPI

extension MCPServer {
    /// How many values the protocol lets one answer have.
    private static let mostValues = 100

    func completeArgument(_ call: MCPCall) async throws -> [String: JSONValue] {
        let parameters = call.message.parameters
        guard let name = parameters["argument"]?["name"]?.string, let value = parameters["argument"]?["value"]?.string
        else {
            throw MCPFailure(.invalidParameters, "`params.argument` must have a `name` and a `value`, both strings")
        }
        let values = try await values(for: parameters["ref"], name, value, call)
        return [
            "completion": [
                "values": .array(values.prefix(Self.mostValues).map(JSONValue.string)),
                "total": .integer(Int64(values.count)), "hasMore": .bool(values.count > Self.mostValues),
            ]
        ]
    }

    private func values(
        for reference: JSONValue?, _ name: String, _ value: String, _ call: MCPCall
    ) async throws -> [String] {
        switch (reference?["type"]?.string, reference?["name"]?.string, reference?["uri"]?.string) {
        case ("ref/prompt"?, let prompt?, _):
            let prompt = try self.prompt(prompt)
            guard prompt.arguments.contains(where: { $0.name == name }) else {
                throw MCPFailure(.invalidParameters, "the prompt `\(prompt.name)` has no argument `\(name)`")
            }
            return try await prompt.complete(name, value, call)
        case ("ref/resource"?, _, let uri?):
            guard let values = try await features.resources.complete(uri, name, value, call) else {
                throw MCPFailure(.invalidParameters, "there is no resource template `\(uri)` with a variable `\(name)`")
            }
            return values
        default:
            throw MCPFailure(
                .invalidParameters,
                "`params.ref` must be a `ref/prompt` with a `name` or a `ref/resource` with a `uri`")
        }
    }
}
