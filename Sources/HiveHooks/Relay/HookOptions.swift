/// What stands behind `hook` on the command line.
struct HookOptions {
    let client: HookClient
    let data: String
    /// Whether the command line names it: then no variable leads elsewhere.
    let isDataGiven: Bool
    let policyPath: String
    /// The agent's name, where somebody gave one: the node knows the client's.
    let agent: String?
    /// How long the node may take.
    let seconds: Int

    static func read(_ arguments: [String]) -> Result<HookOptions, Problem> {
        var client: HookClient?
        var given: [String: String] = [:]
        var rest = arguments[...]
        while let word = rest.popFirst() {
            let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
            if ["--data", "--policy", "--agent", "--seconds"].contains(parts[0]) {
                guard let value = parts.count > 1 ? parts[1] : rest.popFirst() else {
                    return .failure(Problem("`\(parts[0])` needs a value"))
                }
                given[parts[0]] = value
            } else if client == nil, let known = HookClient(rawValue: word) {
                client = known
            } else {
                let known = HookClient.allCases.map(\.rawValue).joined(separator: ", ")
                return .failure(Problem("`\(word.prefix(64))` is no client that has hooks here; known are \(known)"))
            }
        }
        guard let client else { return .failure(Problem("name the client: hivectl hook claude-code")) }
        // Clients wait for ten seconds, and then go on.
        guard let seconds = given["--seconds"].map(Int.init) ?? 5, (1...7).contains(seconds) else {
            return .failure(Problem("`--seconds` must lie between 1 and 7"))
        }
        let data =
            given["--data"] ?? Variables.value("HIVE_DATA")
            ?? (Variables.value("HOME") ?? "") + "/.local/share/hive"
        return .success(
            HookOptions(
                client: client, data: data, isDataGiven: given["--data"] != nil,
                policyPath: given["--policy"] ?? data + "/hooks.json",
                agent: given["--agent"] ?? Variables.value("HIVE_AGENT"), seconds: seconds))
    }
}
