import HiveCore
import HiveSync
import Testing

/// What finding out what differs costs, in bytes and turns.
@Suite("Cost of a session") struct SessionCostTests {
    private let founding = ScopeFounding(hive: HiveID(.sha256([2])), name: .main, founder: NodeID(.sha256([3])))

    /// As many logs of 4,000 operations; those in `behind` lack one.
    private func view(logs count: Int, behind: Set<Int> = []) -> ExchangeView {
        let heads = (0..<count).map { number in
            let id = [UInt8(number >> 8), UInt8(number & 255)]
            let size: UInt64 = behind.contains(number) ? 3_999 : 4_000
            return LogHead(log: LogID(.sha256(id)), size: size, root: .sha256(id + [UInt8(size & 1)]))
        }
        let law = LogHead(log: LogID(.sha256([1, 2, 3])), size: 9, root: .sha256([4]))
        return ExchangeView(streams: [
            StreamView(founding: founding, stream: .law, logs: [law]),
            StreamView(founding: founding, stream: .knowledge, logs: heads),
        ])
    }

    @Test("a reconnect with nothing new takes one round trip and at most 200 bytes each way")
    func idle() {
        var pair = SessionPair(view(logs: 250), view(logs: 250), hive: founding.hive)
        pair.talk()
        #expect(pair.turns.count == 2, "hello, and the answer")
        #expect(pair.hasConverged == [true, true])
        #expect(pair.bytes / 2 <= 200, "\(pair.bytes / 2) bytes")
    }

    @Test("ten missing of a million operations are asked for after two round trips and 8 KiB")
    func ten() {
        let behind = Set(stride(from: 3, to: 250, by: 25))
        var pair = SessionPair(view(logs: 250), view(logs: 250, behind: behind), hive: founding.hive)
        pair.talk()
        #expect(Set(pair.requests).count == behind.count)
        #expect(pair.requests.count <= behind.count)
        let asked = pair.turns.firstIndex { turn in
            turn.contains { if case .syncRequest = $0.message { true } else { false } }
        }
        #expect(asked == 3, "hello, hashes, logs, requests: two round trips")
        #expect(pair.bytes <= 8_192, "\(pair.bytes) bytes")
    }

    @Test("a newcomer to thousands of logs gets their list in pages of bounded size")
    func newcomer() {
        var pair = SessionPair(view(logs: 3_500), view(logs: 0), hive: founding.hive)
        pair.talk()
        let pages = pair.turns.joined().filter { if case .bucketLogs = $0.message { true } else { false } }
        #expect(pages.count == 4)
        #expect(pages.allSatisfy { $0.message.encoded().count <= 80 * 1_000 })
        #expect(pair.requests.count == 16, "as many as the window has places")
    }

    @Test("two nodes with thousands of logs name only those in buckets that differ")
    func many() {
        var pair = SessionPair(view(logs: 3_500), view(logs: 3_500, behind: [7, 1_007]), hive: founding.hive)
        pair.talk()
        let named = pair.turns.joined().reduce(0) { sum, said in
            switch said.message {
            case .bucketLogs(_, _, let heads), .logs(_, _, let heads): sum + heads.count
            default: sum
            }
        }
        #expect(named <= 30, "\(named) named")
        #expect(Set(pair.requests).count == 2)
    }
}
