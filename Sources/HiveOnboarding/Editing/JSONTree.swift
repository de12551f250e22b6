import HiveAPI

/// JSON to be written for people: members keep their order.
indirect enum JSONTree: Sendable {
    case text(String)
    case number(Int)
    case list([JSONTree])
    case members([(name: String, value: JSONTree)])

    /// The same as a value, to compare with what stands in a file.
    var value: JSONValue {
        switch self {
        case .text(let text): .string(text)
        case .number(let number): .integer(Int64(number))
        case .list(let items): .array(items.map(\.value))
        case .members(let members):
            .object(Dictionary(members.map { ($0.name, $0.value.value) }) { _, last in last })
        }
    }

    /// On several lines, the first without indentation.
    func lines(_ layout: JSONLayout, depth: Int) -> String {
        let inner = layout.newline + layout.indentation(depth + 1)
        let outer = layout.newline + layout.indentation(depth)
        switch self {
        case .text, .number: return value.text
        case .list(let items):
            guard !items.isEmpty else { return "[]" }
            return "[" + inner + items.map { $0.lines(layout, depth: depth + 1) }.joined(separator: "," + inner) + outer
                + "]"
        case .members(let members):
            guard !members.isEmpty else { return "{}" }
            let texts = members.map { JSONLayout.member($0.name, $0.value.lines(layout, depth: depth + 1)) }
            return "{" + inner + texts.joined(separator: "," + inner) + outer + "}"
        }
    }
}

/// How a file is written: its newlines and its indentation.
struct JSONLayout: Sendable {
    var newline = "\n"
    var unit = "  "

    init() {}

    /// As the bytes have it; what they do not show is as usual.
    init(of bytes: [UInt8]) {
        if let end = bytes.firstIndex(of: 0x0A), end > 0, bytes[end - 1] == 0x0D { newline = "\r\n" }
        // The first line that is indented shows the unit.
        var start = bytes.startIndex
        while let end = bytes[start...].firstIndex(of: 0x0A) {
            start = end + 1
            let spaces = bytes[start...].prefix { $0 == 0x20 || $0 == 0x09 }
            guard !spaces.isEmpty, start + spaces.count < bytes.count, bytes[start + spaces.count] == UInt8(ascii: "\"")
            else { continue }
            unit = String(decoding: spaces, as: UTF8.self)
            return
        }
    }

    func indentation(_ depth: Int) -> String { String(repeating: unit, count: depth) }

    static func member(_ name: String, _ text: String) -> String { "\(JSONValue.string(name).text): \(text)" }
}
