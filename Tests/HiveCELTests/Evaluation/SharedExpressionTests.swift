import HiveCEL
import Synchronization
import Testing

@Suite struct SharedExpressionTests {
    /// Variables, and room for what programs share.
    private struct Question: Activation {
        let values: [String: Value]
        var sharedResults: SharedResults?

        func value(named name: String) -> Value? { values[name] }
    }

    /// A function that counts its calls.
    private final class Counter: Sendable {
        private let calls = Mutex(0)

        var count: Int { calls.withLock { $0 } }

        var environment: Environment {
            Environment.standard.declaring(variable: "x", as: .list(.int)).declaring(variable: "own", as: .int)
                .declaring(
                    function: FunctionDeclaration(
                        "heavy", isMember: false, arity: 1...1, signatures: [.init([.dyn], .int)]
                    ) { arguments throws(EvaluationError) in
                        self.calls.withLock { $0 += 1 }
                        guard case .list(let values) = arguments[0] else {
                            throw EvaluationError(.noSuchOverload, "heavy takes a list")
                        }
                        return .int(Int64(values.count))
                    })
        }
    }

    private func programs(
        _ sources: [String], _ environment: Environment, excluding: Set<String> = []
    ) throws -> (programs: [Program], shared: SharedExpressions) {
        let shared = SharedExpressions(of: try sources.map { try Expression.parse($0) }, excluding: excluding)
        return (try sources.map { try Program.compile($0, in: environment, sharing: shared) }, shared)
    }

    private func text(_ result: Result<Value, EvaluationError>) -> String {
        switch result {
        case .success(let value): JSONText.render(value)
        case .failure(let error): error.description
        }
    }

    @Test("However many parts are shared, each is evaluated once", arguments: [2, 64, 65, 300])
    func many(count: Int) throws {
        let counter = Counter()
        let sources = (0..<count).map { "heavy([\($0)].map(e, e + own)) == 1" }
        let (programs, shared) = try programs(sources + sources, counter.environment)
        #expect(shared.count >= count)
        let question = Question(values: ["own": .int(1)], sharedResults: SharedResults(for: shared))
        #expect(programs.allSatisfy { text($0.evaluate(question)) == "true" })
        #expect(counter.count == count)
    }

    @Test("What two programs ask for is evaluated once")
    func once() throws {
        let counter = Counter()
        let (programs, shared) = try programs(
            ["heavy(x) == 3", "heavy(x) > own", "x.exists(e, e == heavy( x ))"], counter.environment)
        let question = Question(
            values: ["x": .list([.int(1), .int(2), .int(3)]), "own": .int(1)], sharedResults: SharedResults(for: shared)
        )
        #expect(programs.map { text($0.evaluate(question)) } == ["true", "true", "true"])
        #expect(counter.count == 1)
        let other = Question(values: question.values)
        for program in programs { _ = try program.evaluate(other).get() }
        #expect(counter.count == 6, "nothing to keep results in, nothing kept")
    }

    @Test("Names that macros make, and names that are a program's own, are not shared")
    func locals() throws {
        let counter = Counter()
        let sources = [
            "[[1], [1, 2]].map(e, heavy(e))", "[[3, 3, 3]].map(e, heavy(e))", "heavy([own])", "heavy([own])",
        ]
        let (programs, shared) = try programs(sources, counter.environment, excluding: ["own"])
        #expect(shared.count == 0)
        let results = SharedResults(for: shared)
        let question = Question(values: ["own": .int(1)], sharedResults: results)
        #expect(programs.map { text($0.evaluate(question)) } == ["[1,2]", "[3]", "1", "1"])
    }

    @Test("A name that hides a variable keeps its meaning")
    func shadows() throws {
        let sources = ["x.filter(e, e > 1).size()", "[[5]].map(x, x.filter(e, e > 1).size())[0]"]
        let (programs, shared) = try programs(sources, Counter().environment)
        let results = SharedResults(for: shared)
        let question = Question(values: ["x": .list([.int(1), .int(2), .int(3)])], sharedResults: results)
        #expect(programs.map { text($0.evaluate(question)) } == ["2", "1"])
    }

    @Test(
        "Costs and errors are those of a program by itself",
        arguments: ["x.all(e, 6 / e > 0)", "x.map(e, e * e)[7] > 0"])
    func sameAnswers(part: String) throws {
        let sources = ["\(part) || own == 7", "own == 1 &&\n  \(part)"]
        let environment = Counter().environment
        let (programs, shared) = try programs(sources, environment)
        #expect(shared.count > 0)
        for values: [Int64] in [[1, 2, 3], [1, 0], [7, 7, 7, 7, 7, 7, 7, 7, 7]] {
            let results = SharedResults(for: shared)
            let question = Question(
                values: ["x": .list(values.map(Value.int)), "own": .int(1)], sharedResults: results)
            for (source, program) in zip(sources, programs) {
                let alone = try Program.compile(source, in: environment)
                for budget in 0..<80 {
                    let expected = alone.evaluate(Question(values: question.values), budget: budget)
                    #expect(text(program.evaluate(question, budget: budget)) == text(expected), "\(values), \(budget)")
                }
            }
        }
    }
}
