/// Patterns for what hAIveMind's checks are named after.
enum Detector {
    /// Keys of known forms, and names that say so with a value in quotes or with one that has a digit in it.
    private static let secrets = [
        "AKIA[0-9A-Z]{16}|ASIA[0-9A-Z]{16}|-----BEGIN [A-Z ]*PRIVATE KEY|gh[pousr]_[A-Za-z0-9]{20}"
            + "|github_pat_[A-Za-z0-9_]{20}|glpat-[A-Za-z0-9_-]{20}|xox[abprs]-[A-Za-z0-9-]{10}"
            + "|\\bsk-[A-Za-z0-9_-]{20}|AIza[0-9A-Za-z_-]{20}|\\beyJ[A-Za-z0-9_-]{10,}[.][A-Za-z0-9_-]{10,}[.]",
        "(?i)(?:password|passwd|secret|token|api[_-]?key|access[_-]?key|credential)s?[\"']?\\s*[:=]\\s*"
            + "(?:[\"'][^\"'\\s$<\\x7B]{8,}[\"']|[a-z0-9+/_.=-]{3,}[0-9][a-z0-9+/_=-]{4,}(?:[\\s,;]|$))",
    ]
    private static let attribution = [
        "(?i)co-authored-by:[^\\n]*(?:claude|copilot|chatgpt|gpt-|gemini|codex|cursor|\\bai\\b)",
        "(?i)generated (?:with|by) [^\\n]{0,40}(?:claude|copilot|chatgpt|gpt-|gemini|codex|\\bai\\b)",
    ]
    private static let emojis = ["[\\x{1F300}-\\x{1FAFF}\\x{2600}-\\x{27BF}]"]

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

    /// The patterns behind a name; none where nothing is known of it.
    static func patterns(_ name: String) -> [String] { byName[name.lowercased()] ?? [] }

    /// Whether a name is that of something wrong, rather than of a kind of operation.
    static func isFinding(_ name: String) -> Bool {
        byName[name.lowercased()] != nil || reported.contains(name.lowercased())
    }
}
