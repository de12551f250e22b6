/// How values look in a source.
enum Literal {
    static func text(_ value: Value) -> String {
        switch value {
        case .null: "null"
        case .bool(let value): value ? "true" : "false"
        case .int(let number): String(number)
        case .uint(let number): "\(number)u"
        case .double(let number): "\(number)"
        case .string(let text): quoted(text)
        case .bytes(let bytes): "b\"" + bytes.map(byte).joined() + "\""
        case .type(let name): name
        default: JSONText.render(value)
        }
    }

    private static func byte(_ byte: UInt8) -> String {
        let isPlain = (32...126).contains(byte) && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
        guard !isPlain else { return String(Unicode.Scalar(byte)) }
        return "\\x" + padded(String(byte, radix: 16), 2)
    }

    static func quoted(_ text: String) -> String {
        var output = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": output += "\\\""
            case "\\": output += "\\\\"
            case "\u{7}": output += "\\a"
            case "\u{8}": output += "\\b"
            case "\u{C}": output += "\\f"
            case "\n": output += "\\n"
            case "\r": output += "\\r"
            case "\t": output += "\\t"
            case "\u{B}": output += "\\v"
            case "\u{0}"..."\u{1F}", "\u{7F}": output += "\\u" + padded(String(scalar.value, radix: 16), 4)
            default: output.unicodeScalars.append(scalar)
            }
        }
        return output + "\""
    }

    private static func padded(_ digits: String, _ width: Int) -> String {
        String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
}
