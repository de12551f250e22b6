/// JSON (RFC 8259) to values and back. Whole numbers become `int`, all others `double`. Maps print in the order of
/// their keys, bytes as base64, timestamps and the like as their texts, empty optional values and infinities as null.
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
        case .bytes(let bytes): quote(Base64.encode(bytes), to: &output)
        case .list(let values):
            output += "["
            for (index, value) in values.enumerated() {
                if index > 0 { output += "," }
                write(value, to: &output)
            }
            output += "]"
        case .map(let map):
            output += "{"
            let entries = map.entries.map { (key: keyText($0.key), value: $0.value) }
                .sorted { Text.order($0.key, $1.key) == .less }
            for (index, entry) in entries.enumerated() {
                if index > 0 { output += "," }
                quote(entry.key, to: &output)
                output += ":"
                write(entry.value, to: &output)
            }
            output += "}"
        case .object(let object):
            if let optional = object as? OptionalValue { return write(optional.value ?? .null, to: &output) }
            quote(object.text ?? object.typeName, to: &output)
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
