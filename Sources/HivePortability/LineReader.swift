public import HiveAPI

/// Cuts bytes that come in pieces into lines. Holds no more than one line, and of one that is too long nothing.
public struct LineReader: Sendable {
    /// The longest line that is read, in bytes: what one request may hold.
    public static let longest = (2 << 20) - 4096

    private var rest: [UInt8] = []
    private var isSkipping = false
    private var number = 0

    public init() {}

    /// One line of a text, without what ends it; nil for one that was too long.
    public struct Line: Sendable {
        public let number: Int
        public let bytes: [UInt8]?
    }

    public mutating func feed(_ bytes: [UInt8]) -> [Line] {
        var lines: [Line] = []
        var start = bytes.startIndex
        while let end = bytes[start...].firstIndex(of: 0x0A) {
            append(bytes[start..<end])
            lines.append(endLine())
            start = end + 1
        }
        append(bytes[start...])
        return lines
    }

    /// The last line, where nothing ends it.
    public mutating func finish() -> Line? { rest.isEmpty && !isSkipping ? nil : endLine() }

    private mutating func append(_ bytes: ArraySlice<UInt8>) {
        guard !isSkipping else { return }
        guard rest.count + bytes.count <= Self.longest else {
            rest = []
            isSkipping = true
            return
        }
        rest += bytes
    }

    private mutating func endLine() -> Line {
        number += 1
        defer {
            rest = []
            isSkipping = false
        }
        if isSkipping { return Line(number: number, bytes: nil) }
        return Line(number: number, bytes: rest.last == 0x0D ? Array(rest.dropLast()) : rest)
    }
}

extension LineReader.Line {
    /// The JSON of the line; nil for an empty one.
    public func json() throws(HiveError) -> JSONValue? {
        guard let bytes else {
            throw HiveError(
                .tooLarge, "the line has more than \(LineReader.longest) bytes", hint: "a memory has at most 1 MiB")
        }
        if bytes.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) { return nil }
        let value: JSONValue
        do { value = try JSONValue(parsing: bytes) } catch { throw HiveError.wrapping(error) }
        guard value != .null else {
            throw HiveError(.invalidInput, "the line is null, not a memory", hint: "leave the line out")
        }
        return value
    }
}
