import ArgumentParser
import HiveAPI
import HivePacks
import HiveRules

/// The rules that come with Hive.
extension RuleCommands {
    /// `rules packs`.
    struct Packs: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "packs",
            abstract: "List the packs of rules that come with Hive, or write one out to change it.",
            discussion: """
                Wherever rules are read from a PATH, pack:NAME stands for a pack as it is.

                Examples:
                  hivectl rules packs
                  hivectl rules packs devops-safety --to rules
                """)
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The pack to write out; all are listed without it.") var name: String?
        @Option(help: "The folder that gets the files of the pack.") var to: String?

        func run() throws {
            guard let name else {
                guard to == nil else {
                    throw Failure.badInput("--to needs a pack", hint: "hivectl rules packs NAME --to DIR")
                }
                return try list(Pack.all)
            }
            let pack = try PackNames.pack(named: name)
            guard let to else { return try list([pack]) }
            let files = pack.sources.map { source in
                (name: String(source.path.split(separator: "/").last ?? ""), text: source.text)
            }
            try RuleFilesOnDisk.create(files, in: to)
            options.print(
                ["items": .array(files.map { .string("\(to)/\($0.name)") }), "next": .null] as JSONValue,
                "wrote \(files.count) files of \(pack.name) to \(to)")
        }

        private func list(_ packs: [Pack]) throws {
            let rows = try packs.map(Row.init)
            let items: [JSONValue] = rows.map {
                [
                    "name": .string($0.name), "version": .integer($0.version), "rules": .integer(Int64($0.rules)),
                    "summary": .string($0.summary),
                ]
            }
            options.print(
                ["items": .array(items), "next": .null] as JSONValue,
                Table.text(
                    ["PACK", "VERSION", "RULES", "SUMMARY"],
                    rows.map { [$0.name, String($0.version), String($0.rules), $0.summary] }))
        }
    }

    /// What a list says of a pack.
    private struct Row {
        let name: String
        let version: Int64
        let rules: Int
        let summary: String

        init(_ pack: Pack) throws {
            name = pack.name
            summary = pack.summary
            do throws(RuleError) {
                version = try pack.version()
                rules = try pack.contents().rules.count { !$0.isAbstract }
            } catch { throw RuleFilesOnDisk.failure(error) }
        }
    }
}
