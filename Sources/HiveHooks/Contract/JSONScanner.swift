/// Walks over JSON text and notes where the members of the outermost object stand.
struct JSONScanner {
    private static let deepest = 128

    private let bytes: ArraySlice<UInt8>
    private var position: Int
    private var depth = 0

    init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        position = bytes.startIndex
    }

    /// The outermost object's members; nil for anything that is not one object and nothing else.
    mutating func members() -> [String: Range<Int>]? {
        skipSpace()
        guard current == UInt8(ascii: "{") else { return nil }
        var found: [String: Range<Int>] = [:]
        guard object(noting: { name, range in found.updateValue(range, forKey: name) == nil }) else { return nil }
        skipSpace()
        return position == bytes.endIndex ? found : nil
    }

    /// The outermost list's elements; nil for anything that is not one list and nothing else.
    mutating func elements() -> [Range<Int>]? {
        skipSpace()
        guard current == UInt8(ascii: "[") else { return nil }
        var found: [Range<Int>] = []
        guard array(noting: { found.append($0) }) else { return nil }
        skipSpace()
        return position == bytes.endIndex ? found : nil
    }

    private var current: UInt8? { position < bytes.endIndex ? bytes[position] : nil }

    private mutating func value() -> Bool {
        switch current {
        case UInt8(ascii: "{"): object(noting: { _, _ in true })
        case UInt8(ascii: "["): array()
        case UInt8(ascii: "\""): string()
        case UInt8(ascii: "t"): word("true")
        case UInt8(ascii: "f"): word("false")
        case UInt8(ascii: "n"): word("null")
        default: number()
        }
    }

    private mutating func object(noting note: (String, Range<Int>) -> Bool) -> Bool {
        guard enter() else { return false }
        defer { depth -= 1 }
        skipSpace()
        if take("}") { return true }
        repeat {
            skipSpace()
            let nameStart = position
            guard current == UInt8(ascii: "\""), string(), let name = Self.decoded(bytes[nameStart..<position]) else {
                return false
            }
            skipSpace()
            guard take(":") else { return false }
            skipSpace()
            let start = position
            guard value(), note(name, start..<position) else { return false }
            skipSpace()
        } while take(",")
        return take("}")
    }

    private mutating func array(noting note: (Range<Int>) -> Void = { _ in }) -> Bool {
        guard enter() else { return false }
        defer { depth -= 1 }
        skipSpace()
        if take("]") { return true }
        repeat {
            skipSpace()
            let start = position
            guard value() else { return false }
            note(start..<position)
            skipSpace()
        } while take(",")
        return take("]")
    }

    private mutating func enter() -> Bool {
        guard depth < Self.deepest else { return false }
        depth += 1
        position += 1
        return true
    }

    private mutating func string() -> Bool {
        position += 1
        while let byte = current {
            position += 1
            switch byte {
            case UInt8(ascii: "\""): return true
            case UInt8(ascii: "\\"): position += 1
            case 0..<0x20: return false
            default: break
            }
        }
        return false
    }

    private mutating func word(_ word: String) -> Bool {
        guard bytes[position...].starts(with: word.utf8) else { return false }
        position += word.utf8.count
        return true
    }

    private mutating func number() -> Bool {
        _ = take("-")
        if !take("0") { guard digits() else { return false } }
        if take(".") { guard digits() else { return false } }
        if take("e") || take("E") {
            _ = take("+") || take("-")
            guard digits() else { return false }
        }
        return true
    }

    private mutating func digits() -> Bool {
        let start = position
        while let byte = current, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { position += 1 }
        return position > start
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard let byte = current, UInt32(byte) == character.value else { return false }
        position += 1
        return true
    }

    private mutating func skipSpace() {
        while let byte = current, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
    }

    /// The text between quotes; nil for an escape that is none.
    static func decoded(_ quoted: ArraySlice<UInt8>) -> String? {
        guard quoted.count >= 2 else { return nil }
        let inner = quoted.dropFirst().dropLast()
        guard inner.contains(UInt8(ascii: "\\")) else { return String(decoding: inner, as: UTF8.self) }
        var units: [UInt16] = []
        var rest = String(decoding: inner, as: UTF8.self).utf16[...]
        while let unit = rest.popFirst() {
            guard unit == 0x5C else { units.append(unit); continue }
            guard let escape = rest.popFirst(), let character = escaped(escape, &rest) else { return nil }
            units.append(character)
        }
        return String(validating: units, as: UTF16.self)
    }

    private static func escaped(_ unit: UInt16, _ rest: inout Substring.UTF16View) -> UInt16? {
        switch Unicode.Scalar(unit) {
        case "\"", "\\", "/": return unit
        case "b": return 0x08
        case "f": return 0x0C
        case "n": return 0x0A
        case "r": return 0x0D
        case "t": return 0x09
        case "u":
            let digits = String(decoding: rest.prefix(4), as: UTF16.self)
            guard digits.utf8.count == 4, digits.utf8.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }) else {
                return nil
            }
            rest = rest.dropFirst(4)
            return UInt16(digits, radix: 16)
        default: return nil
        }
    }
}
