import HiveCEL
import Testing

/// Types that are found, and problems that are found before anything runs.
@Suite struct CheckerTests {
    private static let environment = Environment.standard
        .declaring(variable: "count", as: .int).declaring(variable: "names", as: .list(.string))
        .declaring(variable: "labels", as: .map(.string, .string)).declaring(variable: "any", as: .dyn)
        .declaring(object: "Agent", fields: ["name": .string, "roles": .list(.string)])
        .declaring(variable: "agent", as: .object("Agent")).declaring(variable: "maybe", as: .optional(.int))

    @Test(
        "A type is found as far as it can be known",
        arguments: [
            ("1", .int), ("count + 1", .int), ("names[0]", .string), ("labels.x", .string), ("any.x", .dyn),
            ("agent.name", .string),
            ("[1, 2.0]", .list(.dyn)), ("[1, dyn(2)]", .list(.dyn)), ("[]", .list(.dyn)), ("{}", .map(.dyn, .dyn)),
            ("{'a': 1}", .map(.string, .int)), ("names.map(n, size(n))", .list(.int)),
            ("names.filter(n, n != '')", .list(.string)),
            ("{'a': 1}.transformMap(k, v, string(v))", .map(.string, .string)), ("names.all(n, true)", .bool),
            ("type(1)", .typeOf(.int)),
            ("true ? 1 : dyn('a')", .dyn), ("maybe.orValue(3)", .int),
            ("maybe.optMap(v, string(v))", .optional(.string)),
            ("agent.?name", .optional(.string)), ("names[?0]", .optional(.string)),
            ("names.first()", .optional(.string)),
            ("[optional.of(1), optional.none()]", .list(.optional(.int))), ("[[], [1]]", .list(.list(.int))),
            ("timestamp(0) - timestamp(1)", .duration), ("[null, timestamp(0)]", .list(.timestamp)),
            ("int", .typeOf(.int)),
            ("cel.bind(x, 1u, [x])", .list(.uint)), ("math.greatest(1, 2)", .int), ("math.greatest(1, 2.0)", .dyn),
            ("names.sortBy(n, size(n))", .list(.string)), ("labels.transformList(k, v, k + v)", .list(.string)),
            ("true ? optional.of(1) : optional.of(dyn(1))", .optional(.dyn)),
        ] as [(String, CELType)])
    func types(source: String, expected: CELType) throws {
        #expect(try Program.compile(source, in: Self.environment).resultType == expected)
    }

    @Test(
        "A problem has its place, its kind and advice",
        arguments: [
            ("count + 'a'", 1, 7, .noSuchOverload, "convert"),
            ("coumt > 1", 1, 1, .unknownVariable, "did you mean `count`?"),
            ("agent.nam == ''", 1, 6, .noSuchField, "did you mean `name`?"),
            ("sise(names)", 1, 1, .unknownFunction, "did you mean `size`?"),
            ("count.size()", 1, 6, .noSuchOverload, ""),
            ("contains('a', 'b')", 1, 1, .unknownFunction, "value.contains"),
            ("1 == 1.0", 1, 3, .noSuchOverload, "dyn(x)"),
            ("names.exists(n,\n  n + 1 == '')", 2, 5, .noSuchOverload, ""),
            ("count && true", 1, 1, .noSuchOverload, ""), ("count.x", 1, 6, .noSuchOverload, ""),
            ("1.all(x, true)", 1, 1, .noSuchOverload, ""),
            ("{1.5: 2}", 1, 2, .unsupportedKeyType, ""), ("[?count]", 1, 3, .noSuchOverload, "optional.of"),
            ("names.all(n, n)", 1, 14, .noSuchOverload, ""),
            ("maybe.optFlatMap(v, v)", 1, 21, .noSuchOverload, "optMap"),
            ("'a'.matches('(')", 1, 4, .invalidArgument, "RE2"), ("count ? 1 : 2", 1, 7, .noSuchOverload, ""),
            ("[1].transformMapEntry(i, v, v)", 1, 29, .noSuchOverload, "key: value"),
            ("-names", 1, 1, .noSuchOverload, ""),
            ("size(names, 1)", 1, 1, .noSuchOverload, ""),
        ] as [(String, Int, Int, EvaluationError.Kind, String)])
    func problems(source: String, line: Int, column: Int, kind: EvaluationError.Kind, hint: String) throws {
        let error = try #require(throws: CompilationError.self) { try Program.compile(source, in: Self.environment) }
        #expect((error.position.line, error.position.column) == (line, column), "\(error)")
        #expect(error.kind == kind)
        #expect(hint.isEmpty || error.hint.contains(hint), "\(error.hint)")
        #expect(error.diagnostics.count == 1, "\(error)")
    }

    @Test("All problems are reported at once, in the order of the source")
    func several() throws {
        let error = try #require(throws: CompilationError.self) {
            try Program.compile("nope + 1 > 2 &&\ncount == 'a' || agent.x", in: Self.environment)
        }
        #expect(error.diagnostics.map(\.kind) == [.unknownVariable, .noSuchOverload, .noSuchField])
        #expect(error.diagnostics.map(\.position.line) == [1, 2, 2])
    }

    @Test("A name is looked up in its container first, and a dot before it skips that")
    func containers() throws {
        let environment = Environment.standard.declaring(variable: "a.b.x", as: .int).declaring(
            variable: "x", as: .string
        )
        .inside(container: "a.b.c")
        #expect(try Program.compile("x", in: environment).resultType == .int)
        #expect(try Program.compile(".x", in: environment).resultType == .string)
        #expect(try Program.compile("[true].all(x, x)", in: environment).resultType == .bool)
        #expect(try Program.compile("b.x", in: environment).variables == ["a.b.x"])
    }

    @Test("What the checker takes has the type that it found", arguments: 0..<10 as Range<UInt64>)
    func soundness(seed: UInt64) throws {
        var generator = ExpressionGenerator(random: Random(seed: seed))
        let environment = Environment.standard.declaring(variable: "a", as: .int).declaring(
            variable: "b", as: .list(.int))
        for _ in 0..<300 {
            let source = unparse(generator.expression(depth: 4))
            guard let program = try? Program.compile(source, in: environment),
                case .success(let value) = program.evaluate(
                    DictionaryActivation(["a": .int(1), "b": .list([.int(2)])]))
            else { continue }
            #expect(Self.fits(value, program.resultType), "\(source) is \(program.resultType)")
        }
    }

    /// Whether a value is of a type, as far as the type says; what the checker lets be null may be null.
    private static func fits(_ value: Value, _ type: CELType) -> Bool {
        switch (type, value) {
        case (.dyn, _): true
        case (.bool, .bool), (.int, .int), (.uint, .uint), (.double, .double), (.string, .string), (.bytes, .bytes):
            true
        case (.null, .null), (.type, .type), (.typeOf, .type), (.optional, .null): true
        case (.list(let element), .list(let values)): values.allSatisfy { fits($0, element) }
        case (.map(let key, let element), .map(let map)):
            map.entries.allSatisfy { fits($0.key, key) && fits($0.value, element) }
        case (.optional(let inner), .object): value.optional.map { $0.value.map { fits($0, inner) } ?? true } ?? false
        case (.object, _), (.abstract, _), (.timestamp, _), (.duration, _): true
        default: false
        }
    }
}
