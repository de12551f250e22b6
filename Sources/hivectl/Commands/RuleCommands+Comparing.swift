import ArgumentParser
import HiveAPI
import HiveCEL
import HiveRules

/// The commands that hold rules against other rules, or against what was decided.
extension RuleCommands {
    /// `rules diff`.
    struct Diff: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "diff",
            abstract: "Which inputs two versions of rules decide differently; exit code 1 where there are any.",
            discussion: """
                Without --inputs, inputs are made from the cases and conditions of both.

                Example:
                  hivectl rules diff rules rules-next
                """)
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The rules as they are.") var old: String
        @Argument(help: "The rules as they would be.") var new: String
        @Option(help: "A file with one input as JSON in each line; - reads standard input.") var inputs: String?

        func run() throws {
            let before = try RuleFilesOnDisk.compile([old])
            let after = try RuleFilesOnDisk.compile([new])
            let questions = try inputs.map(RuleCommands.values) ?? InputGenerator.inputs(for: [before, after])
            let comparison = LawComparison.compare(before, after, inputs: questions, now: now)
            let items: [JSONValue] = try comparison.differences.map {
                [
                    "input": try RuleCommands.json($0.input), "before": RuleCommands.json($0.before),
                    "after": RuleCommands.json($0.after),
                ]
            }
            options.print(
                ["items": .array(items), "inputs": .integer(Int64(comparison.inputs)), "next": .null] as JSONValue,
                text(comparison))
            if !comparison.differences.isEmpty { throw ExitCode(1) }
        }

        private func text(_ comparison: LawComparison) -> String {
            guard !comparison.differences.isEmpty else { return "\(comparison.inputs) inputs are decided alike" }
            var lines = ["\(comparison.differences.count) of \(comparison.inputs) inputs are decided differently"]
            for group in comparison.groups {
                lines.append("\(group.before) → \(group.after): \(group.inputs.count)")
                lines += group.inputs.prefix(3).map { "  for example \(JSONText.render($0))" }
            }
            return lines.joined(separator: "\n")
        }
    }

    /// `rules replay`.
    struct Replay: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "replay",
            abstract: "Decide recorded questions again by other rules; exit code 1 where an answer changes.",
            discussion: """
                Each line of the file is {\"input\":…,\"decision\":…}, with \"time\" where it matters.

                Example:
                  hivectl rules replay rules --decisions decisions.jsonl
                """)
        @OptionGroup var options: GlobalOptions
        @Argument(help: "A rule file, a folder of them, or pack:NAME.", completion: .file()) var path: String
        @Option(help: "A file with recorded decisions, one JSON object in each line; - reads standard input.")
        var decisions: String

        func run() throws {
            let set = try RuleFilesOnDisk.compile([path])
            let lines = try Console.readFile(decisions).split(omittingEmptySubsequences: false) { $0.isNewline }
            let replay = HiveRules.Replay.run(lines.map(String.init), against: set, now: now)
            for line in replay.unreadable {
                Console.write("line \(line.line) is no record: \(line.reason)", toError: true)
            }
            options.print(try json(replay), text(replay))
            if !replay.unreadable.isEmpty {
                throw Failure.badInput("\(replay.unreadable.count) lines are no records", hint: "mend or remove them")
            }
            if !replay.changes.isEmpty { throw ExitCode(1) }
        }

        private func json(_ replay: HiveRules.Replay) throws -> JSONValue {
            let items: [JSONValue] = try replay.changes.map {
                [
                    "line": .integer(Int64($0.line)), "agent": .string($0.agent),
                    "input": try RuleCommands.json($0.input),
                    "before": RuleCommands.json($0.before), "after": RuleCommands.json($0.after),
                ]
            }
            return [
                "items": .array(items), "total": .integer(Int64(replay.total)),
                "byRule": .array(replay.byRule.map(json)),
                "byAgent": .array(replay.byAgent.map(json)), "next": .null,
            ]
        }

        private func json(_ count: HiveRules.Replay.Count) -> JSONValue {
            [
                "name": .string(count.name), "total": .integer(Int64(count.total)),
                "changed": .integer(Int64(count.changed)), "stricter": .integer(Int64(count.stricter)),
                "looser": .integer(Int64(count.looser)),
            ]
        }

        private func text(_ replay: HiveRules.Replay) -> String {
            var lines = ["\(replay.changes.count) of \(replay.total) decisions would change"]
            for change in replay.changes.prefix(20) {
                lines.append("line \(change.line), \(change.agent): \(change.before) → \(change.after)")
            }
            if replay.changes.count > 20 { lines.append("and \(replay.changes.count - 20) more; --json has all") }
            func rows(_ counts: [HiveRules.Replay.Count]) -> [[String]] {
                counts.map { [$0.name, String($0.total), String($0.changed), String($0.stricter), String($0.looser)] }
            }
            let header = ["TOTAL", "CHANGED", "STRICTER", "LOOSER"]
            lines.append(Table.text(["RULE"] + header, rows(replay.byRule)))
            lines.append(Table.text(["AGENT"] + header, rows(replay.byAgent)))
            return lines.joined(separator: "\n")
        }
    }

    /// The JSON values of a file, one in each line.
    static func values(_ path: String) throws -> [Value] {
        var values: [Value] = []
        let lines = try Console.readFile(path).split(omittingEmptySubsequences: false) { $0.isNewline }
        for (number, line) in lines.enumerated() where !line.allSatisfy(\.isWhitespace) {
            do { values.append(try JSONText.parse(String(line))) } catch {
                throw Failure.badInput(
                    "line \(number + 1) is not valid JSON: \(error)", hint: "write one object in each line")
            }
        }
        return values
    }

    static func json(_ value: Value) throws -> JSONValue { try JSONValue(parsing: JSONText.render(value)) }

    static func json(_ verdict: Verdict) -> JSONValue {
        ["effect": .string(verdict.effect), "rule": verdict.rule.map(JSONValue.string) ?? .null]
    }
}
