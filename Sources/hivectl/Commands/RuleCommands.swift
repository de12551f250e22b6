import ArgumentParser
import Foundation
import HiveAPI
import HiveCEL
import HiveRules

/// `hivectl rules …`.
struct RuleCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rules", abstract: "The law: test it offline, push it to the hive.",
        subcommands: [
            Lint.self, Test.self, Evaluate.self, Explain.self, Index.self, Push.self, List.self, Show.self, Enable.self,
            Disable.self,
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

    /// `rules lint`.
    struct Lint: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check rule files; exit code 1 where something is questionable.")
        @OptionGroup var options: GlobalOptions
        @Argument var paths: [String]

        func run() throws {
            let set = try RuleFilesOnDisk.compile(paths)
            let findings = RuleLinter.lint(set.rules, now: now)
            let items: [JSONValue] = findings.map {
                [
                    "rule": .string($0.rule), "message": .string($0.message), "path": .string($0.location.path),
                    "line": .integer(Int64($0.location.line)),
                ]
            }
            let result: JSONValue = ["items": .array(items), "next": .null]
            let text = findings.map { "\($0.location): `\($0.rule)` \($0.message)" }.joined(separator: "\n")
            options.print(result, findings.isEmpty ? "\(set.rules.count) rules, nothing to complain about" : text)
            if !findings.isEmpty { throw ExitCode(1) }
        }
    }

    /// `rules test`.
    struct Test: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Run the cases beside the rules; exit code 1 where one fails.")
        @OptionGroup var options: GlobalOptions
        @Argument var paths: [String]

        func run() throws {
            let outcomes = RuleTester.run(try RuleFilesOnDisk.compile(paths), now: now)
            let failed = outcomes.filter { $0.failure != nil }
            let items: [JSONValue] = outcomes.map {
                [
                    "rule": .string($0.rule), "test": .string($0.test), "passed": .bool($0.failure == nil),
                    "failure": $0.failure.map(JSONValue.string) ?? .null,
                ]
            }
            let result: JSONValue = [
                "items": .array(items), "passed": .integer(Int64(outcomes.count - failed.count)),
                "failed": .integer(Int64(failed.count)), "next": .null,
            ]
            let lines = failed.map { "FAILED \($0.location): `\($0.rule)`, `\($0.test)`: \($0.failure ?? "")" }
            options.print(
                result,
                (lines + ["\(outcomes.count - failed.count) passed, \(failed.count) failed"]).joined(separator: "\n"))
            if !failed.isEmpty { throw ExitCode(1) }
        }
    }

    /// `rules eval`.
    struct Evaluate: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "eval", abstract: "Decide one input by rule files; exit code 1 where it is denied.",
            discussion:
                "Example: echo '{\"event\":\"tool.pre\",\"tool\":\"Bash\",\"command\":\"rm -rf /\"}' | hivectl rules eval rules --input -"
        )
        @OptionGroup var options: GlobalOptions
        @Argument var path: String
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
            abstract: "Tell how one input is decided, and of each rule why it applies or does not.")
        @OptionGroup var options: GlobalOptions
        @Argument var path: String
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
            abstract: "How each rule is found; warns about rules that every request must evaluate.")
        @OptionGroup var options: GlobalOptions
        @Argument var paths: [String]

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

    /// `rules push`.
    struct Push: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a set of rules the law of the hive, whole or not at all.")
        @OptionGroup var options: GlobalOptions
        @Argument var path: String
        @Option(
            name: .customLong("set"),
            help: "The name of the set; default: the folder's, or what a RuleSet document says.") var name: String?

        func run() async throws {
            let sources = try RuleFilesOnDisk.sources([path]).map { RuleSource(path: $0.path, text: $0.text) }
            let answer = try await options.client().push(PushRules(sources: sources, set: name), as: .operator)
            options.print(
                answer,
                "\(answer.set) version \(answer.version) with \(answer.rules.count) rules is \(answer.active ? "in force" : "stored, but not in force: \(answer.problems.map(\.message).joined(separator: "; "))")"
            )
            if !answer.active { throw ExitCode(1) }
        }
    }

    /// `rules list`.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "The rules in force.")
        @OptionGroup var options: GlobalOptions

        func run() async throws {
            let page = try await options.client().rules(as: .operator)
            options.print(
                page,
                Table.text(
                    ["RULE", "VERSION", "SET", "SCOPE", "PRIORITY", "EFFECT", "ENFORCEMENT", "ENABLED"],
                    page.items.map {
                        [
                            $0.name, String($0.version), $0.set ?? "-", $0.scope ?? "-", String($0.priority), $0.effect,
                            $0.enforcement, $0.enabled ? "yes" : "no",
                        ]
                    }))
        }
    }

    /// `rules show`.
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "One rule as it was written.")
        @OptionGroup var options: GlobalOptions
        @Argument var name: String

        func run() async throws {
            let rule = try await options.client().rule(name, as: .operator)
            options.print(rule, rule.text)
        }
    }

    /// `rules enable`.
    struct Enable: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Switch a rule on, everywhere.")
        @OptionGroup var options: GlobalOptions
        @Argument var name: String

        func run() async throws {
            let rule = try await options.client().setRule(name, enabled: true, as: .operator)
            options.print(rule, "\(rule.name) is on")
        }
    }

    /// `rules disable`.
    struct Disable: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Switch a rule off, everywhere.")
        @OptionGroup var options: GlobalOptions
        @Argument var name: String

        func run() async throws {
            let rule = try await options.client().setRule(name, enabled: false, as: .operator)
            options.print(rule, "\(rule.name) is off")
        }
    }
}
