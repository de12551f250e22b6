import Testing

@testable import HiveAPI

@Suite struct ServerSentEventsTests {
    static let stream =
        ": hello\n\nevent: message\ndata: {\"a\":1,\ndata: \"b\":2}\n\ndata:x\r\n\r\nid: 5\n\ndata: y\r\rdata: half"

    @Test("Events are the same however the stream is cut", arguments: [1, 2, 3, 7, 1000])
    func pieces(size: Int) {
        var events = ServerSentEvents()
        let bytes = Array(Self.stream.utf8)
        var found: [String] = []
        for start in stride(from: 0, to: bytes.count, by: size) {
            found += events.feed(Array(bytes[start..<min(start + size, bytes.count)]))
        }
        #expect(found == ["{\"a\":1,\n\"b\":2}", "x", "y"])
        #expect(events.pending == "data: half".utf8.count)
    }
}
