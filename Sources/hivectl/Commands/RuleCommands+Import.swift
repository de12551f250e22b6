import ArgumentParser
import Foundation
import HiveAPI
import HiveRules

/// The commands that bring rules from elsewhere and give them back.
extension RuleCommands {
    /// `rules import`.
    struct Import: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "import",
            abstract: "Bring rules of hAIveMind along, YAML or JSON, whole or not at all.",
            discussion: """
                Each rule becomes one document with its id as the name and its priority as it was. With --to the
                documents are written to a folder; else they become a set of the hive, as `rules push` does it.

                Example:
                  hivectl rules import rules.yaml --dry-run
                """
        )
        @OptionGroup var options: GlobalOptions
        @Argument(help: "A rule or a set of rules; - reads standard input.", completion: .file()) var file: String
        @Option(name: .customLong("to"), help: "Write the rules to this folder, one file for each.") var folder: String?
        @Option(name: .customLong("set"), help: "The name of the set; default: that of the file.") var name: String?
        @Flag(help: "Only say what each rule would become.") var dryRun = false

        private var set: String {
            if let name { return name }
            let base = file.split(separator: "/").last.map(String.init) ?? ""
            let stem = base.prefix { $0 != "." }.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }
            return stem.contains { $0 != "-" } ? String(stem.prefix(64)) : "haivemind"
        }

        func run() async throws {
            guard (1...64).contains(set.count),
                set.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "._-@".contains($0)) })
            else {
                throw Failure.badInput(
                    "`\(set)` is no name of a set", hint: "use letters, digits, `.`, `_`, `-`, at most 64")
            }
            let source = RuleFiles.Source(path: file, text: try Console.readFile(file))
            let imported: HAIveMindImport
            do { imported = try HAIveMindImport.read(source, set: set) } catch { throw RuleCommands.failure(error) }
            for entry in imported.rules {
                for warning in entry.warnings { Console.write("warning: `\(entry.name)` \(warning)", toError: true) }
            }
            if dryRun { return report(imported, did: "would be imported", []) }
            if let folder { return report(imported, did: "written to \(folder)", try write(imported, to: folder)) }
            let sources = imported.rules.map { RuleSource(path: "\(set)/\($0.name).yaml", text: $0.text) }
            let answer = try await options.client().push(PushRules(sources: sources, set: set), as: .operator)
            let problems = answer.problems.map(\.message).joined(separator: "; ")
            let state = answer.active ? "in force" : "stored, but not in force: \(problems)"
            report(imported, did: "\(state) as \(answer.set) version \(answer.version)", [], pushed: answer)
            if !answer.active { throw ExitCode(1) }
        }

        /// One file for each rule, and one that names the set. Files that are there already are replaced.
        private func write(_ imported: HAIveMindImport, to folder: String) throws -> [String] {
            do {
                try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            } catch {
                throw Failure.badInput(
                    "`\(folder)` cannot be made: \(error.localizedDescription)", hint: "choose another folder")
            }
            var files = imported.rules.map { (path: "\(folder)/\($0.name).yaml", text: $0.text) }
            if name != nil {
                let text = "apiVersion: hive/v1\nkind: RuleSet\nmetadata:\n  name: \(set)\n"
                files.append((path: "\(folder)/set.yaml", text: text))
            }
            for file in files { try RuleFilesOnDisk.write(file.text, to: file.path) }
            return files.map(\.path)
        }

        private func report(
            _ imported: HAIveMindImport, did what: String, _ files: [String], pushed: PushAnswer? = nil
        ) {
            let items: [JSONValue] = imported.rules.map { entry in
                [
                    "name": .string(entry.name), "version": .integer(entry.rule.version),
                    "type": .string(entry.rule.type), "scope": .string(entry.rule.scope.rawValue),
                    "priority": .integer(Int64(entry.rule.priority)), "effect": .string(entry.rule.effect.rawValue),
                    "enforcement": .string(entry.rule.enforcement.rawValue),
                    "warnings": .array(entry.warnings.map(JSONValue.string)),
                ]
            }
            let result: JSONValue = [
                "set": .string(set), "items": .array(items), "dryRun": .bool(dryRun),
                "files": .array(files.map(JSONValue.string)), "pushed": pushed?.json ?? .null, "next": .null,
            ]
            let rows = imported.rules.map {
                [
                    $0.name, $0.rule.scope.rawValue, String($0.rule.priority), $0.rule.effect.rawValue,
                    $0.rule.enforcement.rawValue,
                ]
            }
            let table = Table.text(["RULE", "SCOPE", "PRIORITY", "EFFECT", "ENFORCEMENT"], rows)
            options.print(result, "\(table)\n\(imported.rules.count) rules \(what)")
        }
    }

    /// Everything that is wrong with a file, as one error.
    static func failure(_ failure: HAIveMindFailure) -> HiveError {
        let lines = failure.errors.map(\.description)
        let count = lines.count == 1 ? "" : "\(lines.count) errors:\n"
        return HiveError(
            .invalidRule, count + lines.joined(separator: "\n"), hint: "mend the file; nothing was changed")
    }
}
