import HiveCore

/// A file as lines. Bytes that are no UTF-8 count as one character each that stands for them.
struct TextFile {
    let path: String
    let bytes: [UInt8]
    /// Where each line begins.
    private let starts: [Int]

    init(_ file: SourceFile) {
        path = file.path
        bytes = file.bytes
        var starts = [0]
        file.bytes.withUnsafeBufferPointer { buffer in
            for (offset, byte) in buffer.enumerated() where byte == 0x0A { starts.append(offset + 1) }
        }
        self.starts = starts
    }

    /// Files with a zero byte near their beginning are no text.
    static func isBinary(_ bytes: [UInt8]) -> Bool { bytes.prefix(8192).contains(0) }

    var lineCount: Int { starts.count }

    /// The line, from 1, on which an offset stands.
    func line(at offset: Int) -> Int {
        var (low, high) = (0, starts.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if starts[middle] <= offset { low = middle } else { high = middle }
        }
        return low + 1
    }

    /// The offsets of a line without its end; empty for a line that the file does not have.
    func range(ofLine line: Int) -> Range<Int> {
        guard (1...starts.count).contains(line) else { return bytes.count..<bytes.count }
        let start = starts[line - 1]
        var end = line < starts.count ? starts[line] - 1 : bytes.count
        if end > start, bytes[end - 1] == 0x0D { end -= 1 }
        return start..<end
    }

    /// The offsets of a line without the blanks at its ends.
    func contentRange(ofLine line: Int) -> Range<Int> {
        let range = range(ofLine: line)
        guard let first = bytes[range].firstIndex(where: { $0 > 0x20 }),
            let last = bytes[range].lastIndex(where: { $0 > 0x20 })
        else { return range }
        return first..<(last + 1)
    }

    /// The hash of a line whose blanks do not matter.
    func contentHash(ofLine line: Int) -> Digest {
        var normal: [UInt8] = []
        var isBlankDue = false
        for byte in bytes[range(ofLine: line)] {
            if byte == 0x20 || byte == 0x09 {
                isBlankDue = !normal.isEmpty
            } else {
                if isBlankDue { normal.append(0x20) }
                isBlankDue = false
                normal.append(byte)
            }
        }
        return Digest.sha256(normal)
    }
}
