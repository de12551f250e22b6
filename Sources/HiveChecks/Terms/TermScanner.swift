/// Finds banned terms in one scan of a file.
struct TermScanner {
    private struct Needle {
        let term: BannedTerm
        /// In small letters where case does not matter.
        let bytes: [UInt8]
        let guardsStart: Bool
        let guardsEnd: Bool
    }

    private let needles: [Needle]
    /// The needles by their first byte.
    private let byFirst: [[Int]]

    /// Terms without text find nothing.
    init(_ terms: [BannedTerm]) {
        let needles = terms.filter { !$0.text.isEmpty }.map { term in
            let bytes = Array(term.text.utf8).map { term.isCaseSensitive ? $0 : Self.lower($0) }
            return Needle(
                term: term, bytes: bytes, guardsStart: term.isWholeWord && Self.isWord(bytes[0]),
                guardsEnd: term.isWholeWord && Self.isWord(bytes[bytes.count - 1]))
        }
        var byFirst = [[Int]](repeating: [], count: 256)
        for (index, needle) in needles.enumerated() {
            let first = needle.bytes[0]
            byFirst[Int(first)].append(index)
            let upper = Self.upper(first)
            if !needle.term.isCaseSensitive, upper != first { byFirst[Int(upper)].append(index) }
        }
        self.needles = needles
        self.byFirst = byFirst
    }

    /// Every occurrence, in order of its beginning.
    func matches(in bytes: [UInt8], path: String) -> [(term: BannedTerm, range: Range<Int>)] {
        let applies = needles.map { $0.term.applies(to: path) }
        guard applies.contains(true) else { return [] }
        var found: [(term: BannedTerm, range: Range<Int>)] = []
        bytes.withUnsafeBufferPointer { buffer in
            for offset in buffer.indices {
                for index in byFirst[Int(buffer[offset])] where applies[index] {
                    guard Self.stands(needles[index], at: offset, in: buffer) else { continue }
                    found.append((needles[index].term, offset..<(offset + needles[index].bytes.count)))
                }
            }
        }
        return found
    }

    private static func stands(_ needle: Needle, at offset: Int, in buffer: UnsafeBufferPointer<UInt8>) -> Bool {
        let end = offset + needle.bytes.count
        guard end <= buffer.count else { return false }
        if needle.guardsStart, offset > 0, isWord(buffer[offset - 1]) { return false }
        if needle.guardsEnd, end < buffer.count, isWord(buffer[end]) { return false }
        for (place, byte) in needle.bytes.enumerated() {
            let given = buffer[offset + place]
            if given != byte, needle.term.isCaseSensitive || lower(given) != byte { return false }
        }
        return true
    }

    /// Letters beyond ASCII are parts of words too.
    private static func isWord(_ byte: UInt8) -> Bool {
        byte >= 0x80 || byte == UInt8(ascii: "_") || (0x30...0x39).contains(byte)
            || (0x61...0x7A).contains(lower(byte))
    }

    private static func lower(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }
    private static func upper(_ byte: UInt8) -> UInt8 { (0x61...0x7A).contains(byte) ? byte & 0xDF : byte }
}
