/// The functions on texts, which count Unicode scalars.
enum Text {
    static func string(_ scalars: some Sequence<Unicode.Scalar>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }

    static func index(of part: [Unicode.Scalar], in text: [Unicode.Scalar], from start: Int) -> Int? {
        guard part.count <= text.count, start <= text.count - part.count else { return nil }
        return (start...(text.count - part.count)).first { text[$0..<($0 + part.count)].elementsEqual(part) }
    }

    static func trimmed(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
        let isSpace = { (scalar: Unicode.Scalar) in scalar.properties.isWhitespace }
        guard let first = scalars.firstIndex(where: { !isSpace($0) }),
            let last = scalars.lastIndex(where: { !isSpace($0) })
        else { return [] }
        return Array(scalars[first...last])
    }

    static func character(_ arguments: [Value]) throws(EvaluationError) -> Value {
        let text = try scalars(arguments, 0, "charAt")
        let index = try integer(arguments, 1, "charAt")
        guard (0...text.count).contains(index) else { throw outOfRange(index) }
        return .string(index == text.count ? "" : String(text[index]))
    }

    static func indexOf(_ arguments: [Value]) throws(EvaluationError) -> Value {
        let text = try scalars(arguments, 0, "indexOf")
        let part = try scalars(arguments, 1, "indexOf")
        let start = arguments.count > 2 ? try integer(arguments, 2, "indexOf") : 0
        guard (0...text.count).contains(start) else { throw outOfRange(start) }
        return .int(Int64(index(of: part, in: text, from: start) ?? -1))
    }

    static func lastIndexOf(_ arguments: [Value]) throws(EvaluationError) -> Value {
        let text = try scalars(arguments, 0, "lastIndexOf")
        let part = try scalars(arguments, 1, "lastIndexOf")
        guard part.count <= text.count else { return .int(-1) }
        let found = (0...(text.count - part.count)).last { text[$0..<($0 + part.count)].elementsEqual(part) }
        return .int(Int64(found ?? -1))
    }

    static func substring(_ arguments: [Value]) throws(EvaluationError) -> Value {
        let text = try scalars(arguments, 0, "substring")
        let start = try integer(arguments, 1, "substring")
        let end = arguments.count > 2 ? try integer(arguments, 2, "substring") : text.count
        guard (0...text.count).contains(start) else { throw outOfRange(start) }
        guard (start...text.count).contains(end) else { throw outOfRange(end) }
        return .string(string(text[start..<end]))
    }

    static func split(_ arguments: [Value]) throws(EvaluationError) -> Value {
        let text = try scalars(arguments, 0, "split")
        let separator = try scalars(arguments, 1, "split")
        let limit = arguments.count > 2 ? try integer(arguments, 2, "split") : -1
        guard limit != 0 else { return .list([]) }
        if separator.isEmpty {
            let count = limit < 0 ? text.count : min(limit, text.count)
            guard count > 0 else { return .list([]) }
            let single = text[..<(count - 1)].map { Value.string(String($0)) }
            let rest = limit < 0 ? text[(count - 1)..<count] : text[(count - 1)...]
            return .list(single + [.string(string(rest))])
        }
        var parts: [Value] = []
        var start = 0
        while limit < 0 || parts.count < limit - 1, let found = index(of: separator, in: text, from: start) {
            parts.append(.string(string(text[start..<found])))
            start = found + separator.count
        }
        return .list(parts + [.string(string(text[start...]))])
    }

    static func replace(_ arguments: [Value]) throws(EvaluationError) -> Value {
        let text = try scalars(arguments, 0, "replace")
        let old = try scalars(arguments, 1, "replace")
        let new = try scalars(arguments, 2, "replace")
        var left = arguments.count > 3 ? try integer(arguments, 3, "replace") : -1
        var output: [Unicode.Scalar] = []
        var start = 0
        while left != 0, let found = index(of: old, in: text, from: start) {
            output += text[start..<found] + new
            left -= 1
            start = found + old.count
            if old.isEmpty {
                guard found < text.count else { return .string(string(output)) }
                output.append(text[found])
                start = found + 1
            }
        }
        return .string(string(output + text[min(start, text.count)...]))
    }

    private static func scalars(
        _ arguments: [Value], _ index: Int, _ name: String
    ) throws(EvaluationError) -> [Unicode.Scalar] {
        guard case .string(let text) = arguments[index] else { throw FunctionDeclaration.mismatch(name, arguments) }
        return Array(text.unicodeScalars)
    }

    private static func integer(_ arguments: [Value], _ index: Int, _ name: String) throws(EvaluationError) -> Int {
        guard case .int(let number) = arguments[index] else { throw FunctionDeclaration.mismatch(name, arguments) }
        return Int(number)
    }

    private static func outOfRange(_ index: Int) -> EvaluationError {
        EvaluationError(.indexOutOfRange, "index \(index) is out of range")
    }
}
