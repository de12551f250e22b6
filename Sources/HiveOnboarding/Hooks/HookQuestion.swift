import HiveAPI
import HiveHooks

/// An event as questions to the law: one, or one for each name of each file where a call touches files.
struct HookQuestion {
    private static let mostOutput = 64 << 10
    private static let most = 600

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

    /// The same call as what it does to files: asked beside the call itself, for rules about files whoever writes them.
    func writes() throws -> [JSONValue] {
        guard event.moment == .beforeTool, case let action = try event.action(), action.writes else { return [] }
        return try of("file.write", action: action)
    }

    private func of(_ name: String, action: ToolAction) throws -> [JSONValue] {
        var fields: [String: JSONValue] = ["tool": .string(action.tool), "args": action.input]
        fields["command"] = action.command.map(JSONValue.string)
        fields["content"] = action.content.map(JSONValue.string)
        fields["url"] = action.url.map(JSONValue.string)
        let base = context(name, fields)
        guard !action.paths.isEmpty else { return [base] }
        let questions = action.paths.flatMap { path in
            FileName.all(of: path, at: event).map { file in
                var own: [String: JSONValue] = ["path": .string(file.text)]
                if name == "file.write" { own["content"] = action.content(for: path).map(JSONValue.string) }
                return Self.adding(own, to: base)
            }
        }
        guard questions.count <= Self.most else {
            throw HiveError(
                .tooLarge, "the files of the call have \(questions.count) names, \(Self.most) are decided at once",
                hint: "split the call")
        }
        return questions
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
