import ArgumentParser
import HiveAPI

/// What becomes of memories: the archive, duplicates, consolidation.
enum LifecycleCommands {
    /// Marks one memory and says what was done.
    static func mark(_ id: String, _ request: MarkMemory, _ options: GlobalOptions, _ done: String) async throws {
        let answer = try await options.client().mark(id, request, as: .operator)
        options.print(answer, "\(done) \(Table.short(answer.memory.id))")
    }

    /// `memory archive`.
    struct Archive: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "archive",
            abstract: "Put a memory away: only searches with --archived find it.",
            discussion: """
                Example:
                  hivectl memory archive 3f2a91
                """)
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The id, or the beginning of it.", completion: .memories) var id: String

        func run() async throws { try await mark(id, MarkMemory(archived: true), options, "archived") }
    }

    /// `memory unarchive`.
    struct Unarchive: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "unarchive",
            abstract: "Take a memory out of the archive.",
            discussion: """
                Example:
                  hivectl memory unarchive 3f2a91
                """)
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The id, or the beginning of it.", completion: .memories) var id: String

        func run() async throws { try await mark(id, MarkMemory(archived: false), options, "took out of the archive") }
    }

    /// `memory pin`.
    struct Pin: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "pin",
            abstract: "Keep a memory: it does not fade and is not consolidated.",
            discussion: """
                Example:
                  hivectl memory pin 3f2a91
                """)
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The id, or the beginning of it.", completion: .memories) var id: String

        func run() async throws { try await mark(id, MarkMemory(pinned: true), options, "pinned") }
    }

    /// `memory unpin`.
    struct Unpin: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "unpin",
            abstract: "Let a memory fade as others do.",
            discussion: """
                Example:
                  hivectl memory unpin 3f2a91
                """)
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The id, or the beginning of it.", completion: .memories) var id: String

        func run() async throws { try await mark(id, MarkMemory(pinned: false), options, "unpinned") }
    }

    /// `memory core`.
    struct Core: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "core",
            abstract: "Make a memory core knowledge, which does not fade.",
            discussion: """
                With --no the conditions of hive.yaml leave it alone as well.

                Example:
                  hivectl memory core 3f2a91
                """)
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The id, or the beginning of it.", completion: .memories) var id: String
        @Flag(help: "It is no core knowledge.") var no = false

        func run() async throws {
            try await mark(id, MarkMemory(core: !no), options, no ? "no core knowledge:" : "core knowledge:")
        }
    }

    /// `memory duplicates`.
    struct Duplicates: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "duplicates",
            abstract: "Propose memories that say nearly the same.",
            discussion: """
                Nothing is changed: hivectl memory merge KEEP OTHER… folds them together.

                Example:
                  hivectl memory duplicates --threshold 0.75
                """)
        @OptionGroup var options: GlobalOptions
        @Option(help: "How alike, above 0 and up to 1.") var threshold = 0.75
        @Option(help: "instance, agent:NAME, collective:NAME or universal.", completion: .scopes) var scope: String?
        @Option var kind: String?
        @Option var category: String?
        @Option(help: "How many pairs.") var limit = 20
        @Option(help: "How many of the last changed memories are compared.") var newest = 2000

        func run() async throws {
            let query = DuplicateQuery(
                threshold: threshold, scope: scope, kind: kind, category: category, limit: limit, newest: newest)
            let page = try await options.client().duplicates(query, as: .operator)
            let rows = page.items.map { pair in
                [
                    "\(pair.similarity)", Table.short(pair.keep.id), Table.short(pair.other.id), pair.keep.scope,
                    Table.excerpt(pair.keep.excerpt, 40), Table.excerpt(pair.other.excerpt, 40),
                ]
            }
            options.print(page, Table.text(["ALIKE", "KEEP", "OTHER", "SCOPE", "KEEP SAYS", "OTHER SAYS"], rows))
        }
    }

    /// `memory merge`.
    struct Merge: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "merge",
            abstract: "Fold memories into one.",
            discussion: """
                Tags, links and metadata of the others join the one that stays; the others are forgotten.

                Example:
                  hivectl memory merge 3f2a91 90b1c7
                """)
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The memory that stays.", completion: .memories) var keep: String
        @Argument(help: "Those that go.") var others: [String]

        func run() async throws {
            let request = MergeMemories(others: others)
            let answer = try await options.client().merge(keep, request, as: .operator)
            options.print(answer, "merged \(others.count) into \(Table.short(answer.memory.id))")
        }
    }

    /// `memory consolidate`.
    struct ConsolidateNow: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "consolidate",
            abstract: "Do now what is done each night: summaries of old episodes, the archive, core knowledge.",
            discussion: """
                --dry-run tells what would be done.

                Example:
                  hivectl memory consolidate --dry-run
                """)
        @OptionGroup var options: GlobalOptions
        @Flag(help: "Only say what would be done.") var dryRun = false

        func run() async throws {
            let report = try await options.client().consolidate(Consolidate(dryRun: dryRun), as: .operator)
            options.print(report, LifecycleCommands.describe(report))
            for problem in report.problems { Console.write("warning: \(problem)", toError: true) }
        }
    }

    static func describe(_ report: ConsolidationReport) -> String {
        var lines = [
            "\(report.dryRun ? "would write" : "wrote") \(report.summaries.count) summaries of "
                + "\(report.considered) old episodes, compared by \(report.comparedBy)"
        ]
        for summary in report.summaries {
            lines.append("")
            lines.append(
                "\(Table.short(summary.id))  \(summary.sources.count) episodes in \(summary.scope), by \(summary.by)")
            lines += summary.text.split(whereSeparator: \.isNewline).map { "    \($0)" }
        }
        for (name, ids) in [("core knowledge", report.core), ("archived", report.archived)] where !ids.isEmpty {
            lines.append("\(name): \(ids.map(Table.short).joined(separator: ", "))")
        }
        return lines.joined(separator: "\n")
    }
}
