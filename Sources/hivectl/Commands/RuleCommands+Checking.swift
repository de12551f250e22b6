import ArgumentParser
import Foundation
import HiveAPI
import HiveRules

/// The commands that look at rule files.
extension RuleCommands {
    /// `rules lint`.
    struct Lint: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "lint",
            abstract: "Check rule files; exit code 1 where something is questionable.",
            discussion: """
                Offline. What cannot be read, compiled or reached by any input is named with its place.

                Example:
                  hivectl rules lint rules
                """)
        @OptionGroup var options: GlobalOptions
        @Argument(help: "Rule files, folders of them, or pack:NAME.", completion: .file()) var paths: [String]

        func run() throws {
            try refuseErrors()
            let set = try RuleFilesOnDisk.compile(paths)
            let findings = RuleLinter.lint(set, now: now)
            let items: [JSONValue] = findings.map {
                [
                    "rule": .string($0.rule), "code": .string($0.code), "message": .string($0.message),
                    "path": .string($0.location.path), "line": .integer(Int64($0.location.line)),
                    "column": .integer(Int64($0.location.column)),
                ]
            }
            let result: JSONValue = ["items": .array(items), "next": .null]
            let text = findings.map { "\($0.location): `\($0.rule)` \($0.message) (\($0.code))" }.joined(
                separator: "\n")
            options.print(result, findings.isEmpty ? "\(set.rules.count) rules, nothing to complain about" : text)
            if !findings.isEmpty { throw ExitCode(1) }
        }

        /// Tells of everything that keeps the files from being compiled.
        private func refuseErrors() throws {
            let errors = RuleErrors.all(in: try RuleFilesOnDisk.sources(paths), zones: SystemTimeZones())
            guard let first = errors.first else { return }
            for error in errors.dropFirst() { Console.write("error: \(error)", toError: true) }
            throw RuleFilesOnDisk.failure(first)
        }
    }

    /// `rules fmt`.
    struct Format: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "fmt", abstract: "Lay rule files out in one way; comments stay.",
            discussion: """
                With --check nothing is written, and the exit code is 1 where a file would change.

                Example:
                  hivectl rules fmt rules --check
                """)
        @OptionGroup var options: GlobalOptions
        @Argument(help: "Rule files, folders of them, or pack:NAME.", completion: .file()) var paths: [String]
        @Flag(help: "Only say which files would change.") var check = false

        func run() throws {
            if !check, let pack = paths.first(where: PackNames.isPack) {
                throw Failure.badInput(
                    "`\(pack)` is inside hivectl and cannot be changed",
                    hint: "write it out with `hivectl rules packs NAME --to DIR`, or use --check")
            }
            var changed: [String] = []
            for source in try RuleFilesOnDisk.sources(paths) {
                let formatted: String
                do { formatted = try RuleFormatter.format(source) } catch { throw RuleFilesOnDisk.failure(error) }
                guard formatted != source.text else { continue }
                changed.append(source.path)
                if source.path == "-" {
                    Console.write(formatted, as: .document)
                } else if !check {
                    try RuleFilesOnDisk.write(formatted, to: source.path)
                }
            }
            let verb = check ? "would change" : "formatted"
            options.print(
                ["items": .array(changed.map(JSONValue.string)), "next": .null] as JSONValue,
                changed.isEmpty ? "nothing to format" : changed.map { "\(verb) \($0)" }.joined(separator: "\n"))
            if check, !changed.isEmpty { throw ExitCode(1) }
        }
    }

    /// `rules test`.
    struct Test: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "test",
            abstract: "Run the cases beside the rules; exit code 1 where one fails or too little is covered.",
            discussion: """
                Offline. --coverage N asks that so many per cent of the conditions are tried both ways.

                Example:
                  hivectl rules test rules --coverage 80
                """)
        @OptionGroup var options: GlobalOptions
        @Argument(help: "Rule files, folders of them, or pack:NAME.", completion: .file()) var paths: [String]
        @Option(help: "How much of each rule the cases must cover, in percent.") var coverage: Int?
        @Option(help: "Write the outcomes to this file in the JUnit format.") var junit: String?
        @Flag(help: "Run again whenever a file changes.") var watch = false

        func run() throws {
            if watch { try keepRunning() }
            if try !runOnce() { throw ExitCode(1) }
        }

        /// Runs again after each change. Files that cannot be read or compiled are reported, and waited for: editors
        /// take a file away before they put it back.
        private func keepRunning() throws -> Never {
            while true {
                let seen = stamp()
                do { _ = try runOnce() } catch let error as HiveError { Failure.tell(error) }
                while stamp() == seen { Thread.sleep(forTimeInterval: 0.2) }
            }
        }

        /// What stands in the files; nil where they cannot be read.
        private func stamp() -> [RuleFiles.Source]? {
            do { return try RuleFilesOnDisk.sources(paths) } catch { return nil }
        }

        /// Whether all is well.
        private func runOnce() throws -> Bool {
            let set = try RuleFilesOnDisk.compile(paths)
            let outcomes = RuleTester.run(set, now: now)
            let covered = RuleCoverage.measure(set, now: now)
            if let junit { try RuleFilesOnDisk.write(JUnitReport.text(outcomes), to: junit) }
            let failed = outcomes.filter { $0.failure != nil }
            let thin = covered.rules.filter { $0.percent < coverage ?? 0 }
            options.print(json(outcomes, covered), text(outcomes, failed, covered, thin))
            return failed.isEmpty && thin.isEmpty
        }

        private func json(_ outcomes: [RuleTester.Outcome], _ covered: RuleCoverage) -> JSONValue {
            let items: [JSONValue] = outcomes.map {
                [
                    "rule": .string($0.rule), "test": .string($0.test), "passed": .bool($0.failure == nil),
                    "failure": $0.failure.map(JSONValue.string) ?? .null,
                ]
            }
            let rules: [JSONValue] = covered.rules.map {
                [
                    "rule": .string($0.rule), "percent": .integer(Int64($0.percent)),
                    "missing": .array($0.missing.map(JSONValue.string)),
                ]
            }
            let failed = outcomes.count { $0.failure != nil }
            return [
                "items": .array(items), "passed": .integer(Int64(outcomes.count - failed)),
                "failed": .integer(Int64(failed)), "coverage": .integer(Int64(covered.percent)), "rules": .array(rules),
                "next": .null,
            ]
        }

        private func text(
            _ outcomes: [RuleTester.Outcome], _ failed: [RuleTester.Outcome], _ covered: RuleCoverage,
            _ thin: [RuleCoverage.Entry]
        ) -> String {
            var lines = failed.map { "FAILED \($0.location): `\($0.rule)`, `\($0.test)`: \($0.failure ?? "")" }
            lines += thin.map {
                "THIN \($0.location): `\($0.rule)` is covered to \($0.percent) %: \($0.missing.joined(separator: "; "))"
            }
            lines.append(
                "\(outcomes.count - failed.count) passed, \(failed.count) failed, \(covered.percent) % of conditions covered"
            )
            return lines.joined(separator: "\n")
        }
    }
}
