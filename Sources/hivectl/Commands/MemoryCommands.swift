import ArgumentParser
import HiveAPI

/// `hivectl memory …`.
struct MemoryCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "memory", abstract: "Keep and find memories.",
        discussion: """
            Examples:
              hivectl memory add 'web-3 runs nginx 1.24' --category infrastructure
              hivectl memory search 'which nginx runs on web-3'
            """,
        subcommands: [
            Add.self, Get.self, Search.self, Recent.self, Update.self, Forget.self, Erase.self, History.self,
            VerifyMemory.self, ContradictMemory.self, RetractCommand.self, Used.self, Belief.self, Beliefs.self,
            EpisodeCommands.self, SkillCommands.self, PromoteCommand.self,
            WorkingCommands.Context.self, WorkingCommands.Attend.self, WorkingCommands.self,
            LinkCommands.Link.self, LinkCommands.Unlink.self, LinkCommands.Neighbours.self,
            LifecycleCommands.Archive.self, LifecycleCommands.Unarchive.self, LifecycleCommands.Pin.self,
            LifecycleCommands.Unpin.self, LifecycleCommands.Core.self, LifecycleCommands.Duplicates.self,
            LifecycleCommands.Merge.self, LifecycleCommands.ConsolidateNow.self,
            Stats.self,
        ])

    static func describe(_ memory: Memory) -> String {
        var lines = [
            "id        \(memory.id)\(memory.contested ? "  (contested)" : "")",
            "kind      \(memory.kind) in \(memory.scope)\(memory.category.map { ", " + $0 } ?? "")",
            "author    \(memory.author.agent.map { $0 + " on " } ?? "")\(Table.short(memory.author.node)), \(memory.createdAt)",
        ]
        if let belief = belief(memory) { lines.append("believed  \(belief)") }
        if let retraction = memory.epistemic.retraction { lines.append("retracted \(describe(retraction))") }
        if !memory.tags.isEmpty { lines.append("tags      \(memory.tags.joined(separator: ", "))") }
        if let life = memory.lifecycle { lines.append("life      \(describe(life))") }
        if let expires = memory.expiresAt { lines.append("expires   \(expires)") }
        for (key, value) in memory.metadata.sorted(by: { $0.key < $1.key }) {
            lines.append("          \(key) = \(value.text)")
        }
        lines += memory.links.map { "link      \($0.relation) \(Table.short($0.target))" }
        lines.append("")
        lines.append(memory.content ?? "(the content has not arrived yet)")
        return lines.joined(separator: "\n")
    }

    static func describe(_ past: PastMemory) -> String {
        guard !past.gone.isEmpty else { return describe(past.memory) }
        var memory = past.memory
        if past.gone.contains("content") { memory.content = "(erased since)" }
        return describe(memory) + "\n\nerased since: \(past.gone.joined(separator: ", "))"
    }

    private static func describe(_ life: Lifecycle) -> String {
        let marks = [("core", life.core), ("pinned", life.pinned), ("archived", life.archived)].filter(\.1).map(\.0)
        let fading = life.halfLifeSeconds.map { "vitality \(life.vitality), halves in \(max(1, $0 / 86_400)) d" }
        return ([fading ?? "does not fade"] + marks + (life.uses > 0 ? ["used \(life.uses) times"] : []))
            .joined(separator: ", ")
    }

    static func list(_ hits: [MemoryHit]) -> String {
        Table.text(
            ["ID", "KIND", "SCOPE", "CATEGORY", "CONTENT"],
            hits.map {
                [
                    Table.short($0.memory.id), $0.memory.kind, $0.memory.scope, $0.memory.category ?? "-",
                    ($0.memory.contested ? "! " : "") + Table.excerpt($0.memory.content),
                ]
            })
    }

    /// `memory add`.
    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "add",
            abstract: "Store a memory.",
            discussion:
                """
                It is on disk before the command ends. What is said already in its scope is folded into that.

                Examples:
                  hivectl memory add 'kube-proxy on web-3 needs a restart after each upgrade' --tag kubernetes
                  git log -1 --format=%B | hivectl memory add - --category decisions
                """)
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The text; - reads standard input.") var text: String
        @Option var kind: String?
        @Option(help: "instance, agent:NAME, collective:NAME or universal.", completion: .scopes) var scope: String?
        @Option var category: String?
        @Option var context: String?
        @Option(name: .customLong("tag")) var tags: [String] = []
        @Option(name: .customLong("meta"), help: "KEY=VALUE, as often as needed.") var metadata: [String] = []
        @Option var confidence: Double?
        @Option(help: "A duration such as 24h, or a time.") var expires: String?
        @Option(help: "How it came to be known: observed, computed, reported, inferred, hearsay, hypothetical, …")
        var status: String?
        @Option(help: "Where it comes from.") var source: String?
        @Option(help: "Of a belief: what it is about.") var subject: String?
        @Option(help: "Of a belief: which property of the subject.") var relation: String?
        @Option(help: "Of a belief: its value.") var object: String?
        @Flag(help: "Of a belief: there can be one value only.") var singleValued = false
        @Option(help: "fold or keep, where the same is known already; default: as configured.") var duplicates: String?
        @Option var agent: String?

        func run() async throws {
            var request = StoreMemory(
                content: text == "-" ? try Console.readInput() : text, kind: kind, scope: scope, category: category,
                context: context, tags: tags, confidence: confidence, agent: agent)
            request.status = status
            request.source = source
            (request.subject, request.relation, request.object) = (subject, relation, object)
            if singleValued { request.singleValued = true }
            for pair in metadata {
                let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
                guard parts.count == 2, !parts[0].isEmpty else {
                    throw Failure.badInput("`\(pair)` is no KEY=VALUE", hint: "write --meta owner=platform")
                }
                request.metadata[parts[0]] = .string(parts[1])
            }
            if let expires {
                if let seconds = Durations.seconds(expires) {
                    request.expiresIn = seconds
                } else {
                    request.expiresAt = expires
                }
            }
            if let duplicates {
                guard let handling = DuplicateHandling(rawValue: duplicates) else {
                    throw Failure.badInput("`\(duplicates)` is no way to treat duplicates", hint: "use fold or keep")
                }
                request.duplicates = handling
            }
            let answer = try await options.client().store(request, as: .operator)
            let what = answer.created ? "stored" : "known already:"
            let others = answer.contradicts.map(Table.short).joined(separator: ", ")
            options.print(
                answer,
                "\(what) \(answer.memory.id) in \(answer.memory.scope)"
                    + (others.isEmpty ? "" : "\nit contradicts \(others): see hivectl conflicts list"))
        }
    }

    /// `memory get`.
    struct Get: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "get",
            abstract: "Show one memory.",
            discussion: """
                With --at it is shown as it was believed then.

                Examples:
                  hivectl memory get 3f2a91
                  hivectl memory get 3f2a91 --at 2026-11-01T00:00:00Z
                """)
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The id, or the beginning of it.", completion: .memories) var id: String
        @Option(help: "A time in RFC 3339: the memory as it was then.") var at: String?

        func run() async throws {
            if let at {
                let past = try await options.client().memory(id, at: at, as: .operator)
                return options.print(past, describe(past))
            }
            let memory = try await options.client().memory(id, as: .operator)
            options.print(memory, describe(memory))
        }
    }

    /// The filters that lists share.
    struct Filters: ParsableArguments {
        @Option var limit = 10
        @Option var category: String?
        @Option(name: .customLong("tag")) var tags: [String] = []
        @Option(help: "instance, agent:NAME, collective:NAME or universal.", completion: .scopes) var scope: String?
        @Option var kind: String?
        @Option var agent: String?
        @Option(help: "Whom it is about.") var user: String?
        @Option var context: String?
        @Option(help: "How it came to be known: observed, inferred, retracted, …") var status: String?
        @Option var source: String?
        @Option(help: "What a belief is about.") var subject: String?
        @Option(help: "Which property of the subject.") var relation: String?
        @Option(help: "The value that a belief gives it.") var object: String?
        @Option(name: .customLong("meta"), help: "KEY=VALUE, all of these.") var metadata: [String] = []
        @Option(help: "The least confidence that its author stated, 0 to 1.") var confidence: Double?
        @Option(help: "The least effective confidence: after whom it comes from and how old it is.")
        var believed: Double?
        @Option(help: "Changed at or after this time.") var since: String?
        @Option(help: "Changed before this time.") var until: String?
        @Flag(help: "Also what was put into the archive.") var archived = false
        @Option var cursor: String?

        func query(_ text: String?, explain: Bool = false) -> MemoryQuery {
            var query = MemoryQuery(
                q: text, limit: limit, cursor: cursor, tag: tags, category: category, kind: kind, scope: scope,
                agent: agent, since: since, until: until, user: user, explain: explain)
            query.context = context
            query.status = status
            query.source = source
            query.subject = subject
            query.relation = relation
            query.object = object
            query.meta = metadata
            query.confidence = confidence
            query.believed = believed
            query.archived = archived
            return query
        }
    }

    /// `memory search`.
    struct Search: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "search",
            abstract: "Find memories by their words.",
            discussion: """
                Exit code 1 where nothing is found.

                Examples:
                  hivectl memory search 'kube-proxy restart'
                  hivectl memory search 'what broke last night' --since 24h --explain
                """)
        @OptionGroup var options: GlobalOptions
        @OptionGroup var filters: Filters
        @Argument(help: "What to look for, in plain words.") var query: String
        @Flag(help: "Say where each score comes from.") var explain = false

        func run() async throws {
            let page = try await options.client().search(filters.query(query, explain: explain), as: .operator)
            let degraded = page.degraded.map { "\n(\($0))" } ?? ""
            options.print(page, list(page.items) + (explain ? reasons(page.items) : "") + degraded)
            if page.items.isEmpty { throw ExitCode(1) }
        }
    }

    /// `memory recent` and `memory list`.
    struct Recent: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "recent",
            abstract: "List memories, the last changed first.",
            discussion: """
                The filters are those of a search.

                Examples:
                  hivectl memory recent --limit 5
                  hivectl memory recent --tag kubernetes --json
                """, aliases: ["list"])
        @OptionGroup var options: GlobalOptions
        @OptionGroup var filters: Filters

        func run() async throws {
            let page = try await options.client().search(filters.query(nil), as: .operator)
            options.print(page, list(page.items))
        }
    }

    /// `memory update`.
    struct Update: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "update",
            abstract: "Change a memory.",
            discussion: """
                With --base VERSION nothing is overwritten that the version did not show.

                Examples:
                  hivectl memory update 3f2a91 --content 'web-3 runs nginx 1.26'
                  hivectl memory update 3f2a91 --tag verified
                """)
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The id, or the beginning of it.", completion: .memories) var id: String
        @Option(help: "The new text; - reads standard input.") var content: String?
        @Option var category: String?
        @Option var context: String?
        @Option(name: .customLong("tag"), help: "Add a tag.") var add: [String] = []
        @Option(name: .customLong("untag"), help: "Remove a tag.") var remove: [String] = []
        @Option(help: "How it came to be known; brings back what was retracted.") var status: String?
        @Option var confidence: Double?
        @Option(help: "A duration such as 24h, a time, or never.") var expires: String?
        @Option(help: "The version that was read.") var base: String?
        @Option var agent: String?

        func run() async throws {
            let text = content == "-" ? try Console.readInput() : content
            var request = UpdateMemory(
                content: text, category: category.map { .set($0) } ?? .keep, context: context.map { .set($0) } ?? .keep,
                confidence: confidence.map { .set($0) } ?? .keep, status: status.map { .set($0) } ?? .keep,
                addTags: add, removeTags: remove, agent: agent,
                version: base)
            if let expires {
                request.expiresIn = Durations.seconds(expires)
                request.expiresAt = expires == "never" ? .clear : request.expiresIn == nil ? .set(expires) : .keep
            }
            let answer = try await options.client().update(id, with: request, as: .operator)
            options.print(
                answer,
                "updated \(Table.short(answer.memory.id))\(answer.contested ? ", contested: see hivectl conflicts list" : "")"
                    + (answer.contradicts.isEmpty ? "" : "\nit contradicts other beliefs: see hivectl conflicts list")
            )
        }
    }

    /// `memory forget`.
    struct Forget: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "forget",
            abstract: "Forget a memory; an update brings it back.",
            discussion: """
                It is found no longer, on all nodes. Its bytes stay until it is erased.

                Example:
                  hivectl memory forget 3f2a91
                """)
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The id, or the beginning of it.", completion: .memories) var id: String

        func run() async throws {
            let answer = try await options.client().remove(id, RemoveMemory(mode: .forget), as: .operator)
            options.print(answer, "forgot \(Table.short(answer.id)); \(answer.hint ?? "")")
        }
    }

    /// `memory erase`.
    struct Erase: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "erase",
            abstract: "Erase a memory for good, on every node.",
            discussion: """
                Nothing brings it back. Its bytes go after a day, or at once with --now.

                Examples:
                  hivectl memory erase 3f2a91 --yes
                  hivectl memory erase 3f2a91 --yes --now
                """)
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The id, or the beginning of it.", completion: .memories) var id: String
        @Flag(help: "Confirm.") var yes = false
        @Flag(help: "Do not wait for the hold to pass.") var now = false

        func run() async throws {
            guard yes else { throw Failure.badInput("erasing cannot be undone", hint: "add --yes to confirm") }
            let answer = try await options.client().remove(id, RemoveMemory(mode: .erase, now: now), as: .operator)
            if let hint = answer.hint { Console.write(hint, toError: true) }
            options.print(
                answer,
                "erased \(Table.short(answer.id)); the bytes \(answer.purged ? "are gone here" : "go after \(answer.purgeAfter ?? "the hold")")"
                    + (answer.unreadableBy.map { "; the last backup is unreadable by \($0)" } ?? "")
            )
        }
    }

    /// `memory history`.
    struct History: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "history",
            abstract: "Every change of a memory, and who made it.",
            discussion: """
                The oldest first, with the version that each change made.

                Example:
                  hivectl memory history 3f2a91
                """)
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The id, or the beginning of it.", completion: .memories) var id: String

        func run() async throws {
            let page = try await options.client().history(id, as: .operator)
            let text = page.items.map { entry in
                "\(entry.time)  \(entry.operation) by \(entry.author.agent.map { $0 + " on " } ?? "")\(Table.short(entry.author.node))\n"
                    + (entry.changes.map { "    \($0.field): \(Table.excerpt($0.value.text))" }
                    + entry.replaced.map { "    replaced \($0.field): \(Table.excerpt($0.value.text))" })
                    .joined(separator: "\n")
            }
            options.print(page, text.joined(separator: "\n"))
        }
    }
}
