import ArgumentParser
import Foundation
import HiveAPI

/// `hivectl init`.
struct Initialize: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "Prepare a data directory with a configuration.",
        discussion: """
            The node founds its hive when hived starts with the directory for the first time.

            Examples:
              hivectl init --name laptop
              hivectl init --data /srv/hive
            """)
    @OptionGroup var options: GlobalOptions
    @Option(help: "What the node calls itself.") var name: String?

    func run() async throws {
        let directory =
            options.data ?? NodeLocation.processEnvironment("HIVE_DATA")
            ?? NodeLocation.defaultDirectory(NodeLocation.processEnvironment)
        let file = directory + "/hive.yaml"
        guard !FileManager.default.fileExists(atPath: file) else {
            throw HiveError(
                .alreadyExists, "`\(file)` is there already", hint: "edit it, or choose another directory with --data")
        }
        do {
            try FileManager.default.createDirectory(
                atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            let name = name.map { "name: \($0)\n" } ?? "# name: what this node calls itself\n"
            let text =
                name + """
                    # listen: 127.0.0.1:8899    # REST, events, dashboard
                    # mcp: 127.0.0.1:8900
                    # peers: 0.0.0.0:8901       # opened by the first invitation unless it is set here
                    """ + "\n"
            try text.write(toFile: file, atomically: true, encoding: .utf8)
        } catch {
            throw HiveError(
                .invalidInput, "`\(directory)` cannot be written: \(error.localizedDescription)",
                hint: "check its permissions")
        }
        let answer: JSONValue = ["data": .string(directory), "configuration": .string(file)]
        options.print(answer, "prepared \(directory)\nstart the node with: hived --data \(directory)")
    }
}
