/// The fence around a block of code: three or more of one sign.
struct MarkdownFence {
    private let sign: UInt8
    private let length: Int

    /// Nil for a line that opens no block.
    init?(opening line: ArraySlice<UInt8>) {
        guard let sign = line.first, sign == UInt8(ascii: "`") || sign == UInt8(ascii: "~") else { return nil }
        self.sign = sign
        length = line.prefix { $0 == sign }.count
        guard length >= 3 else { return nil }
    }

    func isClosed(by line: ArraySlice<UInt8>) -> Bool {
        let line = RecordText.trimmed(line)
        return line.count >= length && line.allSatisfy { $0 == sign }
    }
}
