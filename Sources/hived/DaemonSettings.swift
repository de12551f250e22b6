import Configuration
import Foundation
import HiveAPI
import HiveCore
import HiveEmbedding
import HiveNode
import HiveOnboarding
import HiveServer
import HiveSync
import Logging
import SystemPackage

/// Everything that an operator may choose: from the configuration file, the environment and the command line, the later
/// before the earlier.
struct DaemonSettings: Sendable {
    static let version = "0.1.0"

    let directory: String
    let name: String
    let listen: ListenAddress
    let mcp: ListenAddress
    let peers: PeerAddress
    /// Whether the peer listener opens at the start.
    let opensPeers: Bool
    let advertisedHost: String?
    let toolSets: [ToolSet]
    let logLevel: Logger.Level
    /// Whether decisions are recorded in `decisions.jsonl`.
    let recordsDecisions: Bool
    let meaning: MeaningSetting
    /// Which language model writes summaries; nil for none.
    let summaries: RemoteModelSettings?
    let belief: BeliefSettings
    let backup: BackupSettings
    /// How the store is encrypted at rest; nil where nothing is said of it.
    let encryption: EncryptionSettings?
    /// Where memories go unless their writer says otherwise.
    let defaultScopes: DefaultScopes
    let working: WorkingSet.Policy
    let acyclicRelations: [String]
    let lifecycle: LifecycleSection
    let conflicts: ConflictSettings
    let recordScope: ScopeName
    let access: AccessSettings
    let operating: OperatingSection
    /// Where the values came from.
    let origins = SettingOrigins()
    let tasks: TaskPolicy
    let agents: AgentSettings
    let seals: SealPolicy
    /// Where clients of MCP get tokens; nil where they are given them by hand.
    let authorization: MCPAuthorization?
    let hooks: HookSettings

    init(flags: HiveDaemon) async throws {
        let environment = ProcessInfo.processInfo.environment
        directory = flags.data ?? environment["HIVE_DATA"] ?? NodeLocation.defaultDirectory { environment[$0] }
        let reader = try await Self.reader(directory: directory, file: flags.config, origins: origins)
        name = flags.name ?? reader.string(forKey: "name") ?? ProcessInfo.processInfo.hostName
        guard name.utf8.count <= 64, !name.isEmpty else {
            throw HiveError(.invalidInput, "a node's name has 1 to 64 bytes", hint: "choose another with --name")
        }
        listen = try ListenAddress(flags.listen ?? reader.string(forKey: "listen") ?? "127.0.0.1:8899")
        mcp = try ListenAddress(flags.mcp ?? reader.string(forKey: "mcp") ?? "127.0.0.1:8900")
        let given = flags.peers ?? reader.string(forKey: "peers")
        guard let address = PeerAddress(given ?? "0.0.0.0:8901") else {
            throw HiveError(
                .invalidInput, "`\(given ?? "")` is no address for peers", hint: "write it like 0.0.0.0:8901")
        }
        peers = address
        opensPeers = given != nil
        advertisedHost = reader.string(forKey: "advertise") ?? ProcessInfo.processInfo.hostName
        toolSets = try Self.toolSets(reader.stringArray(forKey: "mcp-tools") ?? ["core"])
        let level = flags.logLevel ?? reader.string(forKey: "log-level") ?? "info"
        guard let logLevel = Logger.Level(rawValue: level) else {
            throw HiveError(
                .invalidInput, "`\(level)` is no log level",
                hint: "use trace, debug, info, notice, warning, error or critical")
        }
        self.logLevel = logLevel
        lifecycle = try LifecycleSection(directory: directory, file: flags.config, environment: environment)
        conflicts = try ConflictSection.settings(directory: directory, file: flags.config)
        recordsDecisions = reader.bool(forKey: "record-decisions") ?? false
        belief = try BeliefSettings(directory: directory, file: flags.config, environment: environment)
        meaning = try MeaningSetting(reader, directory: directory)
        summaries = try ServerSetting(reader, below: ["summaries"], directory: directory).settings()
        backup = try Self.backup(in: reader, directory: directory, file: flags.config)
        encryption = try Self.encryption(reader)
        defaultScopes = try Self.defaultScopes(reader)
        working = try Self.working(reader)
        acyclicRelations = try Self.acyclicRelations(reader)
        recordScope = try Self.recordScope(reader)
        access = try AccessSettings(reader)
        operating = try OperatingSection(reader)
        tasks = try TaskSection.policy(directory: directory, file: flags.config)
        agents = try Self.agents(reader)
        seals = try SealSection.policy(directory: directory, file: flags.config)
        authorization = try Self.authorization(reader)
        hooks = try Self.hooks(reader)
    }

    private static func toolSets(_ names: [String]) throws -> [ToolSet] {
        try names.map { name in
            guard let set = ToolSet(rawValue: name) else {
                throw HiveError(
                    .invalidInput, "`\(name)` is no set of MCP tools",
                    hint: "use \(ToolSet.allCases.map(\.rawValue).joined(separator: ", "))")
            }
            return set
        }
    }

    /// The configuration file; nil where there is none.
    static func file(directory: String, given: String?) -> String? {
        let candidates = given.map { [$0] } ?? ["\(directory)/hive.yaml", "\(directory)/hive.json"]
        return candidates.first { FileManager.default.fileExists(atPath: $0) }
    }

    static func text(of path: String) throws -> String {
        guard let data = FileManager.default.contents(atPath: path), let text = String(validating: data, as: UTF8.self)
        else {
            throw HiveError(
                .invalidInput, "the configuration file `\(path)` cannot be read as text",
                hint: "check its permissions, and save it as UTF-8")
        }
        return text
    }

    private static func reader(
        directory: String, file: String?, origins: SettingOrigins
    ) async throws -> ConfigReader {
        let environment = EnvironmentVariablesProvider().prefixKeys(with: "hive")
        guard let path = Self.file(directory: directory, given: file) else {
            if let file {
                throw HiveError(
                    .invalidInput, "the configuration file `\(file)` does not exist", hint: "check --config")
            }
            return ConfigReader(provider: environment, accessReporter: origins)
        }
        guard try ConfigurationFile.check(try text(of: path), path: path) else {
            return ConfigReader(provider: environment, accessReporter: origins)
        }
        do {
            return ConfigReader(
                providers: [environment, try await FileProvider<SettingsSnapshot>(filePath: FilePath(path))],
                accessReporter: origins)
        } catch {
            throw HiveError(.invalidInput, "the configuration file `\(path)` cannot be read: \(error)", hint: "mend it")
        }
    }
}
