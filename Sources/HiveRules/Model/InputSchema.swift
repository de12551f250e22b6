public import HiveCEL

/// What an input may hold: one object with `event`, the event's own fields, and the context.
public enum InputSchema {
    public static let events = [
        "tool.pre", "tool.post", "prompt.submit", "agent.start", "agent.stop", "message.send", "commit", "file.write",
        "memory.write", "manifest.check", "operation",
    ]

    /// The fields that a `transform` may replace.
    static let transformable = ["command", "path", "content", "url"]

    private static let texts = ["event", "tool", "command", "path", "content", "url", "project", "session", "user"]

    private static let objects: [String: [String: CELType]] = [
        "agent": ["name": .string, "roles": .list(.string), "capabilities": .list(.string)],
        "machine": ["name": .string, "labels": .map(.string, .string)],
        "git": ["repo": .string, "branch": .string],
    ]

    /// The environment that conditions and messages are checked against.
    public static let environment: Environment = {
        var environment = Environment.standard
        for name in texts { environment = environment.declaring(variable: name, as: .string) }
        for (name, fields) in objects {
            environment = environment.declaring(object: name, fields: fields)
                .declaring(variable: name, as: .object(name))
        }
        let command: [String: CELType] = ["program": .string, "args": .list(.string), "text": .string]
        return environment.declaring(variable: "args", as: .dyn)
            .declaring(object: ShellCommand.typeName, fields: command)
            .declaring(variable: "cmd", as: .object(ShellCommand.typeName))
            .declaring(variable: "commands", as: .list(.object(ShellCommand.typeName)))
            .declaring(variable: "params", as: .map(.string, .dyn))
            .declaring(function: hasFlag)
    }()

    private static let hasFlag = FunctionDeclaration("hasFlag", isMember: true, arity: 2...17, result: .bool) {
        arguments throws(EvaluationError) in
        guard case .object(let object) = arguments[0], let command = object as? ShellCommand else {
            throw EvaluationError(.noSuchOverload, "`hasFlag` belongs to a command, as in cmd.hasFlag('--force')")
        }
        var flags: [String] = []
        for argument in arguments.dropFirst() {
            guard case .string(let flag) = argument else {
                throw EvaluationError(.noSuchOverload, "`hasFlag` takes texts")
            }
            flags.append(flag)
        }
        return .bool(command.hasFlag(flags))
    }

    /// Why an input is not one, or nil.
    static func problem(in map: ValueMap) -> String? {
        guard case .string(let event)? = map["event"] else { return "`event` is missing" }
        guard events.contains(event) else {
            return "there is no event `\(event)`; known are \(events.joined(separator: ", "))"
        }
        for entry in map.entries {
            guard case .string(let name) = entry.key else { return "names must be texts" }
            if let problem = problem(name, entry.value) { return problem }
        }
        return nil
    }

    private static func problem(_ name: String, _ value: Value) -> String? {
        if texts.contains(name) {
            guard case .string = value else { return "`\(name)` must be a text" }
            return nil
        }
        if name == "args" { return nil }
        guard let fields = objects[name] else {
            let known = (texts + objects.keys + ["args"]).sorted()
            return "unknown field `\(name)`; "
                + (Suggestion.nearest(to: name, among: known) ?? "known are \(known.joined(separator: ", "))")
        }
        guard case .map(let map) = value else { return "`\(name)` must be an object" }
        for entry in map.entries {
            guard case .string(let field) = entry.key, let type = fields[field] else {
                return
                    "unknown field `\(name).\(JSONText.render(entry.key))`; known are \(fields.keys.sorted().joined(separator: ", "))"
            }
            switch (type, entry.value) {
            case (.string, .string), (.list, .list), (.map, .map): continue
            default: return "`\(name).\(field)` must be \(type)"
            }
        }
        return nil
    }
}
