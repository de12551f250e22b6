/// A program that runs agents and asks before they act.
public enum HookClient: String, Sendable, Hashable, CaseIterable {
    case claudeCode = "claude-code"
    case codex
    case gemini

    /// Whether a refusal may ask the user instead. Codex and Gemini go on where they read an answer that they do not
    /// know, so there a question is a refusal.
    public var canAsk: Bool { self == .claudeCode }

    /// The modes in which the client says it runs; nil where it says nothing of it.
    public var permissionModes: Set<String>? {
        switch self {
        case .claudeCode: ["default", "plan", "acceptEdits", "auto", "dontAsk", "bypassPermissions"]
        case .codex: ["default", "plan", "acceptEdits", "dontAsk", "bypassPermissions"]
        case .gemini: nil
        }
    }

    /// What an event means; nil for one that this version does not know.
    public func moment(of event: String) -> HookMoment? {
        switch self {
        case .claudeCode, .codex: Self.common[event]
        case .gemini: Self.ofGemini[event]
        }
    }

    private static let common: [String: HookMoment] = {
        var table: [String: HookMoment] = [
            "PreToolUse": .beforeTool, "PostToolUse": .afterTool, "PostToolUseFailure": .afterTool,
            "UserPromptSubmit": .prompt, "SessionStart": .start, "Stop": .stop, "PreCompact": .compaction,
            "SessionEnd": .end,
        ]
        for name in [
            "Notification", "PermissionRequest", "PermissionDenied", "PostToolBatch", "SubagentStart", "SubagentStop",
            "TaskCreated", "TaskCompleted", "TeammateIdle", "StopFailure", "PostCompact", "ConfigChange", "CwdChanged",
            "FileChanged", "InstructionsLoaded", "WorktreeCreate", "WorktreeRemove", "Elicitation",
            "ElicitationResult", "PreModelSwitch", "Setup", "Interrupt",
        ] { table[name] = .other }
        return table
    }()

    private static let ofGemini: [String: HookMoment] = [
        "BeforeTool": .beforeTool, "AfterTool": .afterTool, "BeforeAgent": .prompt, "AfterAgent": .stop,
        "SessionStart": .start, "SessionEnd": .end, "PreCompress": .compaction, "Notification": .other,
        "BeforeModel": .other, "AfterModel": .other, "BeforeToolSelection": .other,
    ]
}
