import ArgumentParser
import HiveAPI
import HivePortability

/// `hivectl import`.
struct Import: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Bring memories in from a file or a folder.",
        discussion: """
            Importing the same thing again changes nothing, so an import that was interrupted is simply run again.
            A line that is wrong is named with its number, and the rest goes in; exit code 1 says that there were
            some.

            Examples:
              hivectl import memories.jsonl --dry-run
              hivectl import notes --scope agent:ava
              hivectl import - --format mcp-memory-service
            """)
    @OptionGroup var options: GlobalOptions
    @Argument(help: "A file, a folder of Markdown files, or - for standard input.", completion: .file()) var path:
        String
    @Option(help: "auto, jsonl, markdown, mcp-memory-service, mcp-memory or haivemind.") var format = "auto"
    @Option(help: "Where all memories go; else where each says, or the scope for its kind.") var scope: String?
    @Flag(help: "Say what would be done, and do nothing.") var dryRun = false

    func run() async throws {
        let source = try ImportSource(path: path, format: try Self.format(format))
        var run = ImportRun(
            client: try options.client(), scope: scope, isDry: dryRun,
            progress: ProgressBar("importing", total: source.size))
        do {
            try await source.read { item, file, position in try await run.take(item, file: file, position: position) }
            try await run.finish()
        } catch let error as HiveError {
            run.progress.clear()
            throw HiveError(
                error.code, "\(error.message); \(run.answer.created + run.answer.updated) memories went in before",
                hint: (error.hint.map { $0 + "; " } ?? "") + "import again once that is mended: nothing is doubled")
        }
        run.progress.clear()
        report(run, source: source)
        if run.answer.failed > 0 { throw ExitCode(1) }
    }

    static func format(_ text: String) throws -> MemoryFormat? {
        guard text != "auto" else { return nil }
        guard let format = MemoryFormat(rawValue: text) else {
            throw Failure.badInput(
                "`\(text)` is no format",
                hint: "use auto, \(MemoryFormat.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        return format
    }

    private func report(_ run: ImportRun, source: ImportSource) {
        let answer = run.answer
        if options.json {
            var members = answer.json.object ?? [:]
            members["dryRun"] = .bool(dryRun)
            members["format"] = source.formatName.map(JSONValue.string) ?? .null
            members["notes"] = source.notes.json
            return Console.write(JSONValue.object(members).text)
        }
        for problem in answer.problems {
            let place = problem.file ?? "line \(problem.number)"
            Console.write("\(place): \(problem.message) (\(problem.code))", toError: true)
            if let hint = problem.hint { Console.write("  \(hint)", toError: true) }
        }
        for note in source.notes { Console.write("note: \(note)", toError: true) }
        Console.write(
            """
            \(dryRun ? "would create" : "created") \(answer.created), \(dryRun ? "update" : "updated") \(answer.updated); \
            unchanged \(answer.unchanged), left out \(answer.skipped), wrong \(answer.failed)
            """)
    }
}
