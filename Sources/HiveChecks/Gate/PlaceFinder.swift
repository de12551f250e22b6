/// Turns offsets into lines and columns. Offsets that come in ascending order cost no more than one walk over the file,
/// whatever the length of its lines.
struct PlaceFinder {
    private let file: TextFile
    private var line = 0
    private var offset = 0
    private var scalars = 0
    private var units = 0

    init(_ file: TextFile) { self.file = file }

    /// A range that goes on over several lines is cut at the end of its first.
    mutating func place(of range: Range<Int>) -> TextPlace {
        let line = file.line(at: range.lowerBound)
        let whole = file.range(ofLine: line)
        if line != self.line || range.lowerBound < offset { begin(line, at: whole.lowerBound) }
        advance(to: min(range.lowerBound, whole.upperBound))
        let end = Self.lengths(file.bytes[offset..<max(offset, min(range.upperBound, whole.upperBound))])
        return TextPlace(
            line: line, column: scalars + 1, endColumn: scalars + 1 + end.scalars, utf16Column: units + 1,
            utf16EndColumn: units + 1 + end.units)
    }

    private mutating func begin(_ line: Int, at start: Int) {
        self.line = line
        (offset, scalars, units) = (start, 0, 0)
    }

    private mutating func advance(to target: Int) {
        let more = Self.lengths(file.bytes[offset..<max(offset, target)])
        (offset, scalars, units) = (max(offset, target), scalars + more.scalars, units + more.units)
    }

    private static func lengths(_ bytes: ArraySlice<UInt8>) -> (scalars: Int, units: Int) {
        guard bytes.contains(where: { $0 >= 0x80 }) else { return (bytes.count, bytes.count) }
        let text = String(decoding: bytes, as: UTF8.self)
        return (text.unicodeScalars.count, text.utf16.count)
    }
}
