/// The extension `math`.
enum MathLibrary {
    typealias Signature = FunctionDeclaration.Signature

    static let functions: [FunctionDeclaration] = extremes + rounding + tests + signs + bits

    private static let numbers: [CELType] = [.int, .uint, .double]

    // MARK: Least and greatest

    private static let extremes: [FunctionDeclaration] = [
        FunctionDeclaration("math.greatest", arity: 1...1000) { a throws(EvaluationError) in
            try extreme("math.greatest", a, .greater)
        },
        FunctionDeclaration("math.least", arity: 1...1000) { a throws(EvaluationError) in
            try extreme("math.least", a, .less)
        },
    ]

    /// What `math.greatest` and `math.least` answer with for numbers of these types; nil for other functions and types.
    static func extremeType(_ name: String, _ types: [CELType]) -> CELType? {
        guard name == "math.greatest" || name == "math.least", !types.isEmpty else { return nil }
        var elements = types
        if types.count == 1, case .list(let element) = types[0] { elements = [element] }
        guard elements.allSatisfy({ numbers.contains($0) || $0 == .dyn }) else { return nil }
        return elements.allSatisfy { $0 == elements[0] } ? elements[0] : .dyn
    }

    private static func extreme(
        _ name: String, _ arguments: [Value], _ wanted: Ordering
    ) throws(EvaluationError) -> Value {
        var values = arguments
        if values.count == 1, case .list(let list) = values[0] { values = list }
        guard var best = values.first else {
            throw EvaluationError(.invalidArgument, "`\(name)` needs at least one number")
        }
        for value in values {
            guard let order = value.compareNumbers(with: best) else {
                throw FunctionDeclaration.mismatch(name, arguments)
            }
            if order == wanted { best = value }
        }
        return best
    }

    // MARK: Doubles

    private static let rounding: [FunctionDeclaration] = [
        rounding("math.ceil") { $0.rounded(.up) }, rounding("math.floor") { $0.rounded(.down) },
        rounding("math.round") { $0.rounded(.toNearestOrAwayFromZero) },
        rounding("math.trunc") { $0.rounded(.towardZero) },
        FunctionDeclaration(
            "math.sqrt", numbers.map { Signature([$0], .double) },
            .unary { v throws(EvaluationError) in
                switch v {
                case .int(let number): .double(Double(number).squareRoot())
                case .uint(let number): .double(Double(number).squareRoot())
                case .double(let number): .double(number.squareRoot())
                default: throw FunctionDeclaration.mismatch("math.sqrt", [v])
                }
            }),
    ]

    private static func rounding(_ name: String, _ body: @escaping @Sendable (Double) -> Double) -> FunctionDeclaration
    {
        FunctionDeclaration(
            name, [Signature([.double], .double)],
            .unary { v throws(EvaluationError) in
                guard case .double(let number) = v else { throw FunctionDeclaration.mismatch(name, [v]) }
                return .double(body(number))
            })
    }

    private static let tests: [FunctionDeclaration] = [
        test("math.isInf") { $0.isInfinite }, test("math.isNaN") { $0.isNaN }, test("math.isFinite") { $0.isFinite },
    ]

    private static func test(_ name: String, _ body: @escaping @Sendable (Double) -> Bool) -> FunctionDeclaration {
        FunctionDeclaration(
            name, [Signature([.double], .bool)],
            .unary { v throws(EvaluationError) in
                guard case .double(let number) = v else { throw FunctionDeclaration.mismatch(name, [v]) }
                return .bool(body(number))
            })
    }

    // MARK: Signs

    private static let signs: [FunctionDeclaration] = [
        FunctionDeclaration(
            "math.abs", numbers.map { Signature([$0], $0) },
            .unary { v throws(EvaluationError) in
                switch v {
                case .int(let number): number < 0 ? try Arithmetic.negate(v) : v
                case .uint: v
                case .double(let number): .double(number.magnitude)
                default: throw FunctionDeclaration.mismatch("math.abs", [v])
                }
            }),
        FunctionDeclaration(
            "math.sign", numbers.map { Signature([$0], $0) },
            .unary { v throws(EvaluationError) in
                switch v {
                case .int(let number): .int(number.signum())
                case .uint(let number): .uint(number == 0 ? 0 : 1)
                case .double(let number): .double(number.isNaN ? number : number > 0 ? 1 : number < 0 ? -1 : 0)
                default: throw FunctionDeclaration.mismatch("math.sign", [v])
                }
            }),
    ]

    // MARK: Bits

    private static let bits: [FunctionDeclaration] = [
        bitwise("math.bitAnd") { $0 & $1 }, bitwise("math.bitOr") { $0 | $1 }, bitwise("math.bitXor") { $0 ^ $1 },
        FunctionDeclaration(
            "math.bitNot", [CELType.int, .uint].map { Signature([$0], $0) },
            .unary { v throws(EvaluationError) in
                switch v {
                case .int(let number): .int(~number)
                case .uint(let number): .uint(~number)
                default: throw FunctionDeclaration.mismatch("math.bitNot", [v])
                }
            }),
        // Shifts fill with zeros, of negative numbers too; Swift's own shifts by 64 and more give zero.
        shift("math.bitShiftLeft") { $0 << $1 }, shift("math.bitShiftRight") { $0 >> $1 },
    ]

    private static func bitwise(
        _ name: String, _ body: @escaping @Sendable (UInt64, UInt64) -> UInt64
    ) -> FunctionDeclaration {
        FunctionDeclaration(
            name, [CELType.int, .uint].map { Signature([$0, $0], $0) },
            .binary { a, b throws(EvaluationError) in
                switch (a, b) {
                case (.int(let left), .int(let right)):
                    .int(Int64(bitPattern: body(UInt64(bitPattern: left), UInt64(bitPattern: right))))
                case (.uint(let left), .uint(let right)): .uint(body(left, right))
                default: throw FunctionDeclaration.mismatch(name, [a, b])
                }
            })
    }

    private static func shift(
        _ name: String, _ body: @escaping @Sendable (UInt64, Int64) -> UInt64
    ) -> FunctionDeclaration {
        FunctionDeclaration(
            name, [CELType.int, .uint].map { Signature([$0, .int], $0) },
            .binary { a, b throws(EvaluationError) in
                guard case .int(let count) = b else { throw FunctionDeclaration.mismatch(name, [a, b]) }
                guard count >= 0 else {
                    throw EvaluationError(.invalidArgument, "`\(name)` by a negative offset \(count)")
                }
                switch a {
                case .int(let number): return .int(Int64(bitPattern: body(UInt64(bitPattern: number), count)))
                case .uint(let number): return .uint(body(number, count))
                default: throw FunctionDeclaration.mismatch(name, [a, b])
                }
            })
    }
}
