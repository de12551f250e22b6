import ArgumentParser
import HiveAPI

/// `hivectl incident …`.
struct IncidentCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "incident", abstract: "What goes wrong, until it is well again.",
        discussion: """
            Example:
              hivectl incident open 'checkout answers 502' --severity high --system checkout
            """,
        subcommands: [
            Open.self, Note.self, Link.self, Update.self, Resolve.self, List.self, Show.self, Timeline.self,
            Suggest.self,
        ])

    static func describe(_ incident: IncidentRecord) -> String {
        let end = incident.resolvedAt.map { "resolved \($0)" } ?? "going on"
        var lines = [
            "\(incident.title)\(incident.contested ? "  (contested)" : "")",
            "id        \(incident.id) in \(incident.scope)", "status    \(incident.severity), \(incident.status)",
            "detected  \(incident.detectedAt), \(end), \(Moments.length(seconds: incident.durationSeconds))",
        ]
        if !incident.systems.isEmpty { lines.append("systems   \(incident.systems.joined(separator: ", "))") }
        if let summary = incident.summary { lines += ["", summary] }
        lines += ["", timeline(incident)]
        for text in incident.resolutions { lines.append("resolution: \(text)") }
        if let lessons = incident.lessons { lines.append("lessons: \(lessons)") }
        for link in incident.links { lines.append("\(link.relation): \(Table.short(link.target))") }
        if let suggestions = incident.suggestions { lines += ["", describe(suggestions)] }
        return lines.joined(separator: "\n")
    }

    static func timeline(_ incident: IncidentRecord) -> String {
        incident.timeline.map { entry in
            let status = entry.status.map { "[\($0)]" }
            let parts = [entry.at, status, entry.text, entry.agent.map { "(\($0))" }]
            return parts.compactMap(\.self).joined(separator: "  ").replacing("\n", with: "\n    ")
        }.joined(separator: "\n")
    }

    static func describe(_ suggestions: IncidentSuggestions) -> String {
        guard !suggestions.incidents.isEmpty || !suggestions.runbooks.isEmpty else { return "nothing similar is known" }
        let incidents = suggestions.incidents.map {
            "similar   \(Table.short($0.id))  \($0.title)\($0.resolution.map { ": " + Table.excerpt($0, 60) } ?? "")"
        }
        let runbooks = suggestions.runbooks.map { runbook in
            let use = "\(runbook.successes) of \(runbook.runs) runs went well"
            return
                "runbook   \(Table.short(runbook.id))  \(runbook.title) (\(use)\(runbook.helped.isEmpty ? "" : ", helped before"))"
        }
        return (incidents + runbooks).joined(separator: "\n")
    }

    /// `incident open`.
    struct Open: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "open",
            abstract: "Say that something is wrong.",
            discussion: """
                Example:
                  hivectl incident open 'checkout answers 502' --severity high --system checkout
                """)
        @OptionGroup var options: GlobalOptions
        @Argument(help: "One line.") var title: String
        @Option(help: "sev1 to sev4, or critical, high, medium, low.") var severity = "sev3"
        @Option(help: "What is wrong, who is hurt.") var summary: String?
        @Option(name: .customLong("system"), help: "What it hurts, as often as needed.") var systems: [String] = []
        @Option(help: "When it was noticed, if not now.") var detectedAt: String?
        @Option(name: .customLong("tag")) var tags: [String] = []
        @Option(help: "instance, agent:NAME, collective:NAME or universal.", completion: .scopes) var scope: String?
        @Option var agent: String?

        func run() async throws {
            let request = OpenIncident(
                title: title, summary: summary, severity: severity, systems: systems, detectedAt: detectedAt,
                tags: tags, scope: scope, agent: agent)
            let incident = try await options.client().openIncident(request, as: .operator)
            options.print(incident, "opened \(incident.id) (\(incident.severity)) in \(incident.scope)")
        }
    }

    /// `incident note`.
    struct Note: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "note",
            abstract: "Put something on the timeline.",
            discussion: """
                A line that begins with `$ ` is a command: a runbook drafted from the incident has it as one.

                Example:
                  hivectl incident note 4f2a91 'The pool of connections is full.'
                """)
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The id, or the beginning of it.", completion: .incidents) var id: String
        @Argument(help: "The text; - reads standard input.") var text: String
        @Option(help: "When it happened, if not now.") var at: String?
        @Option var agent: String?

        func run() async throws {
            let request = UpdateIncident(note: text == "-" ? try Console.readInput() : text, at: at, agent: agent)
            let incident = try await options.client().updateIncident(id, with: request, as: .operator)
            options.print(incident, "noted; the timeline has \(incident.timeline.count) entries")
        }
    }

    /// `incident link`.
    struct Link: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "link",
            abstract: "Tie an incident to its cause, impact or resolution.",
            discussion: """
                Example:
                  hivectl incident link 4f2a91 cause web-3/nginx
                """)
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The id, or the beginning of it.", completion: .incidents) var id: String
        @Argument(help: "cause, impact or resolution.") var relation: String
        @Argument(help: "The id of a memory, or MACHINE/COMPONENT.") var target: String
        @Option var agent: String?

        func run() async throws {
            let request = LinkIncident(relation: relation, target: target, agent: agent)
            let incident = try await options.client().linkIncident(id, with: request, as: .operator)
            options.print(incident, "linked as \(relation)")
        }
    }

    /// `incident update`.
    struct Update: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "update",
            abstract: "Change what is known of an incident.",
            discussion: """
                open, investigating, mitigated, resolved; a resolved one that comes back is investigated again.

                Example:
                  hivectl incident update 4f2a91 --status investigating
                """)
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The id, or the beginning of it.", completion: .incidents) var id: String
        @Option(help: "investigating, mitigated or resolved; investigating opens a resolved one again.")
        var status: String?
        @Option var severity: String?
        @Option var title: String?
        @Option var summary: String?
        @Option(help: "What is known better afterwards.") var lessons: String?
        @Option var note: String?
        @Option(name: .customLong("system")) var add: [String] = []
        @Option(name: .customLong("no-system")) var remove: [String] = []
        @Option(help: "When it happened, if not now.") var at: String?
        @Option(help: "The version that was read.") var base: String?
        @Option var agent: String?

        func run() async throws {
            let request = UpdateIncident(
                title: title, summary: summary, severity: severity, status: status, note: note, at: at,
                lessons: lessons, addSystems: add, removeSystems: remove, version: base, agent: agent)
            let incident = try await options.client().updateIncident(id, with: request, as: .operator)
            let contested = incident.contested ? ", contested: see hivectl conflicts list" : ""
            options.print(
                incident, "\(Table.short(incident.id)) is \(incident.severity), \(incident.status)\(contested)")
        }
    }

    /// `incident resolve`.
    struct Resolve: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "resolve",
            abstract: "Say what ended it, and see what helped in similar cases.",
            discussion: """
                Example:
                  hivectl incident resolve 4f2a91 'Raised max_connections to 400.' --lessons 'Watch the pool.'
                """)
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The id, or the beginning of it.", completion: .incidents) var id: String
        @Argument(help: "What ended it; - reads standard input.") var resolution: String
        @Option var lessons: String?
        @Option(help: "When it was over, if not now.") var at: String?
        @Option(help: "The version that was read.") var base: String?
        @Option var agent: String?

        func run() async throws {
            let text = resolution == "-" ? try Console.readInput() : resolution
            let request = UpdateIncident(
                status: "resolved", at: at, resolution: text, lessons: lessons, version: base, agent: agent)
            let incident = try await options.client().updateIncident(id, with: request, as: .operator)
            let length = Moments.length(seconds: incident.durationSeconds)
            let rest = incident.suggestions.map { "\n" + describe($0) } ?? ""
            options.print(incident, "resolved after \(length)\(rest)")
        }
    }

    /// `incident list`.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: "Incidents, the last changed first.",
            discussion: """
                Examples:
                  hivectl incident list --status open
                  hivectl incident list checkout
                """)
        @OptionGroup var options: GlobalOptions
        @Argument(help: "Words to search for.") var query: String?
        @Option var status: String?
        @Option var severity: String?
        @Option var system: String?
        @Option(help: "instance, agent:NAME, collective:NAME or universal.", completion: .scopes) var scope: String?
        @Option var limit = 20
        @Option var cursor: String?

        func run() async throws {
            let wanted = IncidentQuery(
                q: query, status: status, severity: severity, system: system, scope: scope, limit: limit,
                cursor: cursor)
            let page = try await options.client().incidents(wanted, as: .operator)
            let rows = page.items.map { incident in
                [
                    Table.short(incident.id), incident.severity, (incident.contested ? "! " : "") + incident.status,
                    incident.detectedAt, Moments.length(seconds: incident.durationSeconds),
                    Table.excerpt(incident.title, 60),
                ]
            }
            options.print(page, Table.text(["ID", "SEVERITY", "STATUS", "DETECTED", "FOR", "TITLE"], rows))
        }
    }

    /// `incident show`.
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show",
            abstract: "One incident.",
            discussion: """
                Example:
                  hivectl incident show 4f2a91
                """)
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The id, or the beginning of it.", completion: .incidents) var id: String

        func run() async throws {
            let incident = try await options.client().incident(id, as: .operator)
            options.print(incident, describe(incident))
        }
    }

    /// `incident timeline`.
    struct Timeline: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "timeline",
            abstract: "What happened, oldest first.",
            discussion: """
                Example:
                  hivectl incident timeline 4f2a91
                """)
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The id, or the beginning of it.", completion: .incidents) var id: String

        func run() async throws {
            let incident = try await options.client().incident(id, as: .operator)
            options.print(Page(items: incident.timeline), timeline(incident))
        }
    }

    /// `incident suggest`.
    struct Suggest: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "suggest",
            abstract: "Similar incidents, and runbooks that helped.",
            discussion: """
                Example:
                  hivectl incident suggest 4f2a91
                """)
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The id, or the beginning of it.", completion: .incidents) var id: String

        func run() async throws {
            let suggestions = try await options.client().incidentSuggestions(id, as: .operator)
            options.print(suggestions, describe(suggestions))
        }
    }
}
