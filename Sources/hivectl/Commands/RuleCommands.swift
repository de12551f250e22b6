import ArgumentParser
import Foundation
import HiveAPI
import HiveCEL
import HiveRules

/// `hivectl rules …`.
struct RuleCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rules", abstract: "The law: test it offline, push it to the hive.",
        discussion: """
            Examples:
              hivectl rules test rules
              hivectl rules push rules
            """,
        subcommands: [
            New.self, Packs.self, Lint.self, Format.self, Test.self, Evaluate.self, Explain.self, Index.self, Diff.self,
            Replay.self,
            Push.self, List.self, Show.self, Enable.self,
            Disable.self, Import.self, Export.self, History.self, Rollback.self,
        ])

    static var now: Int64 { Int64(Date().timeIntervalSince1970 * 1000) }

    /// An input out of a file, checked against the schema of a set.
    static func input(_ path: String, for set: CompiledRuleSet) throws -> DecisionInput {
        do {
            return try DecisionInput(try JSONText.parse(try Console.readFile(path)), schema: set.schema)
        } catch let error as JSONText.Failure {
            throw Failure.badInput("the input is not valid JSON: \(error)", hint: "write one JSON object")
        } catch let error as DecisionInput.Failure {
            throw Failure.badInput(error.message, hint: "an input has `event` and the fields of that event")
        }
    }

    /// `rules eval`.
    struct Evaluate: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "eval", abstract: "Decide one input by rule files; exit code 1 where it is denied.",
            discussion:
                """
                Examples:
                  hivectl rules eval rules --input input.json
                  echo '{"event":"tool.pre","tool":"Bash","command":"rm -rf /"}' | hivectl rules eval rules --input -
                """
        )
        @OptionGroup var options: GlobalOptions
        @Argument(help: "A rule file, a folder of them, or pack:NAME.", completion: .file()) var path: String
        @Option(help: "A file with the input as JSON; - reads standard input.") var input: String

        func run() throws {
            let set = try RuleFilesOnDisk.compile([path])
            let decision = set.decide(try RuleCommands.input(input, for: set), now: now)
            Console.write(JSONText.render(decision.value))
            if !decision.allowed { throw ExitCode(1) }
        }
    }

    /// `rules explain`.
    struct Explain: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "explain",
            abstract: "Tell how one input is decided, and of each rule why it applies or does not.",
            discussion: """
                Offline.

                Example:
                  hivectl rules explain rules --input input.json
                """)
        @OptionGroup var options: GlobalOptions
        @Argument(help: "A rule file, a folder of them, or pack:NAME.", completion: .file()) var path: String
        @Option(help: "A file with the input as JSON; - reads standard input.") var input: String

        func run() throws {
            let set = try RuleFilesOnDisk.compile([path])
            let narrative = set.narrate(try RuleCommands.input(input, for: set), now: now)
            let items: [JSONValue] = narrative.rules.map {
                [
                    "rule": .string($0.rule), "version": .integer($0.version), "effect": .string($0.effect.rawValue),
                    "outcome": .string($0.outcome.rawValue), "reasons": .array($0.reasons.map(JSONValue.string)),
                ]
            }
            let decision = JSONText.render(narrative.decision.value)
            options.print(
                ["decision": try JSONValue(parsing: decision), "items": .array(items), "next": .null] as JSONValue,
                narrative.lines.joined(separator: "\n"))
        }
    }

    /// `rules index`.
    struct Index: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "index",
            abstract: "How each rule is found; warns about rules that every request must evaluate.",
            discussion: """
                Offline.

                Example:
                  hivectl rules index rules
                """)
        @OptionGroup var options: GlobalOptions
        @Argument(help: "Rule files, folders of them, or pack:NAME.", completion: .file()) var paths: [String]

        func run() throws {
            let report = try RuleFilesOnDisk.compile(paths).indexReport
            let items: [JSONValue] = report.entries.map {
                [
                    "rule": .string($0.rule), "found": .string($0.found),
                    "warning": $0.warning.map(JSONValue.string) ?? .null,
                ]
            }
            options.print(
                ["items": .array(items), "next": .null] as JSONValue,
                Table.text(["RULE", "FOUND", "WARNING"], report.entries.map { [$0.rule, $0.found, $0.warning ?? ""] }))
        }
    }
}
