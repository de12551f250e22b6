import HiveAPI
import HiveHooks

/// What switches a client's hooks off in its settings. It is the user's to decide, and has to be told: the rules bind
/// nobody then, however well the hooks are set up.
enum HookSwitch {
    /// One line for each switch; none where hooks run, or the file cannot be understood, which is told elsewhere.
    static func warnings(in bytes: [UInt8], of path: String, client: HookClient) -> [String] {
        let outline: JSONOutline
        do { outline = try JSONOutline(bytes) } catch { return [] }
        func value(_ names: String...) -> JSONValue? { outline.node(at: names).flatMap(outline.value) }
        var found: [String] = []
        switch client {
        case .claudeCode:
            if value("disableAllHooks")?.bool == true { found.append("`disableAllHooks` is true") }
        case .gemini:
            for name in ["hooksConfig", "hooks"] where value(name, "enabled")?.bool == false {
                found.append("`\(name).enabled` is false")
            }
            for name in ["hooksConfig", "hooks"] {
                let disabled = value(name, "disabled")?.array?.compactMap(\.string) ?? []
                let isOurs = disabled.contains { $0 == "hive" || HookCommandLine($0)?.client == client.rawValue }
                if isOurs { found.append("`\(name).disabled` names hive") }
            }
        // Codex has the switch in its TOML, and asks its user about every hook besides.
        case .codex: break
        }
        return found.map { "no hook runs and no rule binds: \($0) in \(path)" }
    }

    /// Other files that may switch hooks of an installation off, by the roots that they lie below.
    static func files(
        _ client: HookClient, level: OnboardingLevel, root: String, home: String
    ) -> [(root: String, path: String)] {
        switch (client, level) {
        case (_, .managed), (.codex, _): return []
        case (.claudeCode, .project):
            return [
                (root, root + "/.claude/settings.json"), (root, root + "/.claude/settings.local.json"),
                (home, home + "/.claude/settings.json"),
            ]
        case (.claudeCode, .user): return [(root, root + "/.claude/settings.json")]
        case (.gemini, .project):
            return [(root, root + "/.gemini/settings.json"), (home, home + "/.gemini/settings.json")]
        case (.gemini, .user): return [(root, root + "/.gemini/settings.json")]
        }
    }
}
