import ArgumentParser
import Foundation
import HiveAPI
import HiveChecks

/// `hivectl check`.
struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Check files before they are committed or merged: secrets, banned terms, manifests.",
        discussion: """
            Files are never changed. Exit code 0 where nothing is found, 1 where something is, 2 for bad usage.
            A comment `hive:allow CHECK REASON` excuses a finding on its own line or the next.
            Configuration is read from .hive/check.yaml.

            Examples:
              hivectl check .
              hivectl check --changed=main --format sarif --output hive.sarif
            """)
    @OptionGroup var options: GlobalOptions
    @Argument(help: "Files and folders; the working folder if none is given.", completion: .file()) var paths:
        [String] = []
    @Option(help: "Run one check alone: its id, or its number for all with that number. May be repeated.")
    var rule: [String] = []
    @Flag(help: "Check again whenever a file changes, until interrupted.") var watch = false
    @Option(
        defaultAsFlag: "HEAD", parsing: .next,
        help: "Only lines added since a commit; `index` for what is not staged yet.")
    var changed: String?
    @Option(help: "The configuration, instead of .hive/check.yaml.") var config: String?
    @Option(help: "A file with findings that are known and do not fail.") var baseline: String?
    @Flag(help: "Make all that is found now known to the baseline, and forget what is no more.")
    var writeBaseline = false
    @Option(help: "human, json or sarif.") var format: CheckFormat?
    @Option(help: "Write the report to this file.") var output: String?
    @Option(help: "Judge manifests by this pack, instead of those of the configuration. May be repeated.")
    var pack: [String] = []
    @Option(help: "Judge manifests by these rule files too. May be repeated.") var rules: [String] = []
    @Flag(help: "List the checks.") var list = false

    func validate() throws {
        if writeBaseline, changed != nil || !rule.isEmpty || watch {
            throw ValidationError("--write-baseline goes with whole files and all checks; leave the other option out")
        }
        if list, watch { throw ValidationError("--list and --watch do not go together") }
    }

    func run() throws {
        let runner = CheckRunner(command: self, root: .current())
        if list { return Console.write(try runner.list()) }
        if watch { try CheckWatch(runner: runner).run() }
        if try !runner.run() { throw ExitCode(1) }
    }
}

/// How a report is written.
enum CheckFormat: String, ExpressibleByArgument, CaseIterable {
    case human, json, sarif
}
