import ArgumentParser
import Foundation
import HiveAPI
import HiveRules

extension RuleCommands {
    /// `rules export`.
    struct Export: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "export",
            abstract: "Give rules back as a file of hAIveMind, or as rule documents.",
            discussion: """
                Without a path these are the rules that the node holds. A rule that has no equivalent is named with
                the reason, and the exit code is 1.

                Example:
                  hivectl rules export --format haivemind-yaml
                """
        )
        @OptionGroup var options: GlobalOptions
        @Argument(help: "Rule files and folders.", completion: .file()) var paths: [String] = []
        @Option(help: "haivemind-yaml, haivemind-json or hive.") var format = Format.haivemindYAML
        @Option(help: "Write to this file instead of standard output.") var output: String?

        enum Format: String, ExpressibleByArgument, CaseIterable {
            case haivemindYAML = "haivemind-yaml"
            case haivemindJSON = "haivemind-json"
            case hive
        }

        /// What is exported.
        private struct Exported {
            var text: String
            var rules: [String]
            var refusals: [HAIveMindExport.Refusal] = []
            var warnings: [String] = []
        }

        func run() async throws {
            var warnings: [String] = []
            let contents = paths.isEmpty ? try await held(&warnings) : try RuleFilesOnDisk.load(paths)
            var exported = try export(contents)
            exported.warnings = warnings + exported.warnings
            for refusal in exported.refusals {
                Console.write("refused: `\(refusal.rule)`: \(refusal.reason)", toError: true)
            }
            for warning in exported.warnings { Console.write("warning: \(warning)", toError: true) }
            if let output { try RuleFilesOnDisk.write(exported.text, to: output) }
            let items = exported.rules.map(JSONValue.string)
            let refused: [JSONValue] = exported.refusals.map {
                ["rule": .string($0.rule), "reason": .string($0.reason)]
            }
            let result: JSONValue = [
                "items": .array(items), "refused": .array(refused),
                "warnings": .array(exported.warnings.map(JSONValue.string)), "format": .string(format.rawValue),
                "output": output.map(JSONValue.string) ?? .null,
                "text": output == nil ? .string(exported.text) : .null, "next": .null,
            ]
            options.print(
                result, output.map { "\(items.count) rules written to \($0)" } ?? exported.text, as: .document)
            if !exported.refusals.isEmpty { throw ExitCode(1) }
        }

        private func export(_ contents: RuleFiles.Contents) throws -> Exported {
            if format == .hive {
                let documents = contents.entries.map { $0.text.hasSuffix("\n") ? $0.text : $0.text + "\n" }
                return Exported(text: documents.joined(separator: "---\n"), rules: contents.entries.map(\.name))
            }
            do {
                let formatter = ISO8601DateFormatter()
                let export = try HAIveMindExport(contents.rules, timestamp: formatter.string(from: Date()))
                let others = contents.exceptions.map(\.name) + contents.schemas.map(\.name)
                return Exported(
                    text: export.text(format == .haivemindYAML ? .yaml : .json),
                    rules: export.set.rules.map(\.documentName), refusals: export.refusals,
                    warnings: export.warnings + others.map { "`\($0)` is no rule and stays behind" })
            } catch { throw RuleCommands.failure(error) }
        }

        /// The rules that the node holds, as they were written.
        private func held(_ warnings: inout [String]) async throws -> RuleFiles.Contents {
            let client = try options.client()
            var sources: [RuleFiles.Source] = []
            for summary in try await client.rules(as: .operator).items {
                let detail = try await client.rule(summary.name, as: .operator)
                let path = "\(summary.set ?? "default")/\(summary.name).yaml"
                sources.append(RuleFiles.Source(path: path, text: detail.text))
                if !summary.enabled {
                    warnings.append("`\(summary.name)` is switched off on the node; the file does not say so")
                }
            }
            do { return try RuleFiles.load(sources) } catch { throw RuleFilesOnDisk.failure(error) }
        }
    }
}
