/// Looks for what hAIveMind's checks are named after, as conditions about a text `t`.
enum Detector {
    // What is cheap is asked first: a pattern costs as many steps as a text is long, and steps are bounded.
    /// A key's first line and identifiers of accounts count by themselves: a veto on secrets is meant strictly.
    private static let secrets = [
        "hasSecret(t)", "t.contains('-----BEGIN ') && t.contains('PRIVATE KEY-----')",
        "t.contains('AKIA') && \(matches("AKIA[0-9A-Z]{16}"))",
    ]
    private static let attribution = [
        "t.contains('uthored-') && "
            + matches("(?i)co-authored-by:[^\\n]*(?:claude|copilot|chatgpt|gpt-|gemini|codex|cursor|\\bai\\b)"),
        "t.contains('enerated ') && "
            + matches("(?i)generated (?:with|by) [^\\n]{0,40}(?:claude|copilot|chatgpt|gpt-|gemini|codex|\\bai\\b)"),
    ]
    private static let emojis = [matches("[\\x{1F300}-\\x{1FAFF}\\x{2600}-\\x{27BF}]")]

    /// That a pattern is found in the text.
    static func matches(_ pattern: String) -> String { "t.matches(\(CELText.quoted(pattern)))" }

    /// By the value of a `validate` and by the target of a `block`.
    private static let byName: [String: [String]] = [
        "no_secrets": secrets, "no_api_keys": secrets, "no_credentials": secrets, "no_passwords": secrets,
        "no_tokens": secrets, "no_secret_exposure": secrets, "secret_exposure": secrets, "secrets": secrets,
        "api_key_exposure": secrets, "credential_exposure": secrets, "credentials": secrets,
        "password_exposure": secrets, "token_exposure": secrets, "no_ai_attribution": attribution,
        "ai_attribution": attribution, "no_emojis": emojis, "emojis": emojis, "emoji_usage": emojis,
    ]

    /// What no pattern finds: who asks must say that it is so.
    private static let reported: Set<String> = [
        "malicious_code", "malicious_intent", "offensive_security", "exploit_code", "policy_violation",
    ]

    /// The conditions behind a name; none where nothing is known of it.
    static func conditions(_ name: String) -> [String] { byName[name.lowercased()] ?? [] }

    /// Whether a name is that of something wrong, rather than of a kind of operation.
    static func isFinding(_ name: String) -> Bool {
        byName[name.lowercased()] != nil || reported.contains(name.lowercased())
    }
}
