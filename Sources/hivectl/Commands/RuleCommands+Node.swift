import ArgumentParser
import HiveAPI
import HiveRules

/// The commands that ask a node.
extension RuleCommands {
    /// `rules push`.
    struct Push: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "push",
            abstract: "Make a set of rules the law of the hive, whole or not at all.",
            discussion: """
                Its tests are run first. A node activates the set once all of it has arrived.

                Examples:
                  hivectl rules push rules
                  hivectl rules push pack:devops-safety
                """)
        @OptionGroup var options: GlobalOptions
        @Argument(help: "A rule file, a folder of them, or pack:NAME.", completion: .file()) var path: String
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
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: "The rules in force.",
            discussion: """
                Example:
                  hivectl rules list
                """)
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
        static let configuration = CommandConfiguration(
            commandName: "show",
            abstract: "One rule as it was written.",
            discussion: """
                Example:
                  hivectl rules show no-force-push-main
                """)
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The name of a rule.", completion: .rules) var name: String

        func run() async throws {
            let rule = try await options.client().rule(name, as: .operator)
            options.print(rule, rule.text)
        }
    }

    /// `rules enable`.
    struct Enable: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "enable",
            abstract: "Switch a rule on, everywhere.",
            discussion: """
                Example:
                  hivectl rules enable no-force-push-main
                """)
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The name of a rule.", completion: .rules) var name: String

        func run() async throws {
            let rule = try await options.client().setRule(name, enabled: true, as: .operator)
            options.print(rule, "\(rule.name) is on")
        }
    }

    /// `rules disable`.
    struct Disable: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "disable",
            abstract: "Switch a rule off, everywhere.",
            discussion: """
                It stays in its set, and decides nothing.

                Example:
                  hivectl rules disable no-force-push-main
                """)
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The name of a rule.", completion: .rules) var name: String

        func run() async throws {
            let rule = try await options.client().setRule(name, enabled: false, as: .operator)
            options.print(rule, "\(rule.name) is off")
        }
    }
}
