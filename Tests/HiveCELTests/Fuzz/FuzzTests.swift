import Foundation
import HiveCEL
import Testing

/// Feeds nonsense to everything that reads text. A trap ends the process, so that coming to the end is the test.
/// `HIVE_CEL_FUZZ` says how many inputs, `HIVE_CEL_FUZZ_SEED` where to begin.
@Suite struct FuzzTests {
    private static let inputs = number("HIVE_CEL_FUZZ") ?? 1500
    private static let firstSeed = UInt64(number("HIVE_CEL_FUZZ_SEED") ?? 1)

    private static func number(_ name: String) -> Int? { ProcessInfo.processInfo.environment[name].flatMap { Int($0) } }

    private static let environment = Environment.standard.declaring(variable: "x", as: .dyn)
        .declaring(variable: "a", as: .map(.string, .dyn)).declaring(variable: "b", as: .optional(.int))
        .using(timeZones: SystemTimeZones())

    private static let activation = DictionaryActivation([
        "x": .list([.int(.min), .string("e\u{301}"), .map(ValueMap(["y": .double(.nan)]))]),
        "a": .map(ValueMap(["b": .bytes([0, 255])])), "b": .optional(.int(3)),
    ])

    @Test("No source makes the lexer, the parser, the checker, the unparser or an evaluation trap")
    func sources() throws {
        var mutator = Mutator(random: Random(seed: Self.firstSeed))
        for _ in 0..<Self.inputs {
            let source = mutator.source()
            let checked = Result { try Program.compile(source, in: Self.environment) }
            guard
                case .success(let program) = Result(catching: {
                    try Program.compileUnchecked(source, in: Self.environment)
                })
            else {
                // What does not parse has a place within the source.
                guard case .failure(let error as CompilationError) = checked else {
                    Issue.record("only the checker takes \(source)")
                    continue
                }
                #expect(
                    error.position.line >= 1 && error.position.line <= source.unicodeScalars.count { $0 == "\n" } + 1)
                continue
            }
            _ = program.evaluate(Self.activation, budget: 20_000)
            if case .success(let program) = checked { _ = program.evaluate(Self.activation, budget: 20_000) }
            let written = unparse(program.syntax)
            let again = try Program.compileUnchecked(
                written, in: Self.environment, limits: CompilationLimits(bytes: 1_000_000, depth: 500))
            #expect(Shape.text(again.syntax) == Shape.text(program.syntax), "\(source) became \(written)")
        }
    }

    @Test("No expression makes the checker or an evaluation trap, and an evaluation ends within its budget")
    func expressions() throws {
        var generator = ExpressionGenerator(random: Random(seed: Self.firstSeed))
        for _ in 0..<Self.inputs {
            let source = unparse(generator.expression(depth: 5))
            _ = try? Program.compile(source, in: Self.environment)
            _ = try Program.compileUnchecked(source, in: Self.environment).evaluate(Self.activation, budget: 5000)
        }
    }

    @Test("No pattern makes the regular expressions trap")
    func patterns() {
        var mutator = Mutator(random: Random(seed: Self.firstSeed))
        let parts = [
            "a", "b", ".", "*", "+", "?", "{2}", "{1,3}", "{,", "|", "(", ")", "(?i)", "(?:", "(?P<n>", "[", "]", "^",
            "$", "\\",
            "\\p{L}", "\\Q", "\\E", "\\b", "[:alpha:]", "-", "\\x{10FFFF}", "é", "{1000}", "\\d",
        ]
        for _ in 0..<Self.inputs {
            let pattern = (0..<mutator.random.below(12)).map { _ in mutator.random.pick(parts) }.joined()
            guard let expression = try? RegularExpression(pattern) else { continue }
            _ = expression.matches("aab\né1")
            _ = expression.matches("")
        }
    }

    @Test("No text makes the readers of values trap")
    func values() {
        var mutator = Mutator(random: Random(seed: Self.firstSeed))
        let seeds = [
            "2024-02-29T12:30:45.123456789+02:00", "-1h30m0.5s", "9223372036854775807ns", "::ffff:1.2.3.4",
            "fe80::1%en0",
            "10.0.0.0/8", "{\"int64Value\": \"9223372036854775807\"}",
            "[1, -2.5e3, \"\\ud83d\\ude00\", null, {\"a\": true}]",
        ]
        for _ in 0..<Self.inputs {
            var bytes = Array(mutator.random.pick(seeds).utf8)
            for _ in 0...mutator.random.below(4) {
                let place = mutator.random.below(bytes.count + 1)
                let end = min(bytes.count, place + mutator.random.below(4))
                let new = (0..<mutator.random.below(3)).map { _ in
                    mutator.random.pick(Array("0123456789-+:.TZsmh{}[]\"\\u".utf8))
                }
                bytes.replaceSubrange(place..<end, with: new)
            }
            let text = String(decoding: bytes, as: UTF8.self)
            _ = Timestamp(text)
            _ = try? Duration64(text)
            _ = try? IPAddress(text)
            _ = try? AddressRange(text)
            if let json = try? JSONText.parse(text) {
                _ = try? ProtoJSON.value(json)
                _ = try? ProtoJSON.type(json)
                #expect(JSONText.render(json).isEmpty == false)
            }
            _ = EvaluationCase.answer(text)
        }
    }
}
