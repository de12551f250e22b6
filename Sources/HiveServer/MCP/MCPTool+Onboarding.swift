import HiveAPI

extension MCPTool {
    /// Setting agents up; nothing where the node does not.
    static func onboarding(_ service: (any OnboardingService)?) -> [MCPTool] {
        guard let service else { return [] }
        return [
            installCommands(service), sync("sync_agent_commands", "slash commands", .commands, service),
            sync("sync_agent_config", "MCP entries, instructions and hooks", nil, service), syncStatus(service),
            autoSync(service),
        ]
    }

    private static let client: JSONValue = [
        "type": "string", "enum": ["claude-code", "codex", "gemini"], "description": "The client that you run in",
    ]

    private static let reportSchema: JSONValue = [
        "type": "object", "required": ["items"],
        "properties": ["items": ["type": "array", "items": ["type": "object"]]],
    ]

    private static func installCommands(_ service: any OnboardingService) -> MCPTool {
        MCPTool(
            name: "install_agent_commands",
            description:
                "Set a client up on this machine: slash commands, MCP entry, instructions, hooks. What somebody "
                + "changed is left alone and named.",
            input: ToolSchema([
                "client": client,
                "target_location": ToolSchema.text("auto or user: for this user; project; or a project's folder"),
                "project": ToolSchema.text("The project's folder, absolute"),
                "force": ToolSchema.flag("Replace what was changed; default false"),
            ]),
            output: ["type": "object", "required": ["client", "places"]], hints: .changes
        ) { arguments in
            let name = try arguments.value("client", default: "claude-code")
            let target = try arguments.value("target_location", default: "auto")
            let given: String? = try arguments.optional("project")
            let force = try arguments.value("force", default: false)
            try arguments.finish()
            let project = given ?? (target.hasPrefix("/") ? target : nil)
            guard project != nil || ["auto", "user"].contains(target) else {
                throw HiveError(
                    .invalidInput, "`target_location` cannot be `\(target.prefix(80))` without a project",
                    hint: "use auto, user, or the absolute path of the project's folder")
            }
            try Self.checkAuthority(force: force, arguments.caller)
            let request = InstallAgent(
                client: name, level: project == nil ? .user : .project, project: project, force: force)
            return try await service.install(request, as: arguments.caller).json
        }
    }

    /// What is set up belongs to whoever uses the machine: a token for some scopes has no business there, and what somebody
    /// changed is replaced by an operator only.
    private static func checkAuthority(force: Bool, _ caller: Caller) throws {
        guard !caller.permit.isLimited else {
            throw HiveError(
                .forbidden, "a limited token sets up no clients", hint: "run `hivectl agents install` on that machine")
        }
        if force { try caller.requireOperator(to: "replace what somebody changed") }
    }

    private static func sync(
        _ name: String, _ what: String, _ part: OnboardingPart?, _ service: any OnboardingService
    ) -> MCPTool {
        MCPTool(
            name: name,
            description: "Bring the \(what) of this machine's agents up to the hive's, wherever they were set up.",
            input: ToolSchema([
                "client": client, "force": ToolSchema.flag("Replace what somebody changed; default false"),
            ]),
            output: reportSchema, hints: .changes
        ) { arguments in
            let client: String? = try arguments.optional("client")
            let force = try arguments.value("force", default: false)
            try arguments.finish()
            try Self.checkAuthority(force: force, arguments.caller)
            return try await service.sync(client, part: part, force: force, as: arguments.caller).json
        }
    }

    private static func syncStatus(_ service: any OnboardingService) -> MCPTool {
        MCPTool(
            name: "check_agent_sync_status",
            description:
                "Whether the agents of this machine are set up as the hive has it: current, missing, outdated, or "
                + "changed by somebody.",
            input: ToolSchema(["client": client]), output: reportSchema, hints: .reads
        ) { arguments in
            let client: String? = try arguments.optional("client")
            try arguments.finish()
            return try await service.places(of: client, as: arguments.caller).json
        }
    }

    private static func autoSync(_ service: any OnboardingService) -> MCPTool {
        MCPTool(
            name: "trigger_auto_sync",
            description:
                "Bring everything up to date that was set up on this machine, and replace nothing that somebody "
                + "changed.",
            input: ToolSchema([:]), output: reportSchema, hints: .changes
        ) { arguments in
            try arguments.finish()
            return try await service.sync(nil, part: nil, force: false, as: arguments.caller).json
        }
    }
}
