import HiveCEL
import Testing

@Suite struct BudgetTests {
    /// The least budget within which an expression has a value.
    private func cost(_ source: String) throws -> Int {
        let program = try Program.compile(source, in: Environment.standard.declaring(variable: "x", as: .list(.int)))
        let activation = DictionaryActivation(["x": .list((0..<100).map(Value.int))])
        var low = 0
        var high = Program.defaultBudget
        _ = try program.evaluate(activation, budget: high).get()
        while low < high {
            let middle = (low + high) / 2
            if case .success = program.evaluate(activation, budget: middle) { high = middle } else { low = middle + 1 }
        }
        return low
    }

    @Test("More work costs more, in proportion")
    func proportion() throws {
        let one = try cost("x.all(e, e >= 0)")
        let two = try cost("x.all(e, e >= 0) && x.all(e, e >= 0)")
        #expect(two == 2 * one)
        #expect((100...1000).contains(one))
        #expect(try cost("x.all(e, x.all(f, e + f >= 0))") > 50 * one)
        #expect(try cost("1 + 1 == 2") <= 4)
    }

    @Test("What is not evaluated costs nothing")
    func laziness() throws {
        #expect(try cost("true || x.all(e, e >= 0)") <= 2)
        #expect(try cost("cel.bind(y, x.map(e, e), true || y.size() > 0)") <= 3)
        let shared = try cost("cel.bind(y, x.map(e, e * e), y.size() + y.size() + y.size() > 0)")
        #expect(try shared < 2 * cost("x.map(e, e * e).size() > 0"))
    }

    @Test("Long texts and lists cost more than short ones")
    func sizes() throws {
        let long = "'" + String(repeating: "a", count: 8000) + "'"
        #expect(try cost("\(long).contains('b')") > 400)
        #expect(try cost("\(long).matches('(a|b)+c')") > cost("'a'.matches('(a|b)+c')") + 1000)
        #expect(try cost("x == x") > 100)
    }

    @Test(
        "A spent budget is not absorbed by && and ||, nor by macros",
        arguments: [
            "x.all(e, x.all(f, e + f >= 0)) || true", "[1].exists(i, x.all(e, x.all(f, e + f >= 0)))",
            "x.all(e, x.all(f, e + f >= 0)) && false",
        ])
    func absorption(source: String) throws {
        let program = try Program.compile(source, in: Environment.standard.declaring(variable: "x", as: .list(.int)))
        let result = program.evaluate(DictionaryActivation(["x": .list((0..<100).map(Value.int))]), budget: 1000)
        let error = #expect(throws: EvaluationError.self) { try result.get() }
        #expect(error?.kind == .budgetExceeded)
    }

    @Test("A function of the host pays from the same budget")
    func hosts() throws {
        var meter = Meter(2)
        try meter.spend(2)
        #expect(meter.remaining == 0)
        let error = #expect(throws: EvaluationError.self) { try meter.spend(1) }
        #expect(error?.kind == .budgetExceeded)
    }
}
