import HiveSync
import Synchronization
import Testing

@testable import HiveTransport

@Suite("OutboundQueue")
struct OutboundQueueTests {
    @Test("OutboundQueue puts small messages together until a record is full")
    func coalesces() async throws {
        let queue = OutboundQueue(laneLimit: 1 << 20, wake: {})
        for _ in 0..<100 { try await queue.send([UInt8](repeating: 1, count: 1_000), on: .live) }
        let frames = queue.nextFrames()
        #expect(frames.count == 16)
        #expect(frames.reduce(0) { $0 + $1.length } <= PeerFrame.maximumLength)
    }

    @Test("OutboundQueue wakes its handler once until all is taken")
    func wakesOnce() async throws {
        let wakes = Atomic(0)
        let queue = OutboundQueue(laneLimit: 1 << 20) { wakes.add(1, ordering: .relaxed) }
        for _ in 0..<3 { try await queue.send([1], on: .live) }
        #expect(wakes.load(ordering: .relaxed) == 1)
        #expect(queue.nextFrames().count == 3)
        #expect(queue.nextFrames().isEmpty)
        try await queue.send([1], on: .live)
        #expect(wakes.load(ordering: .relaxed) == 2)
    }

    @Test("OutboundQueue makes a sender wait for its own lane only")
    func lanesAreApart() async throws {
        let queue = OutboundQueue(laneLimit: 10, wake: {})
        try await queue.send([UInt8](repeating: 0, count: 30), on: .bulk)
        try await queue.send([1], on: .emergency)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await queue.send([2], on: .bulk) }
            var payloads: [[UInt8]] = []
            while payloads.count < 3 {
                payloads += queue.nextFrames().map { Array($0.payload) }
                await Task.yield()
            }
            #expect(payloads == [[1], [UInt8](repeating: 0, count: 30), [2]])
            try await group.waitForAll()
        }
    }

    @Test("OutboundQueue refuses senders once it is closed, and is done when the rest is taken")
    func close() async throws {
        let queue = OutboundQueue(laneLimit: 10, wake: {})
        try await queue.send([1], on: .live)
        #expect(!queue.isDone)
        queue.close()
        #expect(!queue.isDone)
        await #expect(throws: TransportError.self) { try await queue.send([2], on: .live) }
        #expect(queue.nextFrames().count == 1)
        #expect(queue.isDone)
    }

    @Test("OutboundQueue fails waiting senders when the connection is gone")
    func finish() async throws {
        let queue = OutboundQueue(laneLimit: 1, wake: {})
        try await queue.send([1], on: .live)
        await withTaskGroup(of: TransportError?.self) { group in
            for _ in 0..<3 {
                group.addTask {
                    do { try await queue.send([2], on: .live) } catch { return error as? TransportError }
                    return nil
                }
            }
            queue.finish()
            for await error in group { #expect(error?.code == .closed) }
        }
        #expect(queue.nextFrames().isEmpty)
    }
}
