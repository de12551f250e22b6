/// The extension `regex`, and patterns that are not known before evaluation.
enum RegexLibrary {
    typealias Signature = FunctionDeclaration.Signature

    static let functions: [FunctionDeclaration] = [
        FunctionDeclaration(
            "regex.replace",
            [
                Signature([.string, .string, .string], .string), Signature([.string, .string, .string, .int], .string),
            ], .variadic { a throws(EvaluationError) in try replace(a) }),
        FunctionDeclaration(
            "regex.extract", [Signature([.string, .string], .optional(.string))],
            .binary { a, b throws(EvaluationError) in
                .optional(try matches("regex.extract", a, b, limit: 1).first.map(Value.string))
            }),
        FunctionDeclaration(
            "regex.extractAll", [Signature([.string, .string], .list(.string))],
            .binary { a, b throws(EvaluationError) in
                .list(try matches("regex.extractAll", a, b, limit: .max).map(Value.string))
            }),
    ]

    static func compiled(_ pattern: String) throws(EvaluationError) -> RegularExpression {
        do { return try RegularExpression(pattern) } catch { throw EvaluationError(.invalidArgument, error.message) }
    }

    /// How many steps a search through all of a text may take: these functions start anew after every match.
    private static let maximumSteps = 20_000_000

    private static func found(
        _ expression: RegularExpression, in text: [Unicode.Scalar], limit: Int
    ) throws(EvaluationError) -> [[Range<Int>?]] {
        guard text.count <= maximumSteps / expression.size else {
            throw EvaluationError(.budgetExceeded, "the text is too long for this regular expression")
        }
        var result: [[Range<Int>?]] = []
        var start = 0
        while result.count < limit, start <= text.count, let match = expression.firstMatch(in: text, from: start),
            let whole = match[0]
        {
            result.append(match)
            start = whole.isEmpty ? whole.upperBound + 1 : whole.upperBound
        }
        return result
    }

    /// What the only group matched, or the whole where there is none.
    private static func matches(
        _ name: String, _ text: Value, _ pattern: Value, limit: Int
    ) throws(EvaluationError) -> [String] {
        guard case .string(let text) = text, case .string(let source) = pattern else {
            throw FunctionDeclaration.mismatch(name, [text, pattern])
        }
        let expression = try compiled(source)
        guard expression.groupCount <= 1 else {
            throw EvaluationError(
                .invalidArgument, "`\(name)` takes a pattern with at most one group; write (?:…) for others")
        }
        let scalars = Array(text.unicodeScalars)
        return try found(expression, in: scalars, limit: limit).compactMap { match in
            match[expression.groupCount].map { Text.string(scalars[$0]) }
        }
    }

    private static func replace(_ arguments: [Value]) throws(EvaluationError) -> Value {
        guard case .string(let text) = arguments[0], case .string(let pattern) = arguments[1],
            case .string(let replacement) = arguments[2]
        else { throw FunctionDeclaration.mismatch("regex.replace", arguments) }
        var limit = Int.max
        if arguments.count > 3 {
            guard case .int(let count) = arguments[3] else {
                throw FunctionDeclaration.mismatch("regex.replace", arguments)
            }
            if count >= 0 { limit = Int(count) }
        }
        let expression = try compiled(pattern)
        let scalars = Array(text.unicodeScalars)
        var output: [Unicode.Scalar] = []
        var end = 0
        for match in try found(expression, in: scalars, limit: limit) {
            guard let whole = match[0] else { continue }
            output += scalars[end..<whole.lowerBound]
            output += try expanded(replacement, match, scalars)
            end = whole.upperBound
        }
        return .string(Text.string(output + scalars[end...]))
    }

    /// The replacement with `\1` to `\9` for what groups matched, `\0` for the whole, and `\\` for a backslash.
    private static func expanded(
        _ replacement: String, _ match: [Range<Int>?], _ text: [Unicode.Scalar]
    ) throws(EvaluationError) -> [Unicode.Scalar] {
        var output: [Unicode.Scalar] = []
        var isEscape = false
        for scalar in replacement.unicodeScalars {
            guard isEscape else {
                if scalar == "\\" { isEscape = true } else { output.append(scalar) }
                continue
            }
            isEscape = false
            if scalar == "\\" {
                output.append(scalar)
            } else if ("0"..."9").contains(scalar), Int(scalar.value) - 48 < match.count {
                if let range = match[Int(scalar.value) - 48] { output += text[range] }
            } else {
                throw EvaluationError(
                    .invalidArgument, "the replacement names a group `\\\(scalar)` that the pattern has not")
            }
        }
        guard !isEscape else { throw EvaluationError(.invalidArgument, "the replacement ends with a backslash") }
        return output
    }
}
