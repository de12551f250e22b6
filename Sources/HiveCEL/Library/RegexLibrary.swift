/// The extension `regex`, and patterns that are not known before evaluation.
enum RegexLibrary {
    typealias Signature = FunctionDeclaration.Signature

    static let functions: [FunctionDeclaration] = [
        FunctionDeclaration(
            "regex.replace",
            [
                Signature([.string, .string, .string], .string), Signature([.string, .string, .string, .int], .string),
            ], .metered { a, meter throws(EvaluationError) in try replace(a, &meter) }),
        FunctionDeclaration(
            "regex.extract", [Signature([.string, .string], .optional(.string))],
            .metered { a, meter throws(EvaluationError) in
                .optional(try matches("regex.extract", a, limit: 1, &meter).first.map(Value.string))
            }),
        FunctionDeclaration(
            "regex.extractAll", [Signature([.string, .string], .list(.string))],
            .metered { a, meter throws(EvaluationError) in
                .list(try matches("regex.extractAll", a, limit: .max, &meter).map(Value.string))
            }),
    ]

    /// The pattern, paid for.
    static func compiled(_ pattern: String, _ meter: inout Meter) throws(EvaluationError) -> RegularExpression {
        try meter.spend(1 + pattern.utf8.count)
        let expression: RegularExpression
        do { expression = try RegularExpression(pattern) } catch {
            throw EvaluationError(.invalidArgument, error.message)
        }
        try meter.spend(expression.size / 4)
        return expression
    }

    private static func found(
        _ expression: RegularExpression, in text: [Unicode.Scalar], limit: Int, _ meter: inout Meter
    ) throws(EvaluationError) -> [[Range<Int>?]] {
        var result: [[Range<Int>?]] = []
        var start = 0
        while result.count < limit, start <= text.count {
            let match = try expression.firstMatch(in: text, from: start, &meter)
            guard let match, let whole = match[0] else { break }
            result.append(match)
            start = whole.isEmpty ? whole.upperBound + 1 : whole.upperBound
        }
        return result
    }

    /// What the only group matched, or the whole where there is none.
    private static func matches(
        _ name: String, _ arguments: [Value], limit: Int, _ meter: inout Meter
    ) throws(EvaluationError) -> [String] {
        guard case .string(let text) = arguments[0], case .string(let source) = arguments[1] else {
            throw FunctionDeclaration.mismatch(name, arguments)
        }
        let expression = try compiled(source, &meter)
        guard expression.groupCount <= 1 else {
            throw EvaluationError(
                .invalidArgument, "`\(name)` takes a pattern with at most one group; write (?:…) for others")
        }
        let scalars = Array(text.unicodeScalars)
        return try found(expression, in: scalars, limit: limit, &meter).compactMap { match in
            match[expression.groupCount].map { Text.string(scalars[$0]) }
        }
    }

    private static func replace(_ arguments: [Value], _ meter: inout Meter) throws(EvaluationError) -> Value {
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
        let expression = try compiled(pattern, &meter)
        let scalars = Array(text.unicodeScalars)
        var output: [Unicode.Scalar] = []
        var end = 0
        for match in try found(expression, in: scalars, limit: limit, &meter) {
            guard let whole = match[0] else { continue }
            output += scalars[end..<whole.lowerBound]
            let new = try expanded(replacement, match, scalars)
            try meter.spend(through: 16 + new.count)
            output += new
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
