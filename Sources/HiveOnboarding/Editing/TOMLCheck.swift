import HiveAPI

/// Whether lines may be added at the end of a TOML file: no text and no list is open there, and no table of a name is
/// there already.
enum TOMLCheck {
    /// Throws `invalid_input` for a file that ends inside a text or a list.
    static func check(_ bytes: [UInt8]) throws {
        guard String(validating: bytes, as: UTF8.self) != nil else {
            throw HiveError(.invalidInput, "it is not valid UTF-8", hint: "mend the file, nothing was changed")
        }
        var place = 0
        var depth = 0
        while place < bytes.count {
            switch bytes[place] {
            case UInt8(ascii: "#"): place = bytes[place...].firstIndex(of: 0x0A) ?? bytes.count
            case UInt8(ascii: "\""), UInt8(ascii: "'"):
                guard let end = end(ofText: bytes, at: place) else { throw wrong(bytes, place, "a text does not end") }
                place = end
                continue
            case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
            case UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
            default: break
            }
            guard depth >= 0 else { throw wrong(bytes, place, "a bracket closes that was not opened") }
            place += 1
        }
        guard depth == 0 else { throw wrong(bytes, bytes.count, "a bracket is not closed") }
    }

    /// Whether a line opens a table.
    static func has(table: String, in bytes: [UInt8]) -> Bool {
        String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline).contains { line in
            line.filter { $0 != " " && $0 != "\t" && $0 != "\"" }.hasPrefix("[\(table)]")
        }
    }

    private static func end(ofText bytes: [UInt8], at start: Int) -> Int? {
        let quote = bytes[start]
        let isLong = bytes[start...].starts(with: [quote, quote, quote])
        var place = start + (isLong ? 3 : 1)
        while place < bytes.count {
            if bytes[place] == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
                place += 2
            } else if isLong, bytes[place...].starts(with: [quote, quote, quote]) {
                place += 3
                // Quotes before the closing three belong to the text.
                while place < bytes.count, bytes[place] == quote { place += 1 }
                return place
            } else if !isLong, bytes[place] == quote {
                return place + 1
            } else if !isLong, bytes[place] == 0x0A {
                return nil
            } else {
                place += 1
            }
        }
        return nil
    }

    private static func wrong(_ bytes: [UInt8], _ place: Int, _ what: String) -> HiveError {
        let line = 1 + bytes[..<min(place, bytes.count)].count { $0 == 0x0A }
        return HiveError(
            .invalidInput, "line \(line) is no TOML: \(what)", hint: "mend the file by hand, nothing was changed")
    }
}
