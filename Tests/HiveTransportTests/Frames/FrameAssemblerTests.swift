import HiveSync
import Testing

@testable import HiveTransport

@Suite("FrameAssembler")
struct FrameAssemblerTests {
    /// A frame as it goes over the wire.
    private static func frame(_ flags: UInt8, _ payload: [UInt8] = []) -> [UInt8] {
        let length = UInt32(payload.count + 1)
        return (0..<4).map { UInt8(truncatingIfNeeded: length >> (24 - 8 * $0)) } + [flags] + payload
    }

    private static func wire(_ scheduler: inout LaneScheduler) -> [UInt8] {
        var bytes: [UInt8] = []
        while let next = scheduler.next() { bytes += frame(next.flags, Array(next.payload)) }
        return bytes
    }

    @Test("FrameAssembler reads the layout that PeerFrame documents")
    func layout() {
        var assembler = FrameAssembler(maximumMessage: 100)
        let (messages, fault) = assembler.take([0, 0, 0, 3, 0b111, 0xAB, 0xCD, 0, 0, 0, 1, 0b100])
        #expect(fault == nil)
        #expect(messages == [LaneMessage(lane: .bulk, bytes: [0xAB, 0xCD]), LaneMessage(lane: .emergency, bytes: [])])
        #expect(assembler.isBetweenMessages)
    }

    @Test(
        "FrameAssembler gives back what a scheduler cut up, however the bytes are chunked",
        arguments: 0..<64 as Range<UInt64>)
    func chunking(seed: UInt64) {
        var random = SplitMix(seed: seed)
        var scheduler = LaneScheduler()
        var sent: [Lane: [[UInt8]]] = [:]
        for _ in 0..<Int.random(in: 1...12, using: &random) {
            let lane = Lane.allCases.randomElement(using: &random) ?? .bulk
            let size = Int.random(in: 0...(Bool.random(using: &random) ? 40 : 60_000), using: &random)
            let message = (0..<size).map { UInt8(truncatingIfNeeded: $0 &+ size) }
            scheduler.enqueue(message, on: lane)
            sent[lane, default: []].append(message)
        }
        var rest = Self.wire(&scheduler)[...]
        var assembler = FrameAssembler(maximumMessage: 60_000)
        var received: [Lane: [[UInt8]]] = [:]
        while !rest.isEmpty {
            let chunk = rest.prefix(Int.random(in: 1...20_000, using: &random))
            rest = rest.dropFirst(chunk.count)
            let (messages, fault) = assembler.take(chunk)
            #expect(fault == nil, "seed \(seed)")
            for message in messages { received[message.lane, default: []].append(message.bytes) }
        }
        #expect(received == sent, "seed \(seed)")
        #expect(assembler.isBetweenMessages, "seed \(seed)")
    }

    @Test(
        "FrameAssembler never traps and never holds more than its limits on random bytes",
        arguments: 0..<400 as Range<UInt64>)
    func fuzz(seed: UInt64) {
        var random = SplitMix(seed: seed)
        var assembler = FrameAssembler(maximumMessage: 5_000, maximumFirstMessage: 500)
        var fault: TransportError?
        for _ in 0..<60 {
            // Lengths that are near the truth get past the first check more often than random ones.
            let isPlausible = Int.random(in: 0..<4, using: &random) > 0
            let size = Int.random(in: 0...300, using: &random)
            let payload = (0..<size).map { _ in UInt8.random(in: 0...255, using: &random) }
            let flags = UInt8.random(in: 0...(isPlausible ? 7 : 255), using: &random)
            var bytes = Self.frame(flags, payload)
            if !isPlausible {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] ^= 1 << UInt8.random(in: 0...7, using: &random)
            }
            let result = assembler.take(bytes)
            if fault != nil { #expect(result.messages.isEmpty && result.fault == fault, "seed \(seed)") }
            fault = result.fault
            #expect(result.messages.allSatisfy { $0.bytes.count <= 5_000 }, "seed \(seed)")
        }
    }

    @Test(
        "FrameAssembler refuses what is no frame",
        arguments: [
            ([0, 0, 0, 0], TransportError.Code.malformedFrame),
            ([0, 0, 0, 1, 0], .malformedFrame),
            ([0, 0, 0, 2, 0b1000, 1], .malformedFrame),
            ([0, 0, 0, 2, 0b1000_0100, 1], .malformedFrame),
            ([0, 0, 0x3F, 0xFD], .oversizedFrame),
            ([0xFF, 0xFF, 0xFF, 0xFF], .oversizedFrame),
            (Array("GET / HTTP/1.1\r\n".utf8), .oversizedFrame),
        ] as [([UInt8], TransportError.Code)])
    func malformed(bytes: [UInt8], code: TransportError.Code) {
        var assembler = FrameAssembler(maximumMessage: 100)
        let (messages, fault) = assembler.take(bytes)
        #expect(messages.isEmpty)
        #expect(fault?.code == code)
    }

    @Test("FrameAssembler delivers what came before a fault, and nothing after it")
    func faultIsFinal() {
        var assembler = FrameAssembler(maximumMessage: 100)
        let first = assembler.take(Self.frame(4, [1]) + Self.frame(0x40, [2]) + Self.frame(4, [3]))
        #expect(first.messages == [LaneMessage(lane: .emergency, bytes: [1])])
        #expect(first.fault?.code == .malformedFrame)
        let second = assembler.take(Self.frame(4, [4]))
        #expect(second.messages.isEmpty)
        #expect(second.fault == first.fault)
    }

    @Test("FrameAssembler takes a message of exactly the limit and refuses one byte more")
    func limit() {
        for (size, isTaken) in [(20_000, true), (20_001, false)] {
            var scheduler = LaneScheduler()
            scheduler.enqueue([UInt8](repeating: 1, count: size), on: .live)
            var assembler = FrameAssembler(maximumMessage: 20_000)
            let (messages, fault) = assembler.take(Self.wire(&scheduler))
            #expect(messages.count == (isTaken ? 1 : 0))
            #expect(fault?.code == (isTaken ? nil : .oversizedFrame))
        }
    }

    @Test("FrameAssembler holds the first message to its own limit, and only the first")
    func firstLimit() {
        var assembler = FrameAssembler(maximumMessage: 100, maximumFirstMessage: 10)
        for size in [10, 100] {
            let (messages, _) = assembler.take(Self.frame(5, Array(repeating: 1, count: size)))
            #expect(messages.count == 1)
        }
        var strict = FrameAssembler(maximumMessage: 100, maximumFirstMessage: 10)
        let (_, fault) = strict.take(Self.frame(5, Array(repeating: 1, count: 11)))
        #expect(fault?.code == .oversizedFrame)
    }
}
