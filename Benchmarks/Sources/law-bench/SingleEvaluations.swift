import HiveCEL

/// Evaluates each expression of a workload, says what came of it and how long that took.
struct SingleEvaluations {
    private let cases: [Value]

    init(_ workload: Value) throws { cases = try workload.elements() }

    func run() throws -> [String: Value] {
        ["answers": .list(try cases.map { .map(ValueMap(try measure($0))) })]
    }

    private func measure(_ item: Value) throws -> [String: Value] {
        let source = try (item.optional("hive") ?? item.part("expression")).text()
        var environment = Environment.standard
        var values: [String: Value] = [:]
        if case .map(let map) = try item.part("variables") {
            for entry in map.entries {
                let name = try entry.key.text()
                environment = environment.declaring(variable: name, as: .dyn)
                values[name] = entry.value
            }
        }
        let program = try Program.compile(source, in: environment)
        let activation = PlacedActivation(values, in: environment)
        let answer: [String: Value]
        switch program.evaluate(activation) {
        case .success(let value): answer = ["value": value]
        case .failure: answer = ["error": .bool(true)]
        }
        return answer.merging(["nanoseconds": .double(Self.time(program, activation))]) { first, _ in first }
    }

    /// The least of five runs of about twenty milliseconds each.
    private static func time(_ program: Program, _ activation: PlacedActivation) -> Double {
        var rounds = 1
        while elapsed(rounds, program, activation) < 5_000_000 { rounds *= 2 }
        rounds *= 4
        let best = (0..<5).map { _ in elapsed(rounds, program, activation) }.min() ?? 0
        return Double(best) / Double(rounds)
    }

    private static func elapsed(_ rounds: Int, _ program: Program, _ activation: PlacedActivation) -> Int64 {
        let watch = Stopwatch()
        for _ in 0..<rounds { _ = program.evaluate(activation) }
        return watch.nanoseconds
    }
}
