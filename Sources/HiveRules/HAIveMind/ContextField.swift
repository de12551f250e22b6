import HiveCEL

/// A field of hAIveMind's context, as a part of our input. What the schema has no field for is looked up in `args`.
struct ContextField {
    /// An expression for the value, as an optional.
    let optional: String
    /// Whether the value is a list of texts by the schema.
    let isList: Bool

    private static let renamed: [String: String] = [
        "agent": "input.?agent.?name", "agent_id": "input.?agent.?name", "agent_name": "input.?agent.?name",
        "machine": "input.?machine.?name", "machine_id": "input.?machine.?name", "hostname": "input.?machine.?name",
        "project_id": "input.?project", "session_id": "input.?session", "user_id": "input.?user",
        "git_branch": "input.?git.?branch", "git_repo": "input.?git.?repo",
        "operation_type": "input.?args.?operation_type.or(input.?name).or(input.?tool).or(input.?event)",
    ]

    private static let lists: [String: String] = [
        "role": "input.?agent.?roles", "roles": "input.?agent.?roles", "agent_role": "input.?agent.?roles",
        "agent_roles": "input.?agent.?roles", "capabilities": "input.?agent.?capabilities",
    ]

    /// Fields that say where a rule applies, by its scope: a rule with a condition on one of them needs no assignment.
    private static let scoping: [RuleScope: Set<String>] = [
        .project: ["project", "project_id", "git_repo", "working_directory"],
        .machine: ["machine", "machine_id", "hostname", "os", "platform"],
        .agent: [
            "agent", "agent_id", "agent_name", "agent_type", "role", "roles", "agent_role", "agent_roles",
            "capabilities",
        ],
        .session: ["session", "session_id", "user_id", "user"],
    ]

    init(_ name: String) {
        if let list = Self.lists[name] {
            (optional, isList) = (list, true)
            return
        }
        isList = false
        let argument = "input.?args\(Self.member(name))"
        if let renamed = Self.renamed[name] {
            optional = renamed
        } else if ["event", "project", "session", "user"].contains(name) || StandardEvents.action[name] != nil {
            optional = "input.?\(name)"
        } else if InputSchema.standard.type(of: name) != nil, !InputSchema.standard.isObject(name) {
            // Only some events have such a field.
            optional = "input.?\(name).or(\(argument))"
        } else {
            optional = argument
        }
    }

    private static func member(_ name: String) -> String {
        let isName =
            name.first?.isNumber == false && name.utf8.allSatisfy { $0 < 0x80 }
            && name.unicodeScalars.allSatisfy(ShellWords.isNameCharacter) && !CELText.reserved.contains(name)
        return isName ? ".?\(name)" : "[?\(CELText.quoted(name))]"
    }

    /// A field of `args`, whatever its name means elsewhere.
    init(argument name: String) { (optional, isList) = ("input.?args\(Self.member(name))", false) }

    static func says(_ field: String, whereRulesApplyOf scope: RuleScope) -> Bool {
        scoping[scope]?.contains(field) ?? true
    }

    /// The values that the field has: none where it is missing, several where it is a list.
    var values: String { "[\(optional).orValue([])].flatten()" }
}
