import ArgumentParser
import HiveAPI
import HiveHooks

/// `hivectl`: administers a node.
@main
struct HiveControl: AsyncParsableCommand {
    static let version = "0.1.0"

    static let configuration = CommandConfiguration(
        commandName: "hivectl", abstract: "Administer a node of a hive.",
        discussion: """
            On the machine of the node nothing need be said: address and token are found in the data directory.
            Elsewhere set HIVE_URL and HIVE_TOKEN.

            Exit codes: 0 done, 1 the answer is no, 2 bad input, 3 no node, 4 not permitted, 5 internal error.

            Examples:
              hivectl status
              hivectl memory add 'kube-proxy on web-3 needs a restart after each upgrade' --tag kubernetes
              hivectl memory search 'kube-proxy restart' --json
            """,
        version: "hivectl \(version)",
        subcommands: [
            Initialize.self, Status.self, MemoryCommands.self, PeerCommands.self, SyncCommands.self,
            ConflictCommands.self, RuleCommands.self, ScopeCommands.self, Verify.self, CELCommands.self,
            MCPCommand.self, Check.self, KeyCommands.self,
            Import.self, Export.self, BackupCommands.self, Restore.self,
            TokenCommands.self, AuditCommands.self,
            InfraCommands.self, IncidentCommands.self, RunbookCommands.self,
            DoctorCommand.self, ConfigCommands.self, ManCommand.self, OpenDashboardCommand.self,
            ForkCommands.self, TaskCommands.self, HookCommand.self,
            AgentCommands.self, MessageCommands.Tell.self, MessageCommands.Ask.self, MessageCommands.Broadcast.self,
            MessageCommands.Inbox.self,
        ])

    static func main() async {
        // Asked for every call of a tool: nothing may come before it.
        if CommandLine.arguments.dropFirst().first == "hook", !CommandLine.arguments.contains("--help") {
            HookRelay.run(Array(CommandLine.arguments.dropFirst(2)))
        }
        do {
            try Arguments.check()
            var command = try await asyncParseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch let error as HiveError {
            Failure.report(error, asJSON: CommandLine.arguments.contains("--json"))
        } catch {
            leave(error)
        }
    }

    /// Help and versions leave with 0, bad usage with 2.
    private static func leave(_ error: any Error) -> Never {
        let code = exitCode(for: error)
        let isUsage = code == .validationFailure
        if isUsage, CommandLine.arguments.contains("--json") {
            Failure.report(HiveError(.invalidInput, message(for: error), hint: "see --help"), asJSON: true)
        }
        Console.write(fullMessage(for: error), toError: code != .success, as: .document)
        exit(withCode: isUsage ? 2 : code.rawValue)
    }

    private static func exit(withCode code: Int32) -> Never { Console.exit(code) }
}
