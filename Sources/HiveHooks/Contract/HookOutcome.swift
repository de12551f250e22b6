/// What a client is told: an exit code and what is printed. Clients know no other codes than these two.
public struct HookOutcome: Sendable, Hashable {
    /// 0, or 2 for a refusal.
    public let code: Int32
    public let output: [UInt8]
    public let complaint: String

    /// Nothing to say.
    public static let silence = HookOutcome(code: 0, output: [], complaint: "")

    static func answer(_ json: [UInt8]) -> HookOutcome { HookOutcome(code: 0, output: json, complaint: "") }

    static func refusal(_ reason: String) -> HookOutcome {
        HookOutcome(code: 2, output: [], complaint: "hive: \(reason)\n")
    }

    /// What the policy makes of a call that could not be decided.
    static func undecided(_ reason: String, _ policy: HookPolicy, _ client: HookClient) -> HookOutcome {
        switch policy {
        case .allow: return .silence
        case .ask where client.canAsk:
            var output = Array(
                #"{"hookSpecificOutput":{"hookEventName":"PreToolUse","permissionDecision":"ask","permissionDecisionReason":"#
                    .utf8)
            JSONMembers.write("hive: \(reason)", to: &output)
            output += Array("}}".utf8)
            return .answer(output)
        case .ask, .deny: return .refusal(reason)
        }
    }
}
