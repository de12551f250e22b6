import HiveCEL
import Testing

@Suite struct ConcurrencyTests {
    @Test("Variables by place have the same values as by name, also for programs of another environment")
    func places() throws {
        let one = Environment.standard.declaring(variable: "b", as: .int).declaring(variable: "c", as: .int)
        let other = one.declaring(variable: "a", as: .int)
        var activation = PlacedActivation(["b": .int(2), "c": .int(3), "z": .int(9)], in: one)
        #expect(try Program.compile("b * 10 + c", in: one).evaluate(activation).get().equals(.int(23)))
        #expect(try Program.compile("b * 10 + c", in: other).evaluate(activation).get().equals(.int(23)))
        activation["c"] = .int(4)
        #expect(activation["c"]?.equals(.int(4)) == true && activation["z"] == nil)
        let missing = try Program.compile("a + b", in: other).evaluate(activation)
        let error = #expect(throws: EvaluationError.self) { try missing.get() }
        #expect(error?.kind == .unknownVariable)
    }

    @Test("One program is evaluated by many tasks at once, each with its own variables")
    func sharing() async throws {
        let source =
            "cel.bind(s, x.map(e, e * n), s.exists(e, e == 9 * n) && s.size() == 10 && string(n).matches('^[0-9]+$'))"
        let environment = Environment.standard.declaring(variable: "x", as: .list(.int)).declaring(
            variable: "n", as: .int)
        let program = try Program.compile(source, in: environment)
        let answers = await withTaskGroup(of: Int.self) { group in
            for task in 0..<16 {
                group.addTask {
                    (0..<200).count { round in
                        let count = Int64(round % 2 == 0 ? 10 : 9)
                        let values: [String: Value] = [
                            "x": .list((0..<count).map(Value.int)), "n": .int(Int64(task + 1)),
                        ]
                        guard case .success(.bool(let truth)) = program.evaluate(DictionaryActivation(values)) else {
                            return false
                        }
                        return truth == (count == 10)
                    }
                }
            }
            return await group.reduce(0, +)
        }
        #expect(answers == 16 * 200)
    }
}
