/// The functions on texts, which count Unicode scalars.
enum Text {
    /// Equality of bytes. Swift's own takes different spellings of a letter for the same, so that a rule could be
    /// bypassed by one.
    @inline(__always)
    static func areEqual(_ left: String, _ right: String) -> Bool {
        let count = left.utf8.count
        guard count == right.utf8.count else { return false }
        let fast = left.utf8.withContiguousStorageIfAvailable { left in
            right.utf8.withContiguousStorageIfAvailable { right in
                (0..<count).allSatisfy { left[$0] == right[$0] }
            }
        }
        return (fast ?? nil) ?? left.utf8.elementsEqual(right.utf8)
    }

    /// The order of bytes, which is also that of Unicode scalars.
    static func order(_ left: String, _ right: String) -> Ordering {
        if areEqual(left, right) { return .equal }
        return left.utf8.lexicographicallyPrecedes(right.utf8) ? .less : .greater
    }

    static func string(_ scalars: some Sequence<Unicode.Scalar>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
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
        return .int(Int64(PartSearch(part).first(in: text, from: start) ?? -1))
    }

    static func lastIndexOf(_ arguments: [Value]) throws(EvaluationError) -> Value {
        let text = try scalars(arguments, 0, "lastIndexOf")
        let part = try scalars(arguments, 1, "lastIndexOf")
        var limit = text.count
        if arguments.count > 2 {
            limit = try integer(arguments, 2, "lastIndexOf")
            guard (0...text.count).contains(limit) else { throw outOfRange(limit) }
        }
        guard part.count <= text.count else { return .int(-1) }
        // Looked for from the end: the first match of the reverse is the last match.
        let end = min(limit + part.count, text.count)
        let place = PartSearch(Array(part.reversed())).first(in: text[..<end].reversed())
        return .int(place.map { Int64(end - $0 - part.count) } ?? -1)
    }

    static func substring(_ arguments: [Value]) throws(EvaluationError) -> Value {
        let text = try scalars(arguments, 0, "substring")
        let start = try integer(arguments, 1, "substring")
        let end = arguments.count > 2 ? try integer(arguments, 2, "substring") : text.count
        guard (0...text.count).contains(start) else { throw outOfRange(start) }
        guard (0...text.count).contains(end) else { throw outOfRange(end) }
        guard start <= end else {
            throw EvaluationError(.indexOutOfRange, "the range from \(start) to \(end) runs backwards")
        }
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
        let search = PartSearch(separator)
        var parts: [Value] = []
        var start = 0
        while limit < 0 || parts.count < limit - 1, let found = search.first(in: text, from: start) {
            parts.append(.string(string(text[start..<found])))
            start = found + separator.count
        }
        return .list(parts + [.string(string(text[start...]))])
    }

    static func replace(_ arguments: [Value], _ meter: inout Meter) throws(EvaluationError) -> Value {
        let text = try scalars(arguments, 0, "replace")
        let old = try scalars(arguments, 1, "replace")
        let new = try scalars(arguments, 2, "replace")
        var left = arguments.count > 3 ? try integer(arguments, 3, "replace") : -1
        let search = PartSearch(old)
        var output: [Unicode.Scalar] = []
        var start = 0
        while left != 0, let found = search.first(in: text, from: start) {
            try meter.spend(through: 16 + new.count)
            output += text[start..<found]
            output += new
            if left > 0 { left -= 1 }
            start = found + old.count
            if old.isEmpty {
                guard found < text.count else { return .string(string(output)) }
                output.append(text[found])
                start = found + 1
            }
        }
        return .string(string(output + text[min(start, text.count)...]))
    }

    static func join(_ arguments: [Value], _ meter: inout Meter) throws(EvaluationError) -> Value {
        guard case .list(let values) = arguments[0] else { throw FunctionDeclaration.mismatch("join", arguments) }
        var separator = ""
        if arguments.count > 1 {
            guard case .string(let text) = arguments[1] else { throw FunctionDeclaration.mismatch("join", arguments) }
            separator = text
        }
        var output = ""
        for (index, value) in values.enumerated() {
            guard case .string(let text) = value else { throw FunctionDeclaration.mismatch("join", arguments) }
            try meter.spend(through: 16 + text.utf8.count + separator.utf8.count)
            if index > 0 { output += separator }
            output += text
        }
        return .string(output)
    }

    /// The text between quotes, with escapes for what cannot stand there as it is.
    static func quoted(_ text: String) -> String {
        let escapes: [Unicode.Scalar: String] = [
            "\u{7}": "\\a", "\u{8}": "\\b", "\u{C}": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t",
            "\u{B}": "\\v", "\\": "\\\\", "\"": "\\\"",
        ]
        return "\"" + text.unicodeScalars.map { escapes[$0] ?? String($0) }.joined() + "\""
    }

    // MARK: Bytes

    static func hasPrefix(_ text: String, _ part: String) -> Bool {
        let surplus = text.utf8.count - part.utf8.count
        return surplus >= 0 && isPart(part, of: text, at: 0)
    }

    static func hasSuffix(_ text: String, _ part: String) -> Bool {
        let surplus = text.utf8.count - part.utf8.count
        return surplus >= 0 && isPart(part, of: text, at: surplus)
    }

    /// Whether the bytes of a part stand in a text at a place, where there must be room for them.
    @inline(__always)
    private static func isPart(_ part: String, of text: String, at place: Int) -> Bool {
        let fast = text.utf8.withContiguousStorageIfAvailable { text in
            part.utf8.withContiguousStorageIfAvailable { part in
                for index in 0..<part.count where text[place + index] != part[index] { return false }
                return true
            }
        }
        return (fast ?? nil) ?? text.utf8.dropFirst(place).starts(with: part.utf8)
    }

    /// Looks for the bytes of a text in another; both are valid, so a match begins and ends between scalars.
    static func contains(_ text: String, _ part: String) -> Bool {
        var text = text
        var part = part
        return text.withUTF8 { text in
            part.withUTF8 { part in
                guard let first = part.first else { return true }
                guard part.count <= text.count else { return false }
                // Trying every place is faster, but only while the part is short is it linear.
                guard part.count <= 16 else { return PartSearch(Array(part)).first(in: text) != nil }
                for start in 0...(text.count - part.count) where text[start] == first {
                    if (1..<part.count).allSatisfy({ text[start + $0] == part[$0] }) { return true }
                }
                return false
            }
        }
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
