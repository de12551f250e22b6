import HiveAPI
import Testing

@testable import HiveServer

/// What a legacy conversation may have open at once.
@Suite struct MCPInboxTests {
    private let inbox = MCPInbox()
    private static let request = #"{"jsonrpc":"2.0","id":1,"method":"tools/call"}"#
    private static let answer = #"{"jsonrpc":"2.0","id":"hive-1","result":{}}"#

    private func fill() throws {
        for _ in 0..<MCPInbox.mostRequests { try inbox.offer(Self.request) }
    }

    @Test("No more requests are taken than may be open, wherever they are; answers and cancellations are")
    func requests() throws {
        try fill()
        #expect(throws: HiveError(.rateLimited, "")) { try inbox.offer(Self.request) }
        try inbox.offer(Self.answer)
        for number in 1...MCPInbox.mostRequests { inbox.note(Self.request, MCPBridge.Load(number)) }
        #expect(throws: HiveError(.rateLimited, "")) { try inbox.offer(Self.request) }
        inbox.note(nil, MCPBridge.Load(MCPInbox.mostRequests - 1))
        try inbox.offer(Self.request)
        #expect(throws: HiveError(.rateLimited, "")) { try inbox.offer(Self.request) }
    }

    @Test("A batch counts for all that is in it")
    func batches() throws {
        func batch(_ count: Int) -> String {
            "[\([String](repeating: Self.request, count: count).joined(separator: ","))]"
        }
        #expect(throws: HiveError(.tooLarge, "")) { try inbox.offer(batch(MCPInbox.mostRequests + 1)) }
        try inbox.offer(batch(MCPInbox.mostRequests - 1))
        #expect(throws: HiveError(.rateLimited, "")) { try inbox.offer(batch(2)) }
        try inbox.offer(batch(1))
    }

    @Test("Bytes are counted as well, and lines that nobody has read")
    func sizes() throws {
        let large = String(repeating: " ", count: MCPInbox.mostBytes / 2) + Self.request
        try inbox.offer(large)
        #expect(throws: HiveError(.rateLimited, "")) { try inbox.offer(large) }
        inbox.note(large, MCPBridge.Load(0))
        try inbox.offer(large)
        var taken = 0
        while (try? inbox.offer(Self.answer)) != nil, taken < 1000 { taken += 1 }
        #expect(taken < 100)
    }
}

extension MCPBridge.Load {
    fileprivate init(_ requests: Int) {
        self.init()
        self.requests = requests
    }
}
