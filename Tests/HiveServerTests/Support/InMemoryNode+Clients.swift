import HiveAPI

extension InMemoryNode: HookService {
    func answer(_ event: JSONValue, from client: String, as caller: Caller) async throws -> JSONValue? {
        guard event["hook_event_name"]?.string != nil else {
            throw HiveError(.invalidInput, "the event has no `hook_event_name`")
        }
        note("answerHook", caller)
        return event["tool_name"] == "Bash" ? ["decision": "block"] : nil
    }

    var samples: [MetricSample] { [] }
}

extension InMemoryNode: CommandService {
    func commands(as caller: Caller) async throws -> Page<AgentCommand> {
        note("commands", caller)
        return Page(items: [AgentCommand(name: "hv-status", description: "How the hive is", prompt: "Tell.")])
    }

    func putCommand(_ name: String, _ request: PutCommand, as caller: Caller) async throws -> AgentCommand {
        note("putCommand", caller)
        return AgentCommand(name: name, description: request.description, prompt: request.prompt)
    }

    func removeCommand(_ name: String, as caller: Caller) async throws {
        note("removeCommand", caller)
        guard name == "hv-status" else { throw HiveError(.notFound, "there is no command `\(name)`") }
    }
}

extension InMemoryNode: RuleValidation {
    /// A rule is wrong where its text says so.
    func validate(_ request: PushRules, as caller: Caller) async throws -> PushAnswer {
        note("validate", caller)
        let wrong = request.sources.filter { $0.text.contains("wrong") }
        return PushAnswer(
            set: request.set ?? "", version: "", rules: wrong.isEmpty ? request.sources.map(\.path) : [], active: false,
            problems: wrong.map { RuleProblem(path: $0.path, code: "invalid_rule", message: "it is wrong") })
    }
}
