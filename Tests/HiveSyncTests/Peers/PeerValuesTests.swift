import HiveCore
import HiveSync
import HiveTesting
import Testing

/// The small values that keep one peer from harming the others.
@Suite("Peers") struct PeerValuesTests {
    private let peer = NodeID(.sha256([1]))
    private let other = NodeID(.sha256([2]))

    @Test("a sender that persists is cut off, each time for longer, and nobody else is")
    func penalties() {
        var box = PenaltyBox()
        for _ in 1..<box.settings.limit {
            let isCutOff = box.fault(of: peer, now: 1_000)
            #expect(!isCutOff)
        }
        let isCutOff = box.fault(of: peer, now: 1_000)
        #expect(isCutOff)
        #expect(box.remaining(for: peer, now: 1_000) == box.settings.first)
        #expect(box.remaining(for: other, now: 1_000) == nil && box.count(now: 1_000) == 1)
        let later = 1_000 + box.settings.first
        #expect(box.remaining(for: peer, now: later) == nil)
        for _ in 0..<box.settings.limit { _ = box.fault(of: peer, now: later) }
        #expect(box.remaining(for: peer, now: later) == 2 * box.settings.first)
    }

    @Test("faults that are rare are forgiven")
    func forgiven() {
        var box = PenaltyBox()
        for minute in 0..<1_000 as Range<Int64> {
            let isCutOff = box.fault(of: peer, now: minute * box.settings.forgiveness)
            #expect(!isCutOff)
        }
    }

    @Test("a peer that does not answer is left alone for longer and longer, then tried once")
    func breaker() {
        var random = SeededRandom(seed: 1)
        var breaker = CircuitBreaker()
        for _ in 0..<4 { breaker.failed(now: 0, using: &random) }
        #expect(breaker.state(now: 0) == .closed)
        breaker.failed(now: 0, using: &random)
        #expect(breaker.state(now: 0) == .open)
        let wait = breaker.wait(now: 0)
        #expect((8_000...16_000).contains(wait))
        #expect(breaker.state(now: wait) == .halfOpen && breaker.wait(now: wait) == 0)
        breaker.succeeded()
        #expect(breaker.state(now: wait) == .closed && breaker.wait(now: wait) == 0)
        breaker.rest(until: wait + 5_000)
        #expect(breaker.wait(now: wait) == 5_000, "a peer that is busy says when to come back")
    }

    @Test("a fleet that lost its network does not come back as one")
    func jitter() {
        var waits: Set<Int64> = []
        for seed in 0..<100 as Range<UInt64> {
            var random = SeededRandom(seed: seed)
            var breaker = CircuitBreaker()
            for _ in 0..<8 { breaker.failed(now: 0, using: &random) }
            waits.insert(breaker.wait(now: 0) / 1_000)
        }
        #expect(waits.count > 20, "\(waits.count) different seconds")
    }

    @Test("few peers are served much at once; the others hear when to come back, and do get their turn")
    func serving() {
        var random = SeededRandom(seed: 1)
        var gate = ServingGate(limit: 2)
        let peers = (0..<5 as Range<UInt8>).map { NodeID(.sha256([$0])) }
        #expect(gate.admit(peers[0], now: 0, using: &random) == nil)
        #expect(gate.admit(peers[1], now: 0, using: &random) == nil)
        #expect(gate.admit(peers[0], now: 1_000, using: &random) == nil, "it keeps its place while it reads")
        let retry = gate.admit(peers[2], now: 1_500, using: &random)
        #expect((gate.lease...2 * gate.lease).contains(retry ?? 0))
        #expect(gate.admit(peers[2], now: 2_500, using: &random) == nil, "the second has gone")
    }

    @Test("bytes flow at the rate on average, a second's worth at once")
    func bucket() {
        var bucket = TokenBucket(rate: 1_000)
        #expect(bucket.take(1_000, now: 0) == 0)
        #expect(bucket.take(500, now: 0) == 500)
        #expect(bucket.take(500, now: 500) == 500, "what was owed is paid, this is owed now")
        #expect(bucket.take(1_000, now: 60_000) == 0, "no more than a second is saved up")
        #expect(bucket.take(10_000, now: 60_000) == 10_000)
    }

    @Test("what waits for a slow peer is bounded on every lane; only control messages may not be dropped")
    func queue() {
        var limits = SendQueue.Limits()
        (limits.emergency, limits.control, limits.live, limits.bulk) = (10, 10, 10, 10)
        var queue = SendQueue(limits: limits)
        for lane in Lane.allCases {
            #expect(queue.offer([UInt8](repeating: 0, count: 99), on: lane) == .queued, "one is taken, however long")
            #expect(queue.offer([1], on: lane) == (lane == .control ? .overflow : .dropped))
        }
        #expect(queue.dropped == 4)
        #expect(queue.next(of: [.bulk, .live])?.lane == .live)
        #expect(queue.next(of: [.bulk])?.lane == .bulk)
        #expect(queue.next(of: [.bulk]) == nil)
        #expect(queue.offer([1], on: .bulk) == .queued)
        #expect(queue.next(of: Set(Lane.allCases))?.lane == .emergency, "the most urgent first")
    }

    @Test("a compressed message says what it is, and others are left alone")
    func compressed() throws {
        let message = CompressedMessage(length: 5_000, bytes: [1, 2, 3])
        #expect(try CompressedMessage(decoding: message.encoded()) == message)
        #expect(try SyncMessage.decode(message.encoded()) == nil, "who did not ask for it passes it over")
        #expect(try CompressedMessage(decoding: SyncMessage.ping(3).encoded()) == nil)
        let bomb = CompressedMessage(length: .max, bytes: [1])
        #expect(throws: CBORError.self) { try CompressedMessage(decoding: bomb.encoded()) }
        #expect(throws: CBORError.self) { try CompressedMessage(decoding: message.encoded() + [0]) }
    }
}
