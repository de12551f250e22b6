/// The functions that the language itself has, except those on times.
enum StandardLibrary {
    typealias Signature = FunctionDeclaration.Signature

    static let functions: [FunctionDeclaration] = conversions + sizes + predicates

    private static let anything = CELType.parameter("A")

    private static let conversions: [FunctionDeclaration] = [
        FunctionDeclaration("type", [Signature([anything], .typeOf(anything))], .unary { .type($0.typeName) }),
        FunctionDeclaration("dyn", [Signature([anything], .dyn)], .unary { $0 }),
        conversion("int", from: [.int, .uint, .double, .string, .timestamp], to: .int) {
            v throws(EvaluationError) in
            if let timestamp = v.timestamp { return .int(timestamp.seconds) }
            return .int(try Conversion.integer(v, as: Int64.self))
        },
        conversion("uint", from: [.int, .uint, .double, .string], to: .uint) { v throws(EvaluationError) in
            .uint(try Conversion.integer(v, as: UInt64.self))
        },
        conversion("double", from: [.int, .uint, .double, .string], to: .double) { v throws(EvaluationError) in
            .double(try Conversion.double(v))
        },
        conversion("bool", from: [.bool, .string], to: .bool) { v throws(EvaluationError) in
            .bool(try Conversion.bool(v))
        },
        conversion(
            "string",
            from: [
                .bool, .int, .uint, .double, .string, .bytes, .timestamp, .duration, .object(IPAddress.typeName),
                .object(AddressRange.typeName),
            ], to: .string
        ) { v throws(EvaluationError) in .string(try Conversion.string(v)) },
        conversion("bytes", from: [.string, .bytes], to: .bytes) { v throws(EvaluationError) in
            switch v {
            case .string(let text): .bytes(Array(text.utf8))
            case .bytes: v
            default: throw FunctionDeclaration.mismatch("bytes", [v])
            }
        },
    ]

    private static func conversion(
        _ name: String, from types: [CELType], to result: CELType,
        _ body: @escaping @Sendable (Value) throws(EvaluationError) -> Value
    ) -> FunctionDeclaration {
        FunctionDeclaration(name, types.map { Signature([$0], result) }, .unary(body))
    }

    private static let sizes: [FunctionDeclaration] = {
        let types: [CELType] = [.string, .bytes, .list(anything), .map(anything, .parameter("B"))]
        let signatures = types.map { Signature([$0], .int) }
        return [
            FunctionDeclaration("size", signatures, .unary(size)),
            FunctionDeclaration("size", isMember: true, signatures, .unary(size)),
        ]
    }()

    private static func size(_ value: Value) throws(EvaluationError) -> Value {
        switch value {
        case .string(let text): .int(Int64(text.unicodeScalars.count))
        case .bytes(let bytes): .int(Int64(bytes.count))
        case .list(let values): .int(Int64(values.count))
        case .map(let map): .int(Int64(map.count))
        default: throw FunctionDeclaration.mismatch("size", [value])
        }
    }

    private static let predicates: [FunctionDeclaration] = [
        predicate("contains") { Text.contains($0, $1) },
        predicate("startsWith") { Text.hasPrefix($0, $1) },
        predicate("endsWith") { Text.hasSuffix($0, $1) },
        FunctionDeclaration("matches", isMember: true, [Signature([.string, .string], .bool)], .metered(matches)),
        FunctionDeclaration("matches", [Signature([.string, .string], .bool)], .metered(matches)),
    ]

    private static func predicate(
        _ name: String, _ test: @escaping @Sendable (String, String) -> Bool
    ) -> FunctionDeclaration {
        FunctionDeclaration(
            name, isMember: true, [Signature([.string, .string], .bool)],
            .binary { a, b throws(EvaluationError) in
                guard case .string(let text) = a, case .string(let part) = b else {
                    throw FunctionDeclaration.mismatch(name, [a, b])
                }
                return .bool(test(text, part))
            })
    }

    /// The planner has nodes of its own for `matches`; this is for whoever calls the function by itself.
    private static func matches(_ arguments: [Value], _ meter: inout Meter) throws(EvaluationError) -> Value {
        guard case .string(let text) = arguments[0], case .string(let pattern) = arguments[1] else {
            throw FunctionDeclaration.mismatch("matches", arguments)
        }
        let expression = try RegexLibrary.compiled(pattern, &meter)
        try meter.spend(PatternNode.cost(of: expression, on: text))
        return .bool(expression.matches(text))
    }
}
