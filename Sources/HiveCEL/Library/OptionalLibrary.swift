/// The extension `optionals`; its operators and macros are in the language.
enum OptionalLibrary {
    typealias Signature = FunctionDeclaration.Signature

    private static let anything = CELType.parameter("A")

    static let functions: [FunctionDeclaration] = [
        FunctionDeclaration("optional.none", [Signature([], .optional(anything))], .variadic { _ in .optional(nil) }),
        FunctionDeclaration("optional.of", [Signature([anything], .optional(anything))], .unary { .optional($0) }),
        FunctionDeclaration(
            "optional.ofNonZeroValue", [Signature([anything], .optional(anything))],
            .unary { .optional($0.isZero ? nil : $0) }),
        FunctionDeclaration(
            "optional.unwrap", [Signature([.list(.optional(anything))], .list(anything))], .unary(unwrap)),
        FunctionDeclaration(
            "unwrapOpt", isMember: true, [Signature([.list(.optional(anything))], .list(anything))], .unary(unwrap)),
        FunctionDeclaration(
            "hasValue", isMember: true, [Signature([.optional(anything)], .bool)],
            .unary { v throws(EvaluationError) in .bool(try unwrapped(v, "hasValue").value != nil) }),
        FunctionDeclaration(
            "value", isMember: true, [Signature([.optional(anything)], anything)],
            .unary { v throws(EvaluationError) in
                guard let inner = try unwrapped(v, "value").value else {
                    throw EvaluationError(.emptyOptional, "the optional value is empty; use orValue for a default")
                }
                return inner
            }),
        FunctionDeclaration(
            "or", isMember: true, [Signature([.optional(anything), .optional(anything)], .optional(anything))],
            .binary { a, b throws(EvaluationError) in try unwrapped(a, "or").value == nil ? b : a }),
        FunctionDeclaration(
            "orValue", isMember: true, [Signature([.optional(anything), anything], anything)],
            .binary { a, b throws(EvaluationError) in try unwrapped(a, "orValue").value ?? b }),
    ]

    private static func unwrapped(_ value: Value, _ name: String) throws(EvaluationError) -> OptionalValue {
        guard let optional = value.optional else { throw FunctionDeclaration.mismatch(name, [value]) }
        return optional
    }

    private static func unwrap(_ list: Value) throws(EvaluationError) -> Value {
        guard case .list(let values) = list else { throw FunctionDeclaration.mismatch("unwrap", [list]) }
        var result: [Value] = []
        for value in values {
            if let inner = try unwrapped(value, "unwrap").value { result.append(inner) }
        }
        return .list(result)
    }
}
