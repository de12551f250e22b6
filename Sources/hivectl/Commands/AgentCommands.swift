import ArgumentParser
import HiveAPI

/// `hivectl agents …`.
struct AgentCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "agents", abstract: "Who is in the fleet, and who knows what.",
        discussion: """
            An agent is named by its name, or by NAME@NODE where several have it.

            Examples:
              hivectl agents list --state active
              hivectl agents show ava
              hivectl agents who 'certificates of the gateway'
            """,
        subcommands: [
            List.self, Show.self, Register.self, Heartbeat.self, Suspend.self, Resume.self, Retire.self, History.self,
            Who.self, InstallAgentCommand.self, AgentCommandCommands.self,
        ])

    static func describe(_ agent: AgentRecord) -> String {
        let marks = [(agent.registered ? nil : "not registered"), (agent.claimed ? "claimed" : nil)]
        let state = [agent.state, agent.reason].compactMap(\.self).joined(separator: ": ")
        var lines = [
            "name      \(([agent.address] + marks.compactMap(\.self)).joined(separator: ", "))",
            "state     \(state)\(agent.lastSeen.map { ", last seen \($0)" } ?? "")",
        ]
        let texts = [
            ("role", agent.role), ("about", agent.description), ("model", agent.model), ("client", agent.client),
            ("tier", agent.capabilities.performanceTier), ("scope", agent.scope), ("id", agent.id),
        ]
        for (name, text) in texts { if let text { lines.append(name.padded + text) } }
        let words = agent.capabilities.cognitive
        if !words.isEmpty { lines.append("can".padded + words.joined(separator: ", ")) }
        for (key, value) in agent.capabilities.resourceRequirements.sorted(by: { $0.key < $1.key }) {
            lines.append("needs".padded + "\(key) = \(value.text)")
        }
        if let count = agent.limits.maxConcurrentTasks { lines.append("tasks".padded + "at most \(count) at once") }
        if let pulse = agent.pulse, pulse != AgentHeartbeat() {
            let parts = [
                pulse.status, pulse.task.map { "task \($0)" }, pulse.running.map { "\($0) running" },
                pulse.load.map { "load \($0)" },
            ]
            lines.append("now".padded + parts.compactMap(\.self).joined(separator: ", "))
        }
        return lines.joined(separator: "\n")
    }

    /// `agents list`.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: "The agents that this node knows, on all machines.",
            discussion: """
                Example:
                  hivectl agents list --capability code_generation --state active
                """)
        @OptionGroup var options: GlobalOptions
        @Argument(help: "Words of name, role, description or capabilities.") var query: String?
        @Option(help: "active, idle, suspended or retired.") var state: String?
        @Option var role: String?
        @Option(name: .customLong("capability"), help: "As often as needed; all of them.") var capabilities: [String] =
            []
        @Option(help: "A node by its name, or the beginning of its id.") var node: String?
        @Option var scope: String?
        @Option var limit = 100
        @Option var cursor: String?

        func run() async throws {
            let wanted = AgentQuery(
                q: query, state: state, role: role, capability: capabilities, node: node, scope: scope, limit: limit,
                cursor: cursor)
            let page = try await options.client().agents(wanted, as: .operator)
            let rows = page.items.map { agent in
                [
                    agent.address, agent.state + (agent.claimed ? " (claimed)" : ""), agent.role ?? "-",
                    agent.lastSeen ?? "-",
                    Table.excerpt(agent.pulse?.status ?? agent.capabilities.cognitive.joined(separator: ", "), 50),
                ]
            }
            options.print(page, Table.text(["AGENT", "STATE", "ROLE", "LAST SEEN", "DOES"], rows))
        }
    }

    /// `agents show`.
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show",
            abstract: "One agent.",
            discussion: """
                Example:
                  hivectl agents show ava@laptop
                """)
        @OptionGroup var options: GlobalOptions
        @Argument(help: "NAME, or NAME@NODE where several have it.") var name: String

        func run() async throws {
            let agent = try await options.client().agent(name, as: .operator)
            options.print(agent, describe(agent))
        }
    }

    /// `agents register`.
    struct Register: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "register",
            abstract: "Make an agent of this node known, or say anew what it is.",
            discussion: """
                A declaration is JSON with `agent_id` and `capabilities` (`cognitive`, `performance_tier`,
                `resource_requirements`).

                Examples:
                  hivectl agents register ava --role builder --capability code_generation --max-tasks 2
                  hivectl agents register ava --declaration ava.json
                """)
        @OptionGroup var options: GlobalOptions
        @Argument(help: "Letters, digits, . _ - @; left out where a declaration names it.") var name: String?
        @Option var role: String?
        @Option(name: .customLong("capability"), help: "As often as needed.") var capabilities: [String] = []
        @Option(help: "critical, performance, …") var tier: String?
        @Option(help: "A file with its declaration; - reads standard input.") var declaration: String?
        @Option var description: String?
        @Option var model: String?
        @Option(name: .customLong("client"), help: "The program that it runs in.") var program: String?
        @Option(name: .customLong("max-tasks"), help: "Tasks that it takes at the same time.") var maximumTasks: Int?
        @Option(help: "Where it is known.") var scope: String?

        func run() async throws {
            let declared = try declaration.map { try AgentDeclaration($0) }
            guard let name = name ?? declared?.name else {
                throw Failure.badInput("the agent has no name", hint: "give one, or `agent_id` in the declaration")
            }
            var request = RegisterAgent(name: name, role: role)
            request.capabilities = declared?.capabilities ?? AgentCapabilities()
            request.capabilities.cognitive += capabilities
            request.capabilities.performanceTier = tier ?? request.capabilities.performanceTier
            request.description = description
            request.model = model
            request.client = program
            request.limits.maxConcurrentTasks = maximumTasks
            request.scope = scope
            let agent = try await options.client().register(request, as: .operator)
            options.print(agent, "\(agent.address) is \(agent.state) in \(agent.scope ?? "-")")
        }
    }

    /// `agents heartbeat`.
    struct Heartbeat: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "heartbeat",
            abstract: "Say how an agent of this node is doing.",
            discussion: """
                Without a sign of life an agent counts as idle after a while (agents.idleAfter).

                Example:
                  hivectl agents heartbeat ava --status 'reads the logs of web-3' --load 0.4
                """)
        @OptionGroup var options: GlobalOptions
        @Argument var name: String
        @Option(help: "How busy it is, 0 to 1.") var load: Double?
        @Option(help: "What it is doing.") var status: String?
        @Option(help: "The task that it is at.") var task: String?
        @Option(help: "How many tasks it has begun.") var running: Int?

        func run() async throws {
            let pulse = AgentHeartbeat(load: load, status: status, task: task, running: running)
            let agent = try await options.client().heartbeat(name, pulse, as: .operator)
            options.print(agent, "\(agent.address) is \(agent.state)")
        }
    }

    /// What a decision needs.
    struct Decision: ParsableArguments {
        @Argument(help: "NAME, or NAME@NODE where several have it.") var name: String
        @Option var reason: String?
        @Option(help: "The version that was read.") var base: String?

        func make(_ change: AgentChange, _ options: GlobalOptions) async throws {
            let request = ChangeAgent(reason: reason, version: base)
            let agent = try await options.client().change(name, change, request, as: .operator)
            options.print(agent, "\(agent.address) is \(agent.state)")
        }
    }

    /// `agents suspend`.
    struct Suspend: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "suspend",
            abstract: "Give an agent nothing to do any more.",
            discussion: """
                Example:
                  hivectl agents suspend ava --reason 'its key is being changed'
                """)
        @OptionGroup var options: GlobalOptions
        @OptionGroup var decision: Decision
        func run() async throws { try await decision.make(.suspend, options) }
    }

    /// `agents resume`.
    struct Resume: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "resume",
            abstract: "Let a suspended agent work again.",
            discussion: """
                Example:
                  hivectl agents resume ava
                """)
        @OptionGroup var options: GlobalOptions
        @OptionGroup var decision: Decision
        func run() async throws { try await decision.make(.resume, options) }
    }

    /// `agents retire`.
    struct Retire: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "retire",
            abstract: "Say that an agent is gone, until it registers again.",
            discussion: """
                Example:
                  hivectl agents retire ava --reason 'the project is over'
                """)
        @OptionGroup var options: GlobalOptions
        @OptionGroup var decision: Decision
        func run() async throws { try await decision.make(.retire, options) }
    }

    /// `agents history`.
    struct History: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "history",
            abstract: "What was written about an agent, newest first.",
            discussion: """
                Example:
                  hivectl agents history ava
                """)
        @OptionGroup var options: GlobalOptions
        @Argument var name: String

        func run() async throws {
            let page = try await options.client().agentHistory(name, as: .operator)
            let rows = page.items.map { entry in
                [
                    entry.time, entry.author.agent ?? "-", Table.short(entry.author.node), entry.state ?? "-",
                    entry.reason ?? entry.written.joined(separator: ", "),
                ]
            }
            options.print(page, Table.text(["TIME", "BY", "NODE", "STATE", "WHAT"], rows))
        }
    }

    /// `agents who`.
    struct Who: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "who",
            abstract: "Who knows about something, with evidence.",
            discussion: """
                Example:
                  hivectl agents who 'certificates of the gateway'
                """)
        @OptionGroup var options: GlobalOptions
        @Argument(help: "What about, in plain words.") var query: String
        @Option var scope: String?
        @Option var limit = 5

        func run() async throws {
            let wanted = KnowledgeQuery(q: query, scope: scope, limit: limit)
            let answer = try await options.client().whoKnows(wanted, as: .operator)
            options.print(answer, Self.describe(answer))
        }

        static func describe(_ answer: KnowledgeAnswer) -> String {
            guard !answer.experts.isEmpty else { return "nobody is known to know" }
            return answer.experts.map { expert in
                let percent = Int((expert.score * 100).rounded())
                let head = "\(percent)%  \(expert.address)\(expert.state.map { " (\($0))" } ?? "")"
                let lines = expert.evidence.map { piece in
                    "    \(Int((piece.weight * 100).rounded()))%  \(piece.kind)  \(Table.excerpt(piece.text))"
                }
                return ([head] + lines).joined(separator: "\n")
            }.joined(separator: "\n")
        }
    }
}

/// What a platform's declaration of an agent says.
private struct AgentDeclaration {
    let name: String?
    let capabilities: AgentCapabilities

    init(_ path: String) throws {
        let declared = try JSONValue(parsing: Array(try Console.readFile(path).utf8))
        guard declared.object != nil else {
            throw Failure.badInput("`\(path)` holds no declaration", hint: "it is an object with `capabilities`")
        }
        name = declared["agent_id"]?.string ?? declared["name"]?.string
        let source = JSONSource(declared["capabilities"] ?? [:], path: "capabilities", isStrict: true)
        capabilities = try AgentCapabilities(json: source)
    }
}

extension String {
    /// A heading of a line, as wide as all of them.
    fileprivate var padded: String { self + String(repeating: " ", count: max(1, 10 - count)) }
}
