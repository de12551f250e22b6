/// The functions that every expression may call.
enum StandardLibrary {
    static let functions: [FunctionDeclaration] = conversions + collections + texts

    private static let conversions: [FunctionDeclaration] = [
        FunctionDeclaration("type", arity: 1...1, result: .type) { a throws(EvaluationError) in .type(a[0].typeName) },
        FunctionDeclaration("dyn", arity: 1...1) { a throws(EvaluationError) in a[0] },
        FunctionDeclaration("int", arity: 1...1, result: .int) { a throws(EvaluationError) in
            .int(try Conversion.integer(a[0], as: Int64.self))
        },
        FunctionDeclaration("uint", arity: 1...1, result: .uint) { a throws(EvaluationError) in
            .uint(try Conversion.integer(a[0], as: UInt64.self))
        },
        FunctionDeclaration("double", arity: 1...1, result: .double) { a throws(EvaluationError) in
            .double(try Conversion.double(a[0]))
        },
        FunctionDeclaration("bool", arity: 1...1, result: .bool) { a throws(EvaluationError) in
            .bool(try Conversion.bool(a[0]))
        },
        FunctionDeclaration("string", arity: 1...1, result: .string) { a throws(EvaluationError) in
            .string(try Conversion.string(a[0]))
        },
        FunctionDeclaration("bytes", arity: 1...1, result: .bytes) { a throws(EvaluationError) in
            switch a[0] {
            case .string(let text): .bytes(Array(text.utf8))
            case .bytes(let bytes): .bytes(bytes)
            default: throw FunctionDeclaration.mismatch("bytes", a)
            }
        },
    ]

    private static let collections: [FunctionDeclaration] = [
        FunctionDeclaration("size", arity: 1...1, result: .int) { a throws(EvaluationError) in try size(a) },
        FunctionDeclaration("size", isMember: true, arity: 1...1, result: .int) { a throws(EvaluationError) in
            try size(a)
        },
        FunctionDeclaration("join", isMember: true, arity: 1...2, result: .string) { a throws(EvaluationError) in
            guard case .list(let values) = a[0] else { throw FunctionDeclaration.mismatch("join", a) }
            var texts: [String] = []
            for value in values {
                guard case .string(let text) = value else { throw FunctionDeclaration.mismatch("join", a) }
                texts.append(text)
            }
            guard a.count == 2 else { return .string(texts.joined()) }
            guard case .string(let separator) = a[1] else { throw FunctionDeclaration.mismatch("join", a) }
            return .string(texts.joined(separator: separator))
        },
    ]

    private static func size(_ arguments: [Value]) throws(EvaluationError) -> Value {
        switch arguments[0] {
        case .string(let text): .int(Int64(text.unicodeScalars.count))
        case .bytes(let bytes): .int(Int64(bytes.count))
        case .list(let values): .int(Int64(values.count))
        case .map(let map): .int(Int64(map.count))
        default: throw FunctionDeclaration.mismatch("size", arguments)
        }
    }

    private static let texts: [FunctionDeclaration] = [
        predicate("contains") { Text.index(of: $1, in: $0, from: 0) != nil },
        predicate("startsWith") { $0.starts(with: $1) },
        predicate("endsWith") { $0.reversed().starts(with: $1.reversed()) },
        FunctionDeclaration("matches", isMember: true, arity: 2...2, result: .bool) { a throws(EvaluationError) in
            try matches(a)
        },
        FunctionDeclaration("matches", arity: 2...2, result: .bool) { a throws(EvaluationError) in try matches(a) },
        mapping("lowerAscii") { $0.map { (0x41...0x5A).contains($0.value) ? Unicode.Scalar(UInt8($0.value) + 32) : $0 } },
        mapping("upperAscii") { $0.map { (0x61...0x7A).contains($0.value) ? Unicode.Scalar(UInt8($0.value) - 32) : $0 } },
        mapping("trim") { Text.trimmed($0) },
        FunctionDeclaration("charAt", isMember: true, arity: 2...2, result: .string) { a throws(EvaluationError) in
            try Text.character(a)
        },
        FunctionDeclaration("indexOf", isMember: true, arity: 2...3, result: .int) { a throws(EvaluationError) in
            try Text.indexOf(a)
        },
        FunctionDeclaration("lastIndexOf", isMember: true, arity: 2...2, result: .int) { a throws(EvaluationError) in
            try Text.lastIndexOf(a)
        },
        FunctionDeclaration("substring", isMember: true, arity: 2...3, result: .string) { a throws(EvaluationError) in
            try Text.substring(a)
        },
        FunctionDeclaration("split", isMember: true, arity: 2...3, result: .list(.string)) {
            a throws(EvaluationError) in try Text.split(a)
        },
        FunctionDeclaration("replace", isMember: true, arity: 3...4, result: .string) { a throws(EvaluationError) in
            try Text.replace(a)
        },
    ]

    private static func predicate(
        _ name: String, _ test: @escaping @Sendable ([Unicode.Scalar], [Unicode.Scalar]) -> Bool
    ) -> FunctionDeclaration {
        FunctionDeclaration(name, isMember: true, arity: 2...2, result: .bool) { a throws(EvaluationError) in
            guard case .string(let text) = a[0], case .string(let part) = a[1] else {
                throw FunctionDeclaration.mismatch(name, a)
            }
            return .bool(test(Array(text.unicodeScalars), Array(part.unicodeScalars)))
        }
    }

    private static func mapping(
        _ name: String, _ transform: @escaping @Sendable ([Unicode.Scalar]) -> [Unicode.Scalar]
    ) -> FunctionDeclaration {
        FunctionDeclaration(name, isMember: true, arity: 1...1, result: .string) { a throws(EvaluationError) in
            guard case .string(let text) = a[0] else { throw FunctionDeclaration.mismatch(name, a) }
            return .string(Text.string(transform(Array(text.unicodeScalars))))
        }
    }

    private static func matches(_ arguments: [Value]) throws(EvaluationError) -> Value {
        guard case .string(let text) = arguments[0], case .string(let pattern) = arguments[1] else {
            throw FunctionDeclaration.mismatch("matches", arguments)
        }
        do {
            return .bool(try RegularExpression(pattern).matches(text))
        } catch { throw EvaluationError(.invalidArgument, error.message) }
    }
}
