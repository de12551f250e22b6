import HiveAPI
import Testing

@testable import HivePortability

@Suite struct LineReaderTests {
    @Test("However bytes are cut into pieces, the lines are the same", arguments: 1...9)
    func pieces(size: Int) {
        let text = Array("a\n\nbc\r\nlast".utf8)
        var reader = LineReader()
        var lines: [LineReader.Line] = []
        for start in stride(from: 0, to: text.count, by: size) {
            lines += reader.feed(Array(text[start..<min(start + size, text.count)]))
        }
        if let line = reader.finish() { lines.append(line) }
        #expect(lines.map(\.number) == [1, 2, 3, 4])
        #expect(lines.map { String(decoding: $0.bytes ?? [], as: UTF8.self) } == ["a", "", "bc", "last"])
    }

    @Test("A line that is too long is passed over without being held")
    func tooLong() {
        var reader = LineReader()
        var lines: [LineReader.Line] = []
        for _ in 0..<40 { lines += reader.feed(Array(repeating: 0x78, count: 64 << 10)) }
        lines += reader.feed([0x0A, 0x79, 0x0A])
        #expect(lines.map { $0.bytes?.count } == [nil, 1])
        #expect(throws: HiveError.self) { try lines[0].json() }
    }
}
