import ArgumentParser
import HiveAPI

/// `hivectl memory episode …`.
struct EpisodeCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "episode", abstract: "What happened, told as it happens.",
        discussion: """
            Example:
              hivectl memory episode start 'gateway answers 502 on web-3'
            """,
        subcommands: [Start.self, Append.self, End.self, Reopen.self, Show.self, List.self, Similar.self])

    static func describe(_ memory: Memory) -> String {
        guard let episode = memory.episode else { return MemoryCommands.describe(memory) }
        var lines = [MemoryCommands.describe(memory), ""]
        let end = episode.outcome.map { "\($0), ended \(episode.endedAt ?? "-")" } ?? "goes on"
        let weight = episode.significance.map { ", significance \($0)" } ?? ""
        lines.append("began \(episode.startedAt ?? "-"), \(end)\(weight)")
        for event in episode.events {
            lines.append("  \(event.at ?? "-")  \(event.agent.map { $0 + ": " } ?? "")\(event.text)")
            if let data = event.data { lines.append("      \(data.text)") }
        }
        return lines.joined(separator: "\n")
    }

    static func list(_ hits: [MemoryHit]) -> String {
        Table.text(
            ["ID", "BEGAN", "OUTCOME", "EVENTS", "SCOPE", "TITLE"],
            hits.map { hit in
                let episode = hit.memory.episode
                return [
                    Table.short(hit.memory.id), episode?.startedAt ?? "-", episode?.outcome ?? "open",
                    String(episode?.events.count ?? 0), hit.memory.scope,
                    (hit.memory.contested ? "! " : "") + Table.excerpt(hit.memory.content),
                ]
            })
    }

    /// `memory episode start`.
    struct Start: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "start",
            abstract: "Begin an episode.",
            discussion: """
                Several agents on several nodes may append to it at once.

                Example:
                  hivectl memory episode start 'gateway answers 502 on web-3' --tag gateway --scope collective:main
                """)
        @OptionGroup var options: GlobalOptions
        @Argument(help: "What it is about, in one line.") var title: String
        @Option(help: "How much it matters, 0 to 1.") var significance: Double?
        @Option(help: "When it began, where that is not now.") var at: String?
        @Option(help: "instance, agent:NAME, collective:NAME or universal.", completion: .scopes) var scope: String?
        @Option var category: String?
        @Option var context: String?
        @Option(name: .customLong("tag")) var tags: [String] = []
        @Option var agent: String?

        func run() async throws {
            let request = StartEpisode(
                title: title, significance: significance, at: at, scope: scope, category: category, context: context,
                tags: tags, agent: agent)
            let answer = try await options.client().startEpisode(request, as: .operator)
            options.print(answer, "began \(answer.memory.id) in \(answer.memory.scope)")
        }
    }

    /// `memory episode append`.
    struct Append: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "append",
            abstract: "Put down what happened.",
            discussion: """
                Events are only ever added. --at says when it happened, if that was not now.

                Example:
                  hivectl memory episode append 3f2a91 'envoy restarted'
                """)
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The id, or the beginning of it.", completion: .episodes) var id: String
        @Argument(help: "What happened; - reads standard input.") var text: String
        @Option(help: "When it happened, where that is not now.") var at: String?
        @Option(help: "Whatever else is known, as JSON.") var details: String?
        @Flag(help: "Let an episode that has ended go on.") var reopen = false
        @Option var agent: String?

        func run() async throws {
            let event = AppendEvent(
                text == "-" ? try Console.readInput() : text, at: at,
                data: try details.map { try JSONValue(parsing: Array($0.utf8)) }, reopen: reopen, agent: agent)
            let answer = try await options.client().append(event, toEpisode: id, as: .operator)
            options.print(
                answer, "\(Table.short(answer.memory.id)) has \(answer.memory.episode?.events.count ?? 0) events")
        }
    }

    /// `memory episode end`.
    struct End: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "end",
            abstract: "End an episode with its outcome.",
            discussion: """
                It takes no events afterwards, unless it is reopened.

                Example:
                  hivectl memory episode end 3f2a91 success --note 'renewed the certificate'
                """)
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The id, or the beginning of it.", completion: .episodes) var id: String
        @Argument(help: "success, failure, partial or abandoned.") var outcome: String
        @Option(help: "How much it mattered, 0 to 1.") var significance: Double?
        @Option(help: "The last event, where there is more to say.") var note: String?
        @Option(help: "When it ended, where that is not now.") var at: String?
        @Option(help: "The version that was read.") var base: String?
        @Option var agent: String?

        func run() async throws {
            let request = EndEpisode(
                outcome: outcome, significance: significance, note: note, at: at, agent: agent, version: base)
            let answer = try await options.client().endEpisode(id, with: request, as: .operator)
            let contested = answer.contested ? ", contested: see hivectl conflicts list" : ""
            options.print(answer, "ended \(Table.short(answer.memory.id)) with \(outcome)\(contested)")
        }
    }

    /// `memory episode reopen`.
    struct Reopen: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "reopen",
            abstract: "Let an episode that has ended go on.",
            discussion: """
                Its outcome is taken back, and events can be appended again.

                Example:
                  hivectl memory episode reopen 3f2a91
                """)
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The id, or the beginning of it.", completion: .episodes) var id: String
        @Option var agent: String?

        func run() async throws {
            let answer = try await options.client().reopenEpisode(
                id, with: ReopenEpisode(agent: agent), as: .operator)
            options.print(answer, "\(Table.short(answer.memory.id)) goes on")
        }
    }

    /// `memory episode show`.
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show",
            abstract: "One episode with its events.",
            discussion: """
                In the order in which they happened.

                Example:
                  hivectl memory episode show 3f2a91
                """)
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The id, or the beginning of it.", completion: .episodes) var id: String

        func run() async throws {
            let memory = try await options.client().memory(id, as: .operator)
            options.print(memory, describe(memory))
        }
    }

    /// `memory episode list`.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: "Episodes by words, outcome and when they happened; the last first.",
            discussion: """
                --since and --until ask when it happened, not when it was written.

                Examples:
                  hivectl memory episode list gateway --outcome failure
                  hivectl memory episode list --since 2026-11-01 --until 2026-11-08
                """)
        @OptionGroup var options: GlobalOptions
        @Argument(help: "Words to look for.") var query: String?
        @Option(help: "open, success, failure, partial or abandoned.") var outcome: String?
        @Option(help: "Had not ended by this time.") var since: String?
        @Option(help: "Had begun before this time.") var until: String?
        @Option var agent: String?
        @Option(name: .customLong("tag")) var tags: [String] = []
        @Option var category: String?
        @Option(help: "instance, agent:NAME, collective:NAME or universal.", completion: .scopes) var scope: String?
        @Option var limit = 20
        @Option var cursor: String?

        func run() async throws {
            let question = EpisodeQuery(
                q: query, outcome: outcome, since: since, until: until, agent: agent, tag: tags, category: category,
                scope: scope, limit: limit, cursor: cursor)
            let page = try await options.client().episodes(question, as: .operator)
            options.print(page, list(page.items))
        }
    }

    /// `memory episode similar`.
    struct Similar: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "similar",
            abstract: "The episodes that are most like one.",
            discussion: """
                Exit code 1 where there are none.

                Example:
                  hivectl memory episode similar 3f2a91 --outcome success
                """)
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The id, or the beginning of it.", completion: .episodes) var id: String
        @Option(help: "open, success, failure, partial or abandoned.") var outcome: String?
        @Option(help: "instance, agent:NAME, collective:NAME or universal.", completion: .scopes) var scope: String?
        @Option var limit = 10

        func run() async throws {
            let query = SimilarQuery(limit: limit, outcome: outcome, scope: scope)
            let page = try await options.client().episodes(similarTo: id, query, as: .operator)
            options.print(page, list(page.items))
            if page.items.isEmpty { throw ExitCode(1) }
        }
    }
}
