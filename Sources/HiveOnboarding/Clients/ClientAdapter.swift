import HiveAPI
import HiveHooks

/// One kind of client: where its files are, how they are written, and what it makes of a refusal.
protocol ClientAdapter: Sendable {
    var client: HookClient { get }
    /// Everything that is set up at a level. Throws `not_supported` for a level that the client has not.
    func pieces(_ site: InstallationSite, commands: [AgentCommand]) throws -> [any OnboardingPiece]
    /// What a refusal is worth, and what somebody ought to know of it.
    func enforcement(_ version: ClientVersion?) -> (level: String, warnings: [String])
}

/// All of them.
enum ClientAdapters {
    static let all: [any ClientAdapter] = [ClaudeCodeAdapter(), CodexAdapter(), GeminiAdapter()]

    /// Throws `invalid_input` for a client that is not known.
    static func adapter(named name: String) throws -> any ClientAdapter {
        guard let adapter = all.first(where: { $0.client.rawValue == name }) else {
            throw HiveError(
                .invalidInput, "`\(name.prefix(64))` is no client that can be set up",
                hint: "known are \(HookClient.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        return adapter
    }
}

/// Where a client is set up, and by which words it calls Hive.
struct InstallationSite: Sendable {
    let level: OnboardingLevel
    /// The project's folder, the user's home, or the root of the machine.
    let root: String
    /// `hivectl`, by its name or its path.
    let program: String
    /// A data directory that is not the usual one.
    let data: String?
    /// Where the policy of hooks is kept.
    let policyPath: String

    func path(_ below: String) -> String { (root == "/" ? "" : root) + "/" + below }

    /// The command of a hook, for a shell.
    func hook(_ client: HookClient) -> String {
        var words = [program, "hook", client.rawValue]
        if let data { words += ["--data", data] }
        if level == .managed { words += ["--policy", policyPath] }
        return words.map { ShellWord.quoted($0, plain: "/._-+:@") }.joined(separator: " ")
    }

    /// The arguments of the bridge.
    var bridge: [String] { ["mcp"] + (data.map { ["--data", $0] } ?? []) }
}
