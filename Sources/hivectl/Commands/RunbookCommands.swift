import ArgumentParser
import HiveAPI

/// `hivectl runbook …`.
struct RunbookCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "runbook", abstract: "How things are done.",
        discussion: """
            Example:
              hivectl runbook list
            """,
        subcommands: [
            New.self, Update.self, Show.self, List.self, RunRecord.self, Render.self, Import.self,
        ])

    static func describe(_ runbook: RunbookRecord) -> String {
        let use = runbook.statistics
        var lines = ["id        \(runbook.id) in \(runbook.scope)\(runbook.contested ? "  (contested)" : "")"]
        if use.runs > 0 {
            lines.append("runs      \(use.runs): \(use.successes) well, \(use.partial) partly, \(use.failures) failed")
            lines.append("last      \(use.lastRunAt ?? "-")")
        }
        if let median = use.medianSeconds { lines.append("takes     \(Moments.length(seconds: median))") }
        if !runbook.tags.isEmpty { lines.append("tags      \(runbook.tags.joined(separator: ", "))") }
        return (lines + ["", runbook.markdown]).joined(separator: "\n")
    }

    /// The parts that `new` and `update` share.
    struct Parts: ParsableArguments {
        @Option var summary: String?
        @Option(help: "When it is to be followed.") var trigger: String?
        @Option(name: .customLong("precondition"), help: "As often as needed.") var preconditions: [String] = []
        @Option(name: .customLong("step"), help: "TEXT, or TEXT followed by a line `$ COMMAND`; as often as needed.")
        var steps: [String] = []
        @Option(help: "What is so when it worked.") var expect: String?
        @Option(name: .customLong("system"), help: "What it is about, as often as needed.") var systems: [String] = []
        @Option var owner: String?
        @Option(help: "When somebody last checked it.") var reviewedAt: String?
        @Option(name: .customLong("tag")) var tags: [String] = []
        @Option var agent: String?

        func request(title: String?) -> WriteRunbook {
            WriteRunbook(
                title: title, summary: summary, trigger: trigger,
                preconditions: preconditions.isEmpty ? nil : preconditions,
                steps: steps.isEmpty ? nil : steps.map(Self.step), expectedOutcome: expect,
                systems: systems.isEmpty ? nil : systems, owner: owner, reviewedAt: reviewedAt, tags: tags,
                agent: agent)
        }

        private static func step(_ text: String) -> RunbookStepRecord {
            let lines = text.split(separator: "\n").map(String.init)
            let commands = lines.filter { $0.hasPrefix("$ ") }.map { String($0.dropFirst(2)) }
            return RunbookStepRecord(
                text: lines.filter { !$0.hasPrefix("$ ") }.joined(separator: "\n"),
                command: commands.isEmpty ? nil : commands.joined(separator: "\n"))
        }
    }

    /// `runbook new`.
    struct New: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "new",
            abstract: "Keep a runbook, or draft one from an incident or another memory.",
            discussion: """
                A draft has the tag `draft`: read it before you trust it.

                Example:
                  hivectl runbook new --from 4f2a91 --owner platform
                """)
        @OptionGroup var options: GlobalOptions
        @OptionGroup var parts: Parts
        @Argument(help: "One line; not needed with --from.") var title: String?
        @Option(name: .customLong("from"), help: "The id of an incident, an episode, a skill.") var source: String?
        @Option(help: "instance, agent:NAME, collective:NAME or universal.", completion: .scopes) var scope: String?

        func run() async throws {
            var request = parts.request(title: title)
            request.source = source
            request.scope = scope
            let runbook = try await options.client().writeRunbook(request, as: .operator)
            options.print(runbook, "kept \(runbook.id) in \(runbook.scope)\n\n\(runbook.markdown)")
        }
    }

    /// `runbook update`.
    struct Update: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "update",
            abstract: "Change parts of a runbook, or all of it by a Markdown file.",
            discussion: """
                Example:
                  hivectl runbook update 9c1d77 --file checkout.md
                """)
        @OptionGroup var options: GlobalOptions
        @OptionGroup var parts: Parts
        @Argument(help: "The id, or the beginning of it.", completion: .runbooks) var id: String
        @Option var title: String?
        @Option(help: "A Markdown file that replaces all; - reads standard input.") var file: String?
        @Option(help: "The version that was read.") var base: String?

        func run() async throws {
            var request = parts.request(title: title)
            request.markdown = try file.map(Console.readFile)
            request.version = base
            let runbook = try await options.client().updateRunbook(id, with: request, as: .operator)
            let contested = runbook.contested ? ", contested: see hivectl conflicts list" : ""
            options.print(runbook, "updated \(Table.short(runbook.id))\(contested)")
        }
    }

    /// `runbook show`.
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show",
            abstract: "One runbook, and how it went to follow it.",
            discussion: """
                Example:
                  hivectl runbook show 9c1d77
                """)
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The id, or the beginning of it.", completion: .runbooks) var id: String

        func run() async throws {
            let runbook = try await options.client().runbook(id, as: .operator)
            options.print(runbook, describe(runbook))
        }
    }

    /// `runbook list`.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: "Runbooks, the last changed first.",
            discussion: """
                Example:
                  hivectl runbook list checkout
                """)
        @OptionGroup var options: GlobalOptions
        @Argument(help: "Words to search for.") var query: String?
        @Option var system: String?
        @Option var owner: String?
        @Option(help: "instance, agent:NAME, collective:NAME or universal.", completion: .scopes) var scope: String?
        @Option var limit = 20
        @Option var cursor: String?

        func run() async throws {
            let wanted = RunbookQuery(
                q: query, system: system, owner: owner, scope: scope, limit: limit, cursor: cursor)
            let page = try await options.client().runbooks(wanted, as: .operator)
            let rows = page.items.map { runbook in
                [
                    Table.short(runbook.id), String(runbook.steps.count),
                    "\(runbook.statistics.successes)/\(runbook.statistics.runs)", runbook.owner ?? "-",
                    (runbook.contested ? "! " : "") + Table.excerpt(runbook.title, 70),
                ]
            }
            options.print(page, Table.text(["ID", "STEPS", "WELL", "OWNER", "TITLE"], rows))
        }
    }

    /// `runbook run-record`.
    struct RunRecord: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "run-record", abstract: "Say how it went to follow a runbook.",
            discussion: """
                Example:
                  hivectl runbook run-record 9c1d77 success --incident 4f2a91 --took 12m
                """)
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The id, or the beginning of it.", completion: .runbooks) var id: String
        @Argument(help: "success, partial or failure.") var outcome: String
        @Option(help: "The incident that it was followed for.") var incident: String?
        @Option var note: String?
        @Option(help: "A duration, such as 90s or 12m.") var took: String?
        @Option var agent: String?

        func run() async throws {
            let seconds = try took.map { text in
                guard let seconds = Durations.seconds(text) else {
                    throw Failure.badInput("`\(text)` is no duration", hint: "write it like 90s or 12m")
                }
                return seconds
            }
            let request = RecordRun(
                outcome: outcome, incident: incident, note: note, seconds: seconds, agent: agent)
            let runbook = try await options.client().recordRun(id, with: request, as: .operator)
            let use = runbook.statistics
            options.print(runbook, "recorded; \(use.successes) of \(use.runs) runs went well")
        }
    }

    /// `runbook render`.
    struct Render: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "render",
            abstract: "A runbook as Markdown.",
            discussion: """
                `runbook import` and `runbook update --file` read it back.

                Example:
                  hivectl runbook render 9c1d77 > checkout.md
                """
        )
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The id, or the beginning of it.", completion: .runbooks) var id: String

        func run() async throws {
            let runbook = try await options.client().runbook(id, as: .operator)
            options.print(
                JSONValue.object(["markdown": .string(runbook.markdown)]), runbook.markdown, as: .document)
        }
    }

    /// `runbook import`.
    struct Import: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "import",
            abstract: "Keep a runbook from a Markdown file.",
            discussion: """
                It begins with `# TITLE` and has a numbered list under `## Steps`.

                Example:
                  hivectl runbook import checkout.md
                """)
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The file; - reads standard input.", completion: .file()) var file: String
        @Option(name: .customLong("tag")) var tags: [String] = []
        @Option(help: "instance, agent:NAME, collective:NAME or universal.", completion: .scopes) var scope: String?
        @Option var agent: String?

        func run() async throws {
            let request = WriteRunbook(markdown: try Console.readFile(file), tags: tags, scope: scope, agent: agent)
            let runbook = try await options.client().writeRunbook(request, as: .operator)
            options.print(runbook, "kept \(runbook.id) in \(runbook.scope): \(runbook.steps.count) steps")
        }
    }
}
