import ArgumentParser
import Foundation
import HiveAPI
import HiveCore
import HiveStore
import HiveSync
import Logging

/// `hived`: one node's daemon.
@main
struct HiveDaemon: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hived", abstract: "Run a node of a hive.",
        discussion: """
            The first start with a data directory founds a hive and makes identity, tokens and database.
            Settings come from hive.yaml or hive.json in the data directory, then the environment (HIVE_NAME, …),
            then these options.
            """,
        version: "hived \(DaemonSettings.version)")

    @Option(help: "The data directory (HIVE_DATA).") var data: String?
    @Option(help: "A configuration file in another place.") var config: String?
    @Option(help: "What the node calls itself.") var name: String?
    @Option(help: "HOST:PORT of REST, events and dashboard; port 0 picks a free one.") var listen: String?
    @Option(help: "HOST:PORT of MCP.") var mcp: String?
    @Option(help: "HOST:PORT for peers; unless given, closed until the first invitation.") var peers: String?
    @Option(help: "trace, debug, info, notice, warning, error or critical.") var logLevel: String?

    @Flag(help: "Print the settings as they would be in force, as JSON, and start nothing.") var showConfig = false

    func run() async throws {
        umask(0o077)  // what a node writes is its owner's
        if showConfig { await Self.showSettings(of: self) }
        do {
            let settings = try await DaemonSettings(flags: self)
            let telemetry = try Telemetry(settings)
            telemetry.bootstrap()
            try await Daemon(settings: settings, flags: self, telemetry: telemetry).run()
        } catch {
            Self.leave(error)
        }
    }

    /// Reads the configuration as a start would, and leaves: 0 where it makes sense, 2 where it does not.
    private static func showSettings(of flags: HiveDaemon) async -> Never {
        let answer: (json: JSONValue, code: Int32)
        do {
            let environment = ProcessInfo.processInfo.environment
            let settings = try await DaemonSettings(flags: flags)
            answer = (try EffectiveSettings(settings, flags: flags, environment: environment).json, 0)
        } catch {
            let failure = error as? HiveError ?? HiveError(.invalidInput, "\(error)")
            answer = (failure.json, 2)
        }
        FileHandle.standardOutput.write(Data((answer.json.text + "\n").utf8))
        Foundation.exit(answer.code)
    }

    /// Says what failed and how to mend it, and leaves with the exit code for it.
    static func leave(_ error: any Error) -> Never {
        let (message, code, hint, exitCode): (String, String, String, Int32)
        switch error {
        case let error as HiveError:
            (message, code, hint, exitCode) = (error.message, error.code.name, error.hint ?? "", error.exitCode)
        case let error as StoreError:
            (message, code, hint, exitCode) = (error.message, error.code.rawValue, error.hint, 5)
        case let error as KeyError:
            (message, code, hint, exitCode) = (error.message, error.code.rawValue, error.hint, 5)
        case let error as TransportError:
            let advice = error.code == .addressInUse ? "is a node running? Choose another port with --peers" : ""
            (message, code, hint, exitCode) = (error.message, error.code.rawValue, advice, 5)
        default: (message, code, hint, exitCode) = ("\(error)", "internal", "", 5)
        }
        var text = "error: \(message) (\(code))\n"
        if !hint.isEmpty { text += "hint: \(hint)\n" }
        FileHandle.standardError.write(Data(text.utf8))
        Foundation.exit(exitCode)
    }
}
