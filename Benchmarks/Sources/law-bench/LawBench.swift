import Foundation
import HiveCEL

/// The law's side of `make bench-law`. Each command reads a workload that the peers read as well and prints one line of
/// JSON.
///
///     law-bench expressions FILE       single evaluations
///     law-bench rules FILE             compile a set, check every verdict, time each decision
///     law-bench repeat FILE ROUNDS     the same decisions again and again, for a profiler to count
///     law-bench swap SWAPS READERS     decide while the law is swapped
@main
struct LawBench {
    static func main() throws {
        let arguments = CommandLine.arguments.dropFirst()
        switch (arguments.first, Array(arguments.dropFirst())) {
        case ("expressions", let rest) where rest.count == 1: show(try SingleEvaluations(read(rest[0])).run())
        case ("rules", let rest) where rest.count == 1: show(try RuleWorkload(read(rest[0])).measure())
        case ("repeat", let rest) where rest.count == 2:
            show(try RuleWorkload(read(rest[0])).decide(rounds: Int(rest[1]) ?? 1))
        case ("swap", let rest) where rest.count == 2:
            show(try HotSwap(swaps: Int(rest[0]) ?? 1_000, readers: Int(rest[1]) ?? 2).run())
        default:
            throw BenchError("say expressions FILE, rules FILE, repeat FILE ROUNDS, or swap SWAPS READERS")
        }
    }

    private static func read(_ path: String) throws -> Value {
        try JSONText.parse(String(contentsOfFile: path, encoding: .utf8))
    }

    private static func show(_ result: [String: Value]) { print(JSONText.render(.map(ValueMap(result)))) }
}

/// Why there is nothing to report.
struct BenchError: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}
