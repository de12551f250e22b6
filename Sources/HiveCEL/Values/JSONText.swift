/// JSON (RFC 8259) to values and back. Whole numbers become `int`, all others `double`; maps print in the order of
/// their keys.
public enum JSONText {
    /// Why a text is no JSON.
    public struct Failure: Error, Sendable, Hashable, CustomStringConvertible {
        public let message: String
        public let position: SourcePosition
        public var description: String { "\(position): \(message)" }
    }

    public static func parse(_ text: String) throws(Failure) -> Value {
        var reader = JSONReader(text)
        return try reader.document()
    }

    public static func render(_ value: Value) -> String {
        var output = ""
        write(value, to: &output)
        return output
    }

    private static func write(_ value: Value, to output: inout String) {
        switch value {
        case .null: output += "null"
        case .bool(let value): output += value ? "true" : "false"
        case .int(let number): output += String(number)
        case .uint(let number): output += String(number)
        case .double(let number): output += number.isFinite ? "\(number)" : "null"
        case .string(let text), .type(let text): quote(text, to: &output)
        case .bytes(let bytes): quote(String(decoding: bytes, as: UTF8.self), to: &output)
        case .list(let values):
            output += "["
            for (index, value) in values.enumerated() {
                if index > 0 { output += "," }
                write(value, to: &output)
            }
            output += "]"
        case .map(let map):
            output += "{"
            let entries = map.entries.map { (key: keyText($0.key), value: $0.value) }.sorted { $0.key < $1.key }
            for (index, entry) in entries.enumerated() {
                if index > 0 { output += "," }
                quote(entry.key, to: &output)
                output += ":"
                write(entry.value, to: &output)
            }
            output += "}"
        case .object(let object): quote(object.typeName, to: &output)
        }
    }

    private static func keyText(_ key: Value) -> String {
        guard case .string(let text) = key else { return render(key) }
        return text
    }

    private static func quote(_ text: String, to output: inout String) {
        output += "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": output += "\\\""
            case "\\": output += "\\\\"
            case "\n": output += "\\n"
            case "\r": output += "\\r"
            case "\t": output += "\\t"
            case "\u{0}"..."\u{1F}":
                let digits = String(scalar.value, radix: 16)
                output += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: output.unicodeScalars.append(scalar)
            }
        }
        output += "\""
    }
}

/// Reads one JSON text.
private struct JSONReader {
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
        guard digits.first?.isNumber == true, !(digits.count > 1 && digits.hasPrefix("0") && digits.dropFirst().first!.isNumber)
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
            case "\u{0}"..."\u{1F}": throw failure("a control character must be escaped in JSON")
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
        guard index + 4 <= source.count, let unit = UInt32(Text.string(source[index..<(index + 4)]), radix: 16) else {
            throw failure("a `\\u` escape needs 4 hexadecimal digits")
        }
        index += 4
        return unit
    }
}
