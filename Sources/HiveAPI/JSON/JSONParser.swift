/// Reads JSON text from left to right.
struct JSONParser {
    private let bytes: [UInt8]
    private var position = 0
    private var depth = 0
    static let maximumDepth = 128

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func document() throws -> JSONValue {
        let value = try self.value()
        skipSpace()
        guard position == bytes.count else { throw error("there is more after the value") }
        return value
    }

    private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func value() throws -> JSONValue {
        skipSpace()
        guard let first = current else { throw error("the text ends where a value should be") }
        switch first {
        case UInt8(ascii: "{"): return try nested { try $0.object() }
        case UInt8(ascii: "["): return try nested { try $0.array() }
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
        default: throw error("no value starts like this")
        }
    }

    private mutating func nested(_ body: (inout JSONParser) throws -> JSONValue) throws -> JSONValue {
        guard depth < Self.maximumDepth else { throw error("more than \(Self.maximumDepth) levels of nesting") }
        depth += 1
        position += 1
        let value = try body(&self)
        depth -= 1
        return value
    }

    private mutating func object() throws -> JSONValue {
        var members: [String: JSONValue] = [:]
        skipSpace()
        if take("}") { return .object(members) }
        repeat {
            skipSpace()
            guard current == UInt8(ascii: "\"") else { throw error("a member's name should be here, in quotes") }
            let name = try string()
            skipSpace()
            guard take(":") else { throw error("a colon should be here") }
            guard members.updateValue(try value(), forKey: name) == nil else {
                throw error("the member `\(name)` is given twice")
            }
            skipSpace()
        } while take(",")
        guard take("}") else { throw error("a comma or `}` should be here") }
        return .object(members)
    }

    private mutating func array() throws -> JSONValue {
        var values: [JSONValue] = []
        skipSpace()
        if take("]") { return .array(values) }
        repeat {
            values.append(try value())
            skipSpace()
        } while take(",")
        guard take("]") else { throw error("a comma or `]` should be here") }
        return .array(values)
    }

    private mutating func word(_ word: String, _ value: JSONValue) throws -> JSONValue {
        guard bytes[position...].starts(with: word.utf8) else { throw error("no value starts like this") }
        position += word.utf8.count
        return value
    }

    private mutating func number() throws -> JSONValue {
        let start = position
        var isWhole = true
        _ = take("-")
        if !take("0") { guard digits() else { throw error("a digit should be here") } }
        if take(".") {
            isWhole = false
            guard digits() else { throw error("a digit should be here") }
        }
        if take("e") || take("E") {
            isWhole = false
            _ = take("+") || take("-")
            guard digits() else { throw error("a digit should be here") }
        }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        if isWhole, let value = Int64(text) { return .integer(value) }
        guard let value = Double(text), value.isFinite else { throw error("the number `\(text)` is too large") }
        return .number(value)
    }

    private mutating func digits() -> Bool {
        let start = position
        while let byte = current, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { position += 1 }
        return position > start
    }

    private mutating func string() throws -> String {
        position += 1
        var plainStart = position
        var collected: [UInt8] = []
        while let byte = current {
            switch byte {
            case UInt8(ascii: "\""):
                collected.append(contentsOf: bytes[plainStart..<position])
                position += 1
                guard let text = String(validating: collected, as: UTF8.self) else { throw error("invalid UTF-8") }
                return text
            case UInt8(ascii: "\\"):
                collected.append(contentsOf: bytes[plainStart..<position])
                position += 1
                try escape(into: &collected)
                plainStart = position
            case 0..<0x20: throw error("a control character inside a string must be escaped")
            default: position += 1
            }
        }
        throw error("the text ends inside a string")
    }

    private mutating func escape(into output: inout [UInt8]) throws {
        guard let byte = current else { throw error("the text ends inside a string") }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): output.append(byte)
        case UInt8(ascii: "b"): output.append(0x08)
        case UInt8(ascii: "f"): output.append(0x0C)
        case UInt8(ascii: "n"): output.append(0x0A)
        case UInt8(ascii: "r"): output.append(0x0D)
        case UInt8(ascii: "t"): output.append(0x09)
        case UInt8(ascii: "u"): output.append(contentsOf: Array(String(try scalar()).utf8))
        default: throw error("no escape is written like this")
        }
    }

    private mutating func scalar() throws -> Character {
        let high = try fourHexDigits()
        guard (0xD800..<0xDC00).contains(high) else { return try character(high) }
        guard take("\\"), take("u") else { throw error("half of a surrogate pair") }
        let low = try fourHexDigits()
        guard (0xDC00..<0xE000).contains(low) else { throw error("half of a surrogate pair") }
        return try character(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00))
    }

    private func character(_ value: UInt32) throws -> Character {
        guard let scalar = Unicode.Scalar(value) else { throw error("half of a surrogate pair") }
        return Character(scalar)
    }

    private mutating func fourHexDigits() throws -> UInt32 {
        guard position + 4 <= bytes.count else { throw error("the text ends inside a string") }
        var value: UInt32 = 0
        for byte in bytes[position..<(position + 4)] {
            guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue, byte < 0x80 else {
                throw error("four hexadecimal digits should be here")
            }
            value = value << 4 | UInt32(digit)
        }
        position += 4
        return value
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard let byte = current, UInt32(byte) == character.value else { return false }
        position += 1
        return true
    }

    private mutating func skipSpace() {
        while let byte = current, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
    }

    private func error(_ what: String) -> HiveError {
        HiveError(.invalidJSON, "this is no JSON at byte \(position): \(what)")
    }
}
