import HiveSync
import Testing

@testable import HiveTransport

@Suite("LaneScheduler")
struct LaneSchedulerTests {
    @Test("LaneScheduler lets an emergency go between two frames of a bulk message")
    func emergencyOvertakes() {
        var scheduler = LaneScheduler()
        let bulk = (0..<40_000).map { UInt8(truncatingIfNeeded: $0) }
        scheduler.enqueue(bulk, on: .bulk)
        var frames = [scheduler.next()].compactMap { $0 }
        scheduler.enqueue([1, 2], on: .emergency)
        while let frame = scheduler.next() { frames.append(frame) }
        #expect(frames.map(\.lane) == [.bulk, .emergency, .bulk, .bulk])
        #expect(frames.map(\.isLast) == [false, true, false, true])
        #expect(frames.filter { $0.lane == .bulk }.flatMap(\.payload) == bulk)
        #expect(scheduler.isEmpty)
    }

    @Test("LaneScheduler fills every frame of a message but the last")
    func fullFrames() {
        var scheduler = LaneScheduler()
        scheduler.enqueue([UInt8](repeating: 0, count: PeerFrame.maximumPayload * 2), on: .live)
        var lengths: [Int] = []
        while let frame = scheduler.next() { lengths.append(frame.length) }
        #expect(lengths == [PeerFrame.maximumLength, PeerFrame.maximumLength])
    }

    @Test("LaneScheduler counts the bytes that a lane still has to send")
    func bytes() {
        var scheduler = LaneScheduler()
        scheduler.enqueue([UInt8](repeating: 0, count: 20_000), on: .bulk)
        scheduler.enqueue([1], on: .bulk)
        #expect(scheduler.bytes(on: .bulk) == 20_001)
        _ = scheduler.next()
        #expect(scheduler.bytes(on: .bulk) == 20_001 - PeerFrame.maximumPayload)
        while scheduler.next() != nil {}
        #expect(Lane.allCases.allSatisfy { scheduler.bytes(on: $0) == 0 })
    }

    @Test("LaneScheduler keeps back a frame that does not fit, and gives no less urgent one instead")
    func fitting() {
        var scheduler = LaneScheduler()
        scheduler.enqueue([UInt8](repeating: 0, count: 100), on: .control)
        scheduler.enqueue([1], on: .bulk)
        let lanes = [104, 105, 6].map { scheduler.next(fitting: $0)?.lane }
        #expect(lanes == [nil, .control, .bulk])
    }

    @Test("MessageFIFO keeps order over many messages", arguments: 0..<16 as Range<UInt64>)
    func fifo(seed: UInt64) {
        var random = SplitMix(seed: seed)
        var fifo = MessageFIFO()
        var twin: [[UInt8]] = []
        for step in 0..<2_000 {
            if Int.random(in: 0..<100, using: &random) < 50 + (step < 1_000 ? 10 : -10) {
                let message = [UInt8(truncatingIfNeeded: step), UInt8(truncatingIfNeeded: step >> 8)]
                fifo.append(message)
                twin.append(message)
            } else {
                let first = fifo.removeFirst()
                #expect(first == (twin.isEmpty ? nil : twin.removeFirst()), "seed \(seed)")
            }
            #expect(fifo.isEmpty == twin.isEmpty, "seed \(seed)")
            #expect(fifo.first == twin.first, "seed \(seed)")
        }
    }
}
