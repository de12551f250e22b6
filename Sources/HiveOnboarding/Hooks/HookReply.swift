import HiveAPI
import HiveHooks

/// A verdict, and what an agent is to know, in the words of its client. Each client honours other members, and goes on where
/// it reads what it does not expect: nothing is said that a client has no place for.
struct HookReply {
    /// Clients cut longer texts.
    static let longest = 10_000

    let event: HookEvent
    let verdict: HookVerdict
    /// What the model is to know; told as data.
    let context: String

    /// Nil where there is nothing to say.
    func json() throws -> JSONValue? {
        switch event.moment {
        case .beforeTool: try beforeTool()
        case .afterTool, .prompt, .stop: blocking()
        case .start: told(context)
        case .compaction, .end, .other: nil
        }
    }

    private func beforeTool() throws -> JSONValue? {
        switch verdict.effect {
        case .deny: return refused(verdict.reason)
        case .ask where event.client.canAsk: return permission("ask", verdict.reason)
        case .ask: return refused("needs the approval of a person: \(verdict.reason)")
        case .transform: return try transformed()
        case .allow: return event.client == .claudeCode ? permission("allow", verdict.reason) : nil
        case .warn, .annotate:
            guard verdict.isAllowed, event.client == .claudeCode else { return told(verdict.reason) }
            return output(["permissionDecision": "allow", "additionalContext": Self.text(verdict.reason)])
        case .none: return nil
        }
    }

    private func transformed() throws -> JSONValue {
        let action = try event.action()
        guard let input = action.replacing(verdict.replaced, names: names(of: action)) else {
            return refused(
                "the rules would change this call, and \(event.client.rawValue) has no way to: \(verdict.reason)")
        }
        switch event.client {
        case .gemini: return output(["tool_input": input])
        case .codex: return output(["permissionDecision": "allow", "updatedInput": input])
        case .claudeCode:
            // A change is no approval: whoever would have been asked is asked, about the changed call.
            let isAllowed = verdict.isAllowed || event.permissionMode == "bypassPermissions"
            return output([
                "permissionDecision": isAllowed ? "allow" : "ask", "updatedInput": input,
                "permissionDecisionReason": Self.text(verdict.reason),
            ])
        }
    }

    /// The names of the one file of a call.
    private func names(of action: ToolAction) -> [FileName] {
        action.paths.count == 1 ? FileName.all(of: action.paths[0], at: event) : []
    }

    /// After the fact, and for prompts: a refusal, or something to know.
    private func blocking() -> JSONValue? {
        let isRefused = verdict.effect == .deny || verdict.effect == .ask
        // A turn that was kept from ending once is let go, or it would never end.
        if isRefused, !(event.moment == .stop && event.flag("stop_hook_active")) {
            let word = event.client == .gemini ? "deny" : "block"
            return ["decision": .string(word), "reason": Self.text(verdict.reason)]
        }
        let words = [verdict.effect == .warn || verdict.effect == .annotate ? verdict.reason : "", context]
        return event.moment == .stop ? nil : told(words.filter { !$0.isEmpty }.joined(separator: "\n\n"))
    }

    private func refused(_ reason: String) -> JSONValue {
        guard event.client != .gemini else { return ["decision": "deny", "reason": Self.text(reason)] }
        return permission("deny", reason)
    }

    private func permission(_ word: String, _ reason: String) -> JSONValue {
        output(["permissionDecision": .string(word), "permissionDecisionReason": Self.text(reason)])
    }

    private func told(_ words: String) -> JSONValue? {
        guard !words.isEmpty else { return nil }
        // Before a tool Gemini takes no words for the model; its user gets them.
        if event.client == .gemini, event.moment == .beforeTool { return ["systemMessage": Self.text(words)] }
        return output(["additionalContext": Self.text(words)])
    }

    private func output(_ members: [String: JSONValue]) -> JSONValue {
        var members = members
        members["hookEventName"] = .string(event.name)
        return ["hookSpecificOutput": .object(members)]
    }

    /// Cut to what clients take, counted as they count.
    static func text(_ words: String) -> JSONValue {
        guard words.utf16.count > longest else { return .string(words) }
        var cut = ""
        var count = 1
        for character in words {
            count += character.utf16.count
            guard count <= longest else { break }
            cut.append(character)
        }
        return .string(cut + "…")
    }
}
