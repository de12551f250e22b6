import HiveSync
import Testing

@testable import HiveTransport

@Suite("InboundQueue")
struct InboundQueueTests {
    private static func message(_ lane: Lane, _ size: Int) -> LaneMessage {
        LaneMessage(lane: lane, bytes: [UInt8](repeating: lane.rawValue, count: size))
    }

    private static func queue(limit: Int, isOnProbation: Bool = false) -> InboundQueue {
        InboundQueue(limit: limit, isOnProbation: isOnProbation) { _ in }
    }

    @Test("InboundQueue gives the most urgent message first")
    func urgency() async throws {
        let queue = Self.queue(limit: 1_000)
        for lane in Lane.allCases.reversed() { queue.deliver(Self.message(lane, 1)) }
        for lane in Lane.allCases { #expect(try await queue.next() == [lane.rawValue]) }
    }

    @Test("InboundQueue pauses above its limit and goes on at a quarter of it")
    func pauses() async throws {
        let queue = Self.queue(limit: 100)
        for _ in 0..<10 { queue.deliver(Self.message(.bulk, 10)) }
        #expect(!queue.isPaused)
        queue.deliver(Self.message(.bulk, 10))
        #expect(queue.isPaused)
        for _ in 0..<8 { _ = try await queue.next() }
        #expect(queue.isPaused)
        _ = try await queue.next()
        #expect(!queue.isPaused)
    }

    @Test("InboundQueue on probation reads one message until a second is asked for")
    func probation() async throws {
        let queue = Self.queue(limit: 100, isOnProbation: true)
        #expect(!queue.isPaused)
        queue.deliver(Self.message(.control, 1))
        #expect(queue.isPaused)
        _ = try await queue.next()
        #expect(queue.isPaused)
        queue.deliver(Self.message(.control, 2))
        #expect(try await queue.next()?.count == 2)
        #expect(!queue.isPaused)
        queue.deliver(Self.message(.control, 3))
        #expect(!queue.isPaused)
    }

    @Test("InboundQueue gives what has arrived before it ends, and never pauses after")
    func end() async throws {
        let queue = Self.queue(limit: 5)
        queue.deliver(Self.message(.live, 10))
        #expect(queue.isPaused)
        queue.finish(TransportError(.closed, "gone"))
        queue.finish(nil)
        queue.deliver(Self.message(.live, 10))
        #expect(!queue.isPaused)
        #expect(try await queue.next()?.count == 10)
        await #expect(throws: TransportError(.closed, "gone")) { try await queue.next() }
    }

    @Test("InboundQueue ends for good when its reader is cancelled")
    func cancellation() async throws {
        let queue = Self.queue(limit: 5)
        let outcome = await withTaskGroup(of: Bool.self) { group in
            group.addTask {
                do { _ = try await queue.next() } catch { return error is CancellationError }
                return false
            }
            group.cancelAll()
            return await group.next() ?? false
        }
        #expect(outcome)
        await #expect(throws: CancellationError.self) { try await queue.next() }
    }
}
