import HiveAPI
import HiveHooks

/// An event as questions to the law: one, or one for each file where a call touches several.
struct HookQuestion {
    private static let mostOutput = 64 << 10

    let event: HookEvent
    let agent: String

    /// Empty where the event is none that rules decide about. Throws `invalid_input` for an event without what it needs.
    func inputs() throws -> [JSONValue] {
        switch event.moment {
        case .beforeTool: return try of("tool.pre", action: try event.action())
        case .afterTool:
            let output = event.response.map { $0.string ?? $0.text } ?? ""
            return try of("tool.post", action: try event.action()).map { input in
                Self.adding(
                    ["output": .string(String(output.prefix(Self.mostOutput))), "failed": .bool(event.hasFailed)],
                    to: input)
            }
        case .prompt:
            guard let prompt = event.text("prompt") else {
                throw HiveError(.invalidInput, "the event `\(event.name)` has no `prompt`")
            }
            return [context("prompt.submit", ["content": .string(prompt)])]
        case .start: return [context("agent.start", ["reason": .string(event.text("source") ?? "")])]
        case .stop: return [context("agent.stop", ["reason": "stop"])]
        case .end: return [context("agent.stop", ["reason": .string(event.text("reason") ?? "end")])]
        case .compaction, .other: return []
        }
    }

    private func of(_ name: String, action: ToolAction) throws -> [JSONValue] {
        var fields: [String: JSONValue] = ["tool": .string(action.tool), "args": action.input]
        fields["command"] = action.command.map(JSONValue.string)
        fields["content"] = action.content.map(JSONValue.string)
        fields["url"] = action.url.map(JSONValue.string)
        let base = context(name, fields)
        guard !action.paths.isEmpty else { return [base] }
        return action.paths.map { path in
            let relative = RepositoryPath.relative(path, root: event.root, folder: event.folder)
            return Self.adding(["path": .string(relative)], to: base)
        }
    }

    private func context(_ name: String, _ own: [String: JSONValue]) -> JSONValue {
        var fields = own
        fields["event"] = .string(name)
        fields["agent"] = ["name": .string(agent)]
        fields["session"] = event.session.map(JSONValue.string)
        fields["project"] = event.project.map(JSONValue.string)
        var git: [String: JSONValue] = [:]
        git["branch"] = event.place.branch.map(JSONValue.string)
        git["repo"] = event.place.repository.map(JSONValue.string)
        if !git.isEmpty { fields["git"] = .object(git) }
        return .object(fields)
    }

    private static func adding(_ more: [String: JSONValue], to input: JSONValue) -> JSONValue {
        .object((input.object ?? [:]).merging(more) { _, added in added })
    }
}
