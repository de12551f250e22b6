import Foundation
import HiveCEL
import HiveRules

/// A set of rules with questions and the verdicts that every engine must give.
struct RuleWorkload {
    private let rules: [Value]
    private let questions: [(input: DecisionInput, allowed: Bool)]

    init(_ workload: Value) throws {
        rules = try workload.part("rules").elements()
        questions = try workload.part("questions").elements().map { question in
            (try DecisionInput(Self.input(question)), try question.part("allowed").truth())
        }
    }

    private static func input(_ question: Value) throws -> Value {
        .map(
            ValueMap([
                "event": .string("tool.pre"), "tool": try question.part("tool"), "path": try question.part("path"),
                "command": try question.part("command"),
                "git": .map(ValueMap(["branch": try question.part("branch")])),
                "agent": .map(ValueMap(["roles": try question.part("roles")])),
            ]))
    }

    /// Compiles, checks all verdicts, then times each decision by itself.
    func measure() throws -> [String: Value] {
        let before = Self.residentKilobytes
        let watch = Stopwatch()
        let set = try compile()
        let compiling = watch.nanoseconds
        let after = Self.residentKilobytes
        var candidates = 0
        for (place, question) in questions.enumerated() {
            let decision = set.decide(question.input, now: 0)
            candidates += decision.candidates
            guard decision.allowed == question.allowed, decision.errors.isEmpty else {
                throw BenchError("question \(place): the verdict should be \(question.allowed): \(decision)")
            }
        }
        var samples = [true: Samples(), false: Samples()]
        let budget = Stopwatch()
        repeat {
            for question in questions {
                let watch = Stopwatch()
                let decision = set.decide(question.input, now: 0)
                samples[decision.allowed]?.append(watch.nanoseconds)
            }
        } while budget.nanoseconds < 1_000_000_000
        return [
            "allow": samples[true]?.summary ?? .null, "deny": samples[false]?.summary ?? .null,
            "compile_ns": .int(compiling), "resident_kb": .int(after - before),
            "candidates": .double(Double(candidates) / Double(questions.count)),
        ]
    }

    /// Only decides, for a profiler: what two numbers of rounds differ in is the decisions.
    func decide(rounds: Int) throws -> [String: Value] {
        let set = try compile()
        var denied = 0
        for _ in 0..<rounds {
            for question in questions where !set.decide(question.input, now: 0).allowed { denied += 1 }
        }
        return ["decisions": .int(Int64(rounds * questions.count)), "denied": .int(Int64(denied))]
    }

    private func compile() throws -> CompiledRuleSet {
        var loaded: [Rule] = []
        for start in stride(from: 0, to: rules.count, by: 500) {
            let documents = try rules[start..<min(start + 500, rules.count)].map { try $0.part("yaml").text() }
            let source = RuleFiles.Source(path: "bench/\(start).yaml", text: documents.joined(separator: "\n---\n"))
            loaded += try RuleFiles.load([source]).rules
        }
        return try CompiledRuleSet.compile(loaded, label: "bench")
    }

    /// What of the process is in memory, where the system tells.
    private static var residentKilobytes: Int64 {
        guard let status = FileManager.default.contents(atPath: "/proc/self/status") else { return 0 }
        let line = String(decoding: status, as: UTF8.self).split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
        return line.flatMap { Int64($0.filter(\.isNumber)) } ?? 0
    }
}
