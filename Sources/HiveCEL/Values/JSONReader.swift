/// Reads one JSON text.
struct JSONReader {
    private let source: [Unicode.Scalar]
    private var index = 0
    private var depth = 0

    init(_ text: String) { source = Array(text.unicodeScalars) }

    mutating func document() throws(JSONText.Failure) -> Value {
        let value = try value()
        skipSpace()
        guard index == source.count else { throw failure("there is something after the end of the JSON") }
        return value
    }

    private func failure(_ message: String) -> JSONText.Failure {
        let before = source[..<min(index, source.count)]
        let line = before.count { $0 == "\n" } + 1
        let column = index - (before.lastIndex(of: "\n") ?? -1)
        return JSONText.Failure(message: message, position: SourcePosition(line: line, column: column))
    }

    private var current: Unicode.Scalar? { index < source.count ? source[index] : nil }

    private mutating func skipSpace() {
        while let scalar = current, scalar == " " || scalar == "\n" || scalar == "\r" || scalar == "\t" { index += 1 }
    }

    private mutating func take(_ text: String) -> Bool {
        let scalars = Array(text.unicodeScalars)
        guard source[index...].starts(with: scalars) else { return false }
        index += scalars.count
        return true
    }

    private mutating func value() throws(JSONText.Failure) -> Value {
        depth += 1
        defer { depth -= 1 }
        guard depth <= 128 else { throw failure("the JSON nests too deep") }
        skipSpace()
        guard let scalar = current else { throw failure("the JSON ends too early") }
        switch scalar {
        case "{": return try object()
        case "[": return try array()
        case "\"": return .string(try string())
        case "-", "0"..."9": return try number()
        default:
            if take("true") { return .bool(true) }
            if take("false") { return .bool(false) }
            if take("null") { return .null }
            throw failure("unexpected character `\(scalar)` in JSON")
        }
    }

    private mutating func object() throws(JSONText.Failure) -> Value {
        index += 1
        var map = ValueMap()
        skipSpace()
        if take("}") { return .map(map) }
        while true {
            skipSpace()
            guard current == "\"" else { throw failure("a JSON object needs a name in quotes here") }
            let key = try string()
            skipSpace()
            guard take(":") else { throw failure("a JSON object needs `:` here") }
            guard map.insert(try value(), for: .string(key)) else { throw failure("the name `\(key)` stands twice") }
            skipSpace()
            if take("}") { return .map(map) }
            guard take(",") else { throw failure("a JSON object needs `,` or `}` here") }
        }
    }

    private mutating func array() throws(JSONText.Failure) -> Value {
        index += 1
        var values: [Value] = []
        skipSpace()
        if take("]") { return .list(values) }
        while true {
            values.append(try value())
            skipSpace()
            if take("]") { return .list(values) }
            guard take(",") else { throw failure("a JSON array needs `,` or `]` here") }
        }
    }

    private mutating func number() throws(JSONText.Failure) -> Value {
        let start = index
        while let scalar = current, "+-.eE0123456789".unicodeScalars.contains(scalar) { index += 1 }
        let text = Text.string(source[start..<index])
        let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
        guard digits.first?.isNumber == true, !(digits.hasPrefix("0") && digits.dropFirst().first?.isNumber == true)
        else { throw failure("`\(text)` is no JSON number") }
        if let whole = Int64(text) { return .int(whole) }
        guard let number = Double(text), number.isFinite else { throw failure("`\(text)` is no JSON number") }
        return .double(number)
    }

    private mutating func string() throws(JSONText.Failure) -> String {
        index += 1
        var text = String.UnicodeScalarView()
        while let scalar = current {
            index += 1
            switch scalar {
            case "\"": return String(text)
            case "\\": text.append(try escape())
            case "\u{0}"..."\u{1F}":
                index -= 1
                throw failure("a control character must be escaped in JSON")
            default: text.append(scalar)
            }
        }
        throw failure("a JSON text is not closed")
    }

    private mutating func escape() throws(JSONText.Failure) -> Unicode.Scalar {
        guard let scalar = current else { throw failure("a JSON text is not closed") }
        index += 1
        switch scalar {
        case "\"", "\\", "/": return scalar
        case "b": return "\u{8}"
        case "f": return "\u{C}"
        case "n": return "\n"
        case "r": return "\r"
        case "t": return "\t"
        case "u": return try unicodeEscape()
        default: throw failure("unknown escape `\\\(scalar)` in JSON")
        }
    }

    private mutating func unicodeEscape() throws(JSONText.Failure) -> Unicode.Scalar {
        let high = try unit()
        if let scalar = Unicode.Scalar(high) { return scalar }
        guard (0xD800...0xDBFF).contains(high), take("\\u") else { throw failure("half a surrogate pair in JSON") }
        let low = try unit()
        guard (0xDC00...0xDFFF).contains(low),
            let scalar = Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00))
        else { throw failure("half a surrogate pair in JSON") }
        return scalar
    }

    private mutating func unit() throws(JSONText.Failure) -> UInt32 {
        guard index + 4 <= source.count, source[index] != "+", source[index] != "-",
            let unit = UInt32(Text.string(source[index..<(index + 4)]), radix: 16)
        else {
            throw failure("a `\\u` escape needs 4 hexadecimal digits")
        }
        index += 4
        return unit
    }
}
