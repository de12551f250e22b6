import HiveAPI

/// Reads JSON with comments from left to right and notes places.
struct JSONOutlineScanner {
    private static let deepest = 128

    private let bytes: [UInt8]
    private var position = 0
    private var depth = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        // A byte order mark is none of the text.
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    }

    mutating func document() throws -> JSONOutline.Node {
        try skip()
        let node = try value()
        try skip()
        guard position == bytes.count else { throw wrong("there is more after the value") }
        return node
    }

    private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func value() throws -> JSONOutline.Node {
        let start = position
        switch current {
        case UInt8(ascii: "{"):
            let items = try items(until: "}", named: true)
            return JSONOutline.Node(kind: .object, range: start..<position, items: items)
        case UInt8(ascii: "["):
            let items = try items(until: "]", named: false)
            return JSONOutline.Node(kind: .list, range: start..<position, items: items)
        case UInt8(ascii: "\""):
            _ = try string()
            return JSONOutline.Node(kind: .text, range: start..<position, items: [])
        case nil: throw wrong("the text ends where a value should be")
        default:
            let word = bytes[position...].prefix { byte in
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                    || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                    || [UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."), UInt8(ascii: "E")].contains(byte)
            }
            position += word.count
            do { _ = try JSONValue(parsing: Array(word)) } catch { throw wrong("no value starts like this", at: start) }
            return JSONOutline.Node(kind: .other, range: start..<position, items: [])
        }
    }

    private mutating func items(until end: Unicode.Scalar, named: Bool) throws -> [JSONOutline.Item] {
        guard depth < Self.deepest else { throw wrong("it nests deeper than \(Self.deepest) levels") }
        depth += 1
        defer { depth -= 1 }
        position += 1
        var items: [JSONOutline.Item] = []
        try skip()
        while current != UInt8(ascii: end) {
            let start = position
            var name: String?
            if named {
                guard current == UInt8(ascii: "\"") else { throw wrong("a name in quotes should be here") }
                name = try string()
                try skip()
                guard take(":") else { throw wrong("a colon should be here") }
                try skip()
            }
            let value = try value()
            items.append(JSONOutline.Item(name: name, range: start..<position, value: value))
            try skip()
            guard take(",") else { break }
            try skip()
        }
        guard take(end) else { throw wrong("a comma or `\(end)` should be here") }
        return items
    }

    private mutating func string() throws -> String {
        let start = position
        position += 1
        while let byte = current {
            position += 1
            if byte == UInt8(ascii: "\"") {
                return try JSONValue(parsing: Array(bytes[start..<position])).string ?? ""
            }
            if byte == UInt8(ascii: "\\") { position += 1 }
        }
        throw wrong("a text in quotes does not end", at: start)
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard let byte = current, UInt32(byte) == character.value else { return false }
        position += 1
        return true
    }

    private mutating func skip() throws {
        while true {
            guard let end = try JSONTrivia.end(of: bytes, at: position) else { return }
            position = end
        }
    }

    private func wrong(_ what: String, at place: Int? = nil) -> HiveError {
        let line = 1 + bytes[..<min(place ?? position, bytes.count)].count { $0 == 0x0A }
        return HiveError(
            .invalidInput, "line \(line) is no JSON: \(what)", hint: "mend the file by hand, nothing was changed")
    }
}

/// What stands between the parts of JSON: space and comments.
enum JSONTrivia {
    /// Where the space or the comment at a place ends; nil where none stands there. Throws for a comment without end.
    static func end(of bytes: [UInt8], at place: Int) throws -> Int? {
        guard place < bytes.count else { return nil }
        if isSpace(bytes[place]) { return place + 1 }
        guard bytes[place] == UInt8(ascii: "/"), place + 1 < bytes.count else { return nil }
        switch bytes[place + 1] {
        case UInt8(ascii: "/"):
            return bytes[place...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? bytes.count
        case UInt8(ascii: "*"):
            var end = place + 2
            while end + 1 < bytes.count {
                if bytes[end] == UInt8(ascii: "*"), bytes[end + 1] == UInt8(ascii: "/") { return end + 2 }
                end += 1
            }
            throw HiveError(.invalidInput, "a comment does not end", hint: "mend the file by hand, nothing was changed")
        default: return nil
        }
    }

    static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D }

    /// A comma and the end of the last comment on the way from a place to another, which hold nothing but trivia and one
    /// comma at most. `isLine` tells whether that comment ends with its line.
    static func look(
        in bytes: [UInt8], from start: Int, to end: Int
    ) throws -> (comma: Int?, comment: Int?, isLine: Bool) {
        var place = start
        var comma: Int?
        var comment: Int?
        var isLine = false
        while place < end {
            if bytes[place] == UInt8(ascii: ",") {
                // Comments before the comma belong to what stands before it.
                (comma, comment, isLine) = (place, nil, false)
                place += 1
            } else if isSpace(bytes[place]) {
                place += 1
            } else if let next = try Self.end(of: bytes, at: place) {
                isLine = bytes[place + 1] == UInt8(ascii: "/")
                (place, comment) = (next, next)
            } else {
                break
            }
        }
        return (comma, comment, isLine)
    }
}
