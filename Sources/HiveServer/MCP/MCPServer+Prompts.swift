import HiveAPI

extension MCPServer {
    func getPrompt(_ call: MCPCall) async throws -> [String: JSONValue] {
        let prompt = try prompt(try call.text("name", "a prompt"))
        let given = try Self.texts(call.message.parameters["arguments"])
        let known = prompt.arguments.map(\.name)
        if let unknown = given.keys.filter({ !known.contains($0) }).min() {
            let list = known.isEmpty ? "none" : known.joined(separator: ", ")
            throw MCPFailure(
                .invalidParameters, "the prompt `\(prompt.name)` has no argument `\(unknown)`; it has \(list)")
        }
        for argument in prompt.arguments where argument.isRequired && (given[argument.name] ?? "").isEmpty {
            throw MCPFailure(
                .invalidParameters, "the prompt `\(prompt.name)` needs the argument `\(argument.name)`")
        }
        let messages = try await prompt.messages(given.filter { !$0.value.isEmpty }, call)
        return ["description": .string(prompt.description), "messages": .array(messages)]
    }

    func prompt(_ name: String) throws -> MCPPrompt {
        guard let prompt = features.prompts.first(where: { $0.name == name }) else {
            let known = features.prompts.map(\.name).joined(separator: ", ")
            throw MCPFailure(.invalidParameters, "there is no prompt `\(name)`; there are \(known)")
        }
        return prompt
    }

    private static func texts(_ arguments: JSONValue?) throws -> [String: String] {
        guard let arguments, arguments != .null else { return [:] }
        guard let members = arguments.object else {
            throw MCPFailure(.invalidParameters, "`params.arguments` must be an object, not \(arguments.typeName)")
        }
        return try Dictionary(
            uniqueKeysWithValues: members.map { name, value in
                guard let text = value.string else {
                    throw MCPFailure(
                        .invalidParameters, "the argument `\(name)` must be a string, not \(value.typeName)")
                }
                return (name, text)
            })
    }
}
