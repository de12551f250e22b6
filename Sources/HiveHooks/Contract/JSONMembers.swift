/// The members of one JSON object, found without making values of them: a hook starts for every call of a tool and has to
/// know four texts of an event that may have megabytes.
public struct JSONMembers {
    private let bytes: ArraySlice<UInt8>
    private let values: [String: Range<Int>]

    /// Nil for what is no single JSON object (RFC 8259) in UTF-8, or names a member twice.
    public init?(_ bytes: [UInt8]) { self.init(bytes[...]) }

    init?(_ bytes: ArraySlice<UInt8>) {
        guard String(validating: bytes, as: UTF8.self) != nil else { return nil }
        var scanner = JSONScanner(bytes)
        guard let values = scanner.members() else { return nil }
        self.bytes = bytes
        self.values = values
    }

    /// A member that is a text; nil where it is missing or something else.
    public func text(_ name: String) -> String? {
        guard let range = values[name], bytes[range.lowerBound] == UInt8(ascii: "\"") else { return nil }
        return JSONScanner.decoded(bytes[range])
    }

    /// The texts of a member that is a list; nil where it is missing or something else. What is no text among them is
    /// nil.
    public func texts(_ name: String) -> [String?]? {
        guard let range = values[name], bytes[range.lowerBound] == UInt8(ascii: "[") else { return nil }
        var scanner = JSONScanner(bytes[range])
        return scanner.elements()?.map { element in
            bytes[element.lowerBound] == UInt8(ascii: "\"") ? JSONScanner.decoded(bytes[element]) : nil
        }
    }

    /// A whole number.
    public func number(_ name: String) -> Int64? {
        guard let range = values[name] else { return nil }
        return Int64(String(decoding: bytes[range], as: UTF8.self))
    }

    /// A member that is an object.
    public func object(_ name: String) -> JSONMembers? {
        guard let range = values[name], bytes[range.lowerBound] == UInt8(ascii: "{") else { return nil }
        return JSONMembers(bytes[range])
    }

    public var isEmpty: Bool { values.isEmpty }
    public func has(_ name: String) -> Bool { values[name] != nil }

    /// Whether there is something else than null.
    public func hasValue(_ name: String) -> Bool {
        values[name].map { bytes[$0.lowerBound] != UInt8(ascii: "n") } ?? false
    }

    /// Appends a text in quotes.
    public static func write(_ text: String, to output: inout [UInt8]) {
        output.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): output += [UInt8(ascii: "\\"), byte]
            case 0x0A: output += Array("\\n".utf8)
            case 0x0D: output += Array("\\r".utf8)
            case 0x09: output += Array("\\t".utf8)
            case 0..<0x20:
                let digits = String(byte, radix: 16)
                output += Array("\\u00\(digits.count == 1 ? "0" : "")\(digits)".utf8)
            default: output.append(byte)
            }
        }
        output.append(UInt8(ascii: "\""))
    }
}
