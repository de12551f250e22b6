import ArgumentParser
import Foundation
import HiveAPI
import HiveHooks
import HiveOnboarding

/// `hivectl agents install`.
struct InstallAgentCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "install", abstract: "Set a client of agents up for the hive: MCP, commands, instructions, hooks.",
        discussion: """
            What is there already stays as it is; what is Hive's is known again, so that installing twice changes
            nothing, and --remove leaves every file as it was. Exit code 1 where --check finds something missing,
            outdated or changed, and where something that somebody changed was left alone. --managed needs the rights
            of root.

            Examples:
              hivectl agents install claude-code --project .
              hivectl agents install codex --check
              hivectl agents install claude-code --managed --without-node deny
            """)
    @OptionGroup var options: GlobalOptions
    @Argument(help: "claude-code, codex or gemini.") var client: String
    @Option(help: "Set up one project, in this folder.") var project: String?
    @Flag(help: "Set up this user; the default.") var user = false
    @Flag(help: "Set up everybody on the machine: hooks that users cannot switch off.") var managed = false
    @Flag(help: "Say how it is and change nothing.") var check = false
    @Flag(help: "Take it all back.") var remove = false
    @Flag(help: "Replace also what somebody changed.") var force = false
    @Option(help: "What a tool's call becomes while no node runs: deny, ask or allow.") var withoutNode: String?
    @Option(help: "How clients call hivectl; default: by name in projects, else by path.") var hivectl: String?
    @Option(help: ArgumentHelp("The machine's root, for tests.", visibility: .hidden)) var machineRoot: String?

    func run() async throws {
        let request = InstallAgent(client: client, level: try level(), project: try folder(), force: force)
        let desk = OnboardingDesk(try settings()) { [data = options.data] in try await Self.commands(data) }
        let caller = Caller.operator
        let report =
            try await check
            ? desk.check(request, as: caller)
            : remove ? desk.remove(request, as: caller) : desk.install(request, as: caller)
        options.print(report, Self.text(report))
        let isDone = remove ? report.places.allSatisfy { $0.action != .kept } : report.isCurrent
        if !isDone { throw ExitCode(1) }
    }

    private func level() throws -> OnboardingLevel {
        guard [project != nil, user, managed].count(where: { $0 }) <= 1, !(check && remove) else {
            throw Failure.badInput(
                "the options exclude each other", hint: "give one of --project, --user, --managed; --check or --remove")
        }
        return managed ? .managed : project == nil ? .user : .project
    }

    private func folder() throws -> String? {
        project.map { URL(fileURLWithPath: $0).standardizedFileURL.path }
    }

    private func settings() throws -> OnboardingDesk.Settings {
        let environment = NodeLocation.processEnvironment
        let directory =
            options.data ?? environment("HIVE_DATA") ?? NodeLocation.defaultDirectory(environment)
        let program = Bundle.main.executablePath ?? CommandLine.arguments[0]
        var settings = OnboardingDesk.Settings(
            directory: URL(fileURLWithPath: directory).standardizedFileURL.path, home: environment("HOME") ?? "/",
            programPath: hivectl ?? program)
        settings.namesDirectory = options.data != nil
        settings.machine = machineRoot ?? "/"
        settings.program = hivectl ?? "hivectl"
        if let withoutNode {
            guard let policy = HookPolicy(rawValue: withoutNode) else {
                throw Failure.badInput("`\(withoutNode)` is no policy", hint: "use deny, ask or allow")
            }
            settings.policy = policy
        }
        do {
            try FileManager.default.createDirectory(
                atPath: settings.directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw HiveError(
                .forbidden, "`\(settings.directory)` cannot be made: \(error.localizedDescription)",
                hint: "choose another data directory with --data")
        }
        return settings
    }

    /// Those of the hive; those that come with Hive where no node runs.
    private static func commands(_ data: String?) async throws -> [AgentCommand] {
        do {
            let client = HiveClient(try NodeLocation.discover(role: .agent, data: data))
            return try await client.commands(as: .agent).items
        } catch let error as HiveError where error.code == .unreachable {
            return CommandCatalog.all
        }
    }

    private static func text(_ report: OnboardingReport) -> String {
        let rows = report.places.map { [$0.action?.rawValue ?? $0.state.rawValue, $0.part.rawValue, $0.path] }
        let version = report.clientVersion.map { " \($0)" } ?? ""
        let warnings = report.warnings.map { "note: \($0)" }
        return
            ([Table.text(["", "PART", "PLACE"], rows), "\(report.client)\(version): rules are \(report.enforcement)"]
            + warnings).joined(separator: "\n")
    }
}

/// `hivectl agents commands`.
struct AgentCommandCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "commands", abstract: "The slash commands that every agent of the hive has.",
        discussion: """
            Examples:
              hivectl agents commands list
              hivectl agents commands put deploy-notes notes.md --description 'Write the notes of a deployment'
            """,
        subcommands: [List.self, Put.self, Remove.self], defaultSubcommand: List.self)

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: "All commands, by name.",
            discussion: """
                Example:
                  hivectl agents commands list
                """)
        @OptionGroup var options: GlobalOptions

        func run() async throws {
            let page = try await options.client().commands(as: .operator)
            let rows = page.items.map { [$0.name, $0.builtIn ? "comes with Hive" : "v\($0.version)", $0.description] }
            options.print(page, Table.text(["NAME", "VERSION", "DESCRIPTION"], rows))
        }
    }

    struct Put: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "put",
            abstract: "Give every machine of the hive a command, or change it.",
            discussion: """
                Example:
                  hivectl agents commands put deploy-notes notes.md --description 'Write the notes of a deployment'
                """)
        @OptionGroup var options: GlobalOptions
        @Argument(help: "Small letters, digits and hyphens.") var name: String
        @Argument(help: "The prompt, as Markdown; - for standard input. $ARGUMENTS stands for what follows the name.")
        var file: String
        @Option(help: "One line for lists.") var description: String
        @Option(help: "What may follow the name, such as '[ticket]'.") var hint: String?

        func run() async throws {
            let prompt = try Console.readFile(file)
            let trimmed = prompt.hasSuffix("\n") ? String(prompt.dropLast()) : prompt
            let request = PutCommand(description: description, argumentHint: hint, prompt: trimmed)
            let command = try await options.client().putCommand(name, request, as: .operator)
            options.print(command, "/\(command.name), version \(command.version), goes to every machine of the hive")
        }
    }

    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "remove",
            abstract: "Take a command back from every machine.",
            discussion: """
                Example:
                  hivectl agents commands remove deploy-notes
                """)
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The command's name.") var name: String

        func run() async throws {
            try await options.client().removeCommand(name, as: .operator)
            let answer: JSONValue = ["name": .string(name), "removed": true]
            options.print(answer, "removed /\(name)")
        }
    }
}

/// `hivectl hook`: answered before arguments are parsed, so that it starts fast; this one is for help.
struct HookCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hook", abstract: "Answer an event of an agent's client on standard input.",
        discussion: """
            For the hooks of claude-code, codex and gemini; `hivectl agents install` puts it there. Leaves with 0 and
            the answer, or nothing where no rule has a say, or with 2 and the reason, and never with anything else.
            Without a node a tool's call is refused unless the policy says otherwise (`hooks.json` in the data
            directory, or --policy).

            Example:
              hivectl hook claude-code --agent ava < event.json
            """)
    @Argument(help: "claude-code, codex or gemini.") var client: String
    @Option(help: "The data directory of the node (HIVE_DATA).") var data: String?
    @Option(help: "The file with the policy.") var policy: String?
    @Option(help: "The agent's name (HIVE_AGENT).") var agent: String?
    @Option(help: "How long the node may take, in seconds.") var seconds: Int = 5

    func run() throws { HookRelay.run(Array(CommandLine.arguments.dropFirst(2))) }
}
