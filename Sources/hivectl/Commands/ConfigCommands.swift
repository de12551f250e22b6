import ArgumentParser
import HiveAPI

/// `hivectl config …`.
struct ConfigCommands: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config", abstract: "How a node is configured.",
        discussion: """
            The configuration is hive.yaml or hive.json in the data directory, then the environment, then flags.

            Example:
              hivectl config show
            """,
        subcommands: [Show.self, Check.self])

    /// `config show`.
    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show",
            abstract: "Every setting as a start would have it, and where it comes from.",
            discussion: """
                Read by hived itself, from the file and this environment. Secrets are not shown. A node that runs may
                still have what was there when it started.

                Examples:
                  hivectl config show
                  hivectl config show --file hive.yaml --json
                """)
        @OptionGroup var options: GlobalOptions
        @Option(help: "A configuration file in another place.", completion: .file()) var file: String?

        func run() throws {
            let answer = try DaemonProgram.required.settings(directory: options.data, file: file)
            let rows = (answer["items"]?.array ?? []).map { item in
                [item["key"]?.string ?? "", item["value"]?.string ?? "-", item["origin"]?.string ?? ""]
            }
            Console.write(options.json ? answer.text : Table.text(["SETTING", "VALUE", "FROM"], rows))
        }
    }

    /// `config check`.
    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "check",
            abstract: "Whether a node would start with a configuration.",
            discussion: """
                It is read by hived itself, which starts nothing. Exit code 2 where something is wrong, with its place
                and what to do.

                Examples:
                  hivectl config check
                  hivectl config check hive.yaml
                """)
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The file; that of the data directory if none is given.", completion: .file()) var file: String?

        func run() throws {
            let answer = try DaemonProgram.required.settings(directory: options.data, file: file)
            let read = answer["file"]?.string
            let result: JSONValue = ["ok": true, "file": read.map(JSONValue.string) ?? .null]
            options.print(result, read.map { "`\($0)` makes sense" } ?? "there is no file; what comes with Hive holds")
        }
    }
}
