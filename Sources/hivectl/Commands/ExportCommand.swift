import ArgumentParser
import Foundation
import HiveAPI
import HiveCore
import HivePortability

/// `hivectl export`.
struct Export: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write memories to a file or a folder.",
        discussion: """
            What is written is how things stood when it began, whatever is stored meanwhile. The same memories give
            the same file. What a format cannot hold is named.

            Examples:
              hivectl export memories.jsonl
              hivectl export notes --format markdown --scope collective:main
            """)
    @OptionGroup var options: GlobalOptions
    @Argument(
        help: "The file, the folder for markdown; standard output where nothing or - is said.", completion: .file())
    var path: String?
    @Option(help: "jsonl, markdown, mcp-memory-service, mcp-memory or haivemind.") var format = "jsonl"
    @OptionGroup var filters: ExportFilters

    func run() async throws {
        guard let format = try Import.format(format) else {
            throw Failure.badInput("an export needs a format", hint: "leave --format out for JSON Lines")
        }
        let client = try options.client()
        let export = try await client.exportMemories(ExportQuery(filters.query), as: .operator)
        let target = path == "-" ? nil : path
        var writer = try ExportWriter(format: format, path: target)
        var progress = ProgressBar("exporting", total: export.total)
        var lines = LineReader()
        for try await piece in export.pieces {
            for line in lines.feed(piece) { try writer.take(line) }
            progress.show(writer.count)
        }
        progress.clear()
        let now = Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
        let notes = try writer.finish(at: now.rfc3339)
        for note in notes { Console.write("note: \(note)", toError: true) }
        guard let target else { return }
        let summary: JSONValue = [
            "exported": .integer(Int64(writer.count)), "path": .string(target), "format": .string(format.rawValue),
            "notes": notes.json,
        ]
        options.print(summary, "exported \(writer.count) memories to \(target)")
    }
}

/// The filters of a search, for exports.
struct ExportFilters: ParsableArguments {
    @Option var category: String?
    @Option(name: .customLong("tag")) var tags: [String] = []
    @Option(name: .customLong("meta"), help: "KEY=VALUE of the metadata, as often as needed.") var meta: [String] = []
    @Option(help: "instance, agent:NAME, collective:NAME or universal.", completion: .scopes) var scope: String?
    @Option var kind: String?
    @Option var agent: String?
    @Option var user: String?
    @Option var status: String?
    @Option var source: String?
    @Option(help: "The least confidence, 0 to 1.") var confidence: Double?
    @Option(help: "Changed at or after this time.") var since: String?
    @Option(help: "Changed before this time.") var until: String?

    var query: MemoryQuery {
        var query = MemoryQuery(
            tag: tags, category: category, kind: kind, scope: scope, agent: agent, since: since, until: until,
            user: user)
        query.meta = meta
        query.status = status
        query.source = source
        query.confidence = confidence
        return query
    }
}
