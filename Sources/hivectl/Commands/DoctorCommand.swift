import ArgumentParser
import HiveAPI

/// `hivectl doctor`.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "What is wrong with a node, and how to mend it.",
        discussion: """
            Looks at the data directory, the configuration, the ports and the clock, and asks the node where one runs:
            store, law, peers, models, keys, backups. Nothing is changed. Exit code 1 where something is wrong.

            Examples:
              hivectl doctor
              hivectl doctor --json
              hivectl doctor --data /srv/hive
            """)
    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let checks = await examine()
        let wrong = checks.filter { $0.state == .warning || $0.state == .failing }
        let answer: JSONValue = [
            "ok": .bool(wrong.isEmpty), "items": .array(checks.map(\.json)), "next": .null,
        ]
        let summary = wrong.isEmpty ? "all is well" : "\(wrong.count) of \(checks.count) checks found something"
        options.print(answer, (checks.map(Self.line) + ["", summary]).joined(separator: "\n"))
        if !wrong.isEmpty { throw ExitCode(1) }
    }

    private static func line(_ check: HealthCheck) -> String {
        let advice = check.advice.map { "\n            \($0)" } ?? ""
        let id = check.id + String(repeating: " ", count: max(1, 12 - check.id.count))
        switch check.state {
        case .ok: return Paint.green("ok       ") + id + check.message
        case .warning: return Paint.yellow("warning  ") + id + check.message + advice
        case .failing: return Paint.red("failing  ") + id + check.message + advice
        case .skipped: return Paint.dim("skipped  ") + id + check.message
        }
    }

    // MARK: Looking

    private func examine() async -> [HealthCheck] {
        var checks: [HealthCheck] = []
        let isElsewhere = NodeLocation.processEnvironment("HIVE_URL") != nil && options.data == nil
        if !isElsewhere {
            let directory =
                options.data ?? NodeLocation.processEnvironment("HIVE_DATA")
                ?? NodeLocation.defaultDirectory(NodeLocation.processEnvironment)
            checks += LocalExamination(directory: directory).checks()
        }
        let (configuration, addresses) = configurationCheck()
        if !isElsewhere { checks.append(configuration) }
        do {
            let client = try options.client()
            checks.append(.ok("node", "a node answers at \(client.location.api)"))
            checks += try await NodeExamination(client: client).checks()
        } catch {
            let error = HiveError.wrapping(error)
            checks.removeAll { $0.id == "node" }
            checks.append(.warning("node", error.message, advice: error.hint ?? "see its log"))
            if !isElsewhere { checks += PortExamination(addresses: addresses).checks() }
        }
        return checks
    }

    /// Whether the configuration makes sense, and where a node would listen.
    private func configurationCheck() -> (HealthCheck, [(name: String, address: String)]) {
        guard let program = DaemonProgram() else {
            return (HealthCheck(id: "config", state: .skipped, message: "`hived` is not here to read it"), [])
        }
        do {
            let settings = try program.settings(directory: options.data, file: nil)
            let items = settings["items"]?.array ?? []
            // Peers are listened for once there are any.
            let addresses = items.compactMap { item -> (name: String, address: String)? in
                guard let key = item["key"]?.string, ["listen", "mcp"].contains(key) else { return nil }
                return item["value"]?.string.map { (key, $0) }
            }
            return (.ok("config", "the configuration makes sense"), addresses)
        } catch {
            let error = HiveError.wrapping(error)
            return (.failing("config", error.message, advice: error.hint ?? "see `hivectl config check`"), [])
        }
    }
}
