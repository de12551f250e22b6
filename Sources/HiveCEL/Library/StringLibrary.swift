/// The extension `strings`.
enum StringLibrary {
    typealias Signature = FunctionDeclaration.Signature

    static let functions: [FunctionDeclaration] = [
        mapping("lowerAscii") {
            $0.map { (0x41...0x5A).contains($0.value) ? Unicode.Scalar(UInt8($0.value) + 32) : $0 }
        },
        mapping("upperAscii") {
            $0.map { (0x61...0x7A).contains($0.value) ? Unicode.Scalar(UInt8($0.value) - 32) : $0 }
        },
        mapping("trim") { Text.trimmed($0) },
        FunctionDeclaration(
            "reverse", isMember: true,
            [Signature([.string], .string), Signature([.list(.parameter("A"))], .list(.parameter("A")))],
            .unary { v throws(EvaluationError) in
                switch v {
                case .string(let text): .string(Text.string(text.unicodeScalars.reversed()))
                case .list(let values): .list(values.reversed())
                default: throw FunctionDeclaration.mismatch("reverse", [v])
                }
            }),
        member("charAt", [[.string, .int]], .string) { a throws(EvaluationError) in try Text.character(a) },
        member("indexOf", [[.string, .string], [.string, .string, .int]], .int) { a throws(EvaluationError) in
            try Text.indexOf(a)
        },
        member("lastIndexOf", [[.string, .string], [.string, .string, .int]], .int) { a throws(EvaluationError) in
            try Text.lastIndexOf(a)
        },
        member("substring", [[.string, .int], [.string, .int, .int]], .string) { a throws(EvaluationError) in
            try Text.substring(a)
        },
        member("split", [[.string, .string], [.string, .string, .int]], .list(.string)) { a throws(EvaluationError) in
            try Text.split(a)
        },
        metered("replace", [[.string, .string, .string], [.string, .string, .string, .int]], .string) {
            a, meter throws(EvaluationError) in try Text.replace(a, &meter)
        },
        metered("join", [[.list(.string)], [.list(.string), .string]], .string) {
            a, meter throws(EvaluationError) in try Text.join(a, &meter)
        },
        metered("format", [[.string, .list(.dyn)]], .string) { a, meter throws(EvaluationError) in
            guard case .string(let template) = a[0], case .list(let values) = a[1] else {
                throw FunctionDeclaration.mismatch("format", a)
            }
            return .string(try Formatter.format(template, values, &meter))
        },
        FunctionDeclaration(
            "strings.quote", [Signature([.string], .string)],
            .unary { v throws(EvaluationError) in
                guard case .string(let text) = v else { throw FunctionDeclaration.mismatch("strings.quote", [v]) }
                return .string(Text.quoted(text))
            }),
    ]

    private static func mapping(
        _ name: String, _ transform: @escaping @Sendable ([Unicode.Scalar]) -> [Unicode.Scalar]
    ) -> FunctionDeclaration {
        FunctionDeclaration(
            name, isMember: true, [Signature([.string], .string)],
            .unary { v throws(EvaluationError) in
                guard case .string(let text) = v else { throw FunctionDeclaration.mismatch(name, [v]) }
                return .string(Text.string(transform(Array(text.unicodeScalars))))
            })
    }

    private static func member(
        _ name: String, _ parameters: [[CELType]], _ result: CELType,
        _ body: @escaping FunctionDeclaration.Implementation
    ) -> FunctionDeclaration {
        FunctionDeclaration(name, isMember: true, parameters.map { Signature($0, result) }, .variadic(body))
    }

    private static func metered(
        _ name: String, _ parameters: [[CELType]], _ result: CELType,
        _ body: @escaping @Sendable ([Value], inout Meter) throws(EvaluationError) -> Value
    ) -> FunctionDeclaration {
        FunctionDeclaration(name, isMember: true, parameters.map { Signature($0, result) }, .metered(body))
    }
}
