import ArgumentParser
import HiveAPI

/// `hivectl infra …`.
struct InfraCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "infra", abstract: "What runs, and how it is.",
        discussion: """
            Example:
              hivectl infra list
            """,
        subcommands: [Record.self, List.self, Show.self, History.self])

    /// `web-3/nginx`, or `web-3` for the machine as a whole.
    struct Thing: ParsableArguments {
        @Argument(help: "MACHINE, or MACHINE/COMPONENT.", completion: .things) var thing: String
        @Option(help: "Where several scopes know it.") var scope: String?

        var machine: String { parts[0] }
        var component: String { parts.count > 1 ? parts[1] : "machine" }
        private var parts: [String] {
            thing.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        }
    }

    static func describe(_ state: InfrastructureRecord) -> String {
        var lines = [
            "\(state.machine)/\(state.component)  \(state.status)\(state.contested ? "  (contested)" : "")",
            "since     \(state.changedAt)\(state.previousStatus.map { ", before that \($0)" } ?? "")",
            "seen      \(state.observedAt) by \(who(state.author))", "id        \(state.id) in \(state.scope)",
        ]
        if let type = state.type { lines.append("type      \(type)") }
        if let note = state.note { lines.append("note      \(note)") }
        for (name, value) in state.values.sorted(by: { $0.key < $1.key }) {
            lines.append("          \(name) = \(value.string ?? value.text)")
        }
        for other in state.concurrent { lines.append("at once   " + describe(other)) }
        return lines.joined(separator: "\n")
    }

    static func describe(_ seen: InfrastructureObservation) -> String {
        let values = seen.values.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value.string ?? $0.value.text)" }
        let rest = ([seen.note].compactMap(\.self) + values).joined(separator: ", ")
        return "\(seen.observedAt)  \(seen.status) by \(who(seen.author))\(rest.isEmpty ? "" : ": " + rest)"
    }

    static func who(_ author: Author) -> String {
        "\(author.agent.map { $0 + " on " } ?? "")\(Table.short(author.node))"
    }

    /// `infra record`.
    struct Record: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "record",
            abstract: "Record how a thing is now.",
            discussion:
                """
                Example:
                  hivectl infra record web-3/nginx --status down --value errors=502 --note 'upstream gone'
                """)
        @OptionGroup var options: GlobalOptions
        @OptionGroup var thing: Thing
        @Option(help: "ok, degraded, down or unknown.") var status: String?
        @Option(help: "service_status, resource_usage, configuration, health_check, …") var type: String?
        @Option(name: .customLong("value"), help: "NAME=VALUE, as often as needed; JSON where it is JSON.")
        var values: [String] = []
        @Option var note: String?
        @Option(help: "When it was seen, if not now.") var observedAt: String?
        @Option(name: .customLong("tag")) var tags: [String] = []
        @Option var agent: String?

        func run() async throws {
            var request = RecordInfrastructure(
                machine: thing.machine, component: thing.component, status: status, type: type, note: note,
                observedAt: observedAt, tags: tags, scope: thing.scope, agent: agent)
            for pair in values {
                let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
                guard parts.count == 2, !parts[0].isEmpty else {
                    throw Failure.badInput("`\(pair)` is no NAME=VALUE", hint: "write --value cpu=97")
                }
                let json = try? JSONValue(parsing: Array(parts[1].utf8))
                request.values[parts[0]] = json ?? .string(parts[1])
            }
            let state = try await options.client().record(request, as: .operator)
            options.print(
                state,
                "\(state.machine)/\(state.component) is \(state.status) since \(state.changedAt)"
                    + (state.previousStatus.map { ", before that \($0)" } ?? ""))
        }
    }

    /// `infra list`.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: "Newest states, the last recorded first.",
            discussion: """
                Examples:
                  hivectl infra list
                  hivectl infra list --stale-since 24h
                """)
        @OptionGroup var options: GlobalOptions
        @Option var machine: String?
        @Option var status: String?
        @Option(help: "Only what was not seen since: a time, or a duration such as 24h.") var staleSince: String?
        @Option(help: "instance, agent:NAME, collective:NAME or universal.", completion: .scopes) var scope: String?
        @Option var limit = 50
        @Option var cursor: String?

        func run() async throws {
            let query = InfrastructureQuery(
                machine: machine, status: status, staleSince: staleSince.map(Moments.ago), scope: scope, limit: limit,
                cursor: cursor)
            let page = try await options.client().infrastructure(query, as: .operator)
            let rows = page.items.map { state in
                [
                    "\(state.machine)/\(state.component)", (state.contested ? "! " : "") + state.status,
                    state.changedAt, state.observedAt, Table.excerpt(state.note, 40),
                ]
            }
            options.print(page, Table.text(["THING", "STATUS", "SINCE", "SEEN", "NOTE"], rows))
        }
    }

    /// `infra show`.
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show",
            abstract: "The newest state of one thing.",
            discussion: """
                Example:
                  hivectl infra show web-3/nginx
                """)
        @OptionGroup var options: GlobalOptions
        @OptionGroup var thing: Thing

        func run() async throws {
            let state = try await options.client().infrastructure(
                of: thing.machine, thing.component, scope: thing.scope, as: .operator)
            options.print(state, describe(state))
        }
    }

    /// `infra history`.
    struct History: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "history",
            abstract: "What was ever seen of one thing, newest first.",
            discussion: """
                Example:
                  hivectl infra history web-3/nginx
                """)
        @OptionGroup var options: GlobalOptions
        @OptionGroup var thing: Thing

        func run() async throws {
            let page = try await options.client().infrastructureHistory(
                of: thing.machine, thing.component, scope: thing.scope, as: .operator)
            options.print(page, page.items.map(describe).joined(separator: "\n"))
        }
    }
}
