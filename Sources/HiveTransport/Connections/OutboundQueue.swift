import HiveSync
import Synchronization

/// Messages on their way out. Senders put them in and wait while a lane is full; the channel's handler takes frames.
final class OutboundQueue: Sendable {
    private struct Waiter {
        let number: UInt64
        let message: [UInt8]
        let continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var scheduler = LaneScheduler()
        var waiting: [[Waiter]] = Array(repeating: [], count: Lane.allCases.count)
        var count: UInt64 = 0
        /// Whether the handler knows already that there is something to do.
        var isAwake = false
        var isClosed = false
    }

    /// A lane that holds this many bytes takes nothing more.
    private let laneLimit: Int
    private let wake: @Sendable () -> Void
    private let state = Mutex(State())

    init(laneLimit: Int, wake: @Sendable @escaping () -> Void) {
        self.laneLimit = laneLimit
        self.wake = wake
    }

    /// Takes a message, or waits until the lane has room. Throws `TransportError.closed`, or `CancellationError` while
    /// it waits; a message whose sending was cancelled is not sent.
    func send(_ message: [UInt8], on lane: Lane) async throws {
        let number = state.withLock { state in
            state.count += 1
            return state.count
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let waiter = Waiter(number: number, message: message, continuation: continuation)
                let (answer, wakes) = state.withLock { take(waiter, on: lane, &$0) }
                if let answer { continuation.resume(with: answer) }
                if wakes { wake() }
            }
        } onCancel: {
            cancel(number, on: lane)
        }
    }

    private func take(_ waiter: Waiter, on lane: Lane, _ state: inout State) -> (Result<Void, any Error>?, Bool) {
        let index = Int(lane.rawValue)
        if state.isClosed { return (.failure(Self.closed), false) }
        guard state.waiting[index].isEmpty, state.scheduler.bytes(on: lane) < laneLimit else {
            if Task.isCancelled { return (.failure(CancellationError()), false) }
            state.waiting[index].append(waiter)
            return (nil, false)
        }
        state.scheduler.enqueue(waiter.message, on: lane)
        defer { state.isAwake = true }
        return (.success(()), !state.isAwake)
    }

    private func cancel(_ number: UInt64, on lane: Lane) {
        let waiter = state.withLock { state -> Waiter? in
            let index = Int(lane.rawValue)
            guard let place = state.waiting[index].firstIndex(where: { $0.number == number }) else { return nil }
            return state.waiting[index].remove(at: place)
        }
        waiter?.continuation.resume(throwing: CancellationError())
    }

    /// As many frames as fit into one record, most urgent first; none: the handler will be woken.
    func nextFrames() -> [LaneScheduler.Frame] {
        var frames: [LaneScheduler.Frame] = []
        let admitted = state.withLock { state in
            var room = PeerFrame.maximumLength
            while let frame = state.scheduler.next(fitting: room) {
                frames.append(frame)
                room -= frame.length
            }
            if frames.isEmpty { state.isAwake = false }
            return admit(&state)
        }
        for waiter in admitted { waiter.continuation.resume() }
        return frames
    }

    private func admit(_ state: inout State) -> [Waiter] {
        var admitted: [Waiter] = []
        for lane in Lane.allCases {
            let index = Int(lane.rawValue)
            var count = 0
            while count < state.waiting[index].count, state.scheduler.bytes(on: lane) < laneLimit {
                state.scheduler.enqueue(state.waiting[index][count].message, on: lane)
                count += 1
            }
            admitted += state.waiting[index].prefix(count)
            state.waiting[index].removeFirst(count)
        }
        return admitted
    }

    /// Takes nothing more; what was taken still goes out.
    func close() {
        refuseSenders()
        wake()
    }

    /// Whether nothing will come any more and all has been taken out.
    var isDone: Bool { state.withLock { $0.isClosed && $0.scheduler.isEmpty } }

    /// Drops what is left: the connection is gone.
    func finish() {
        refuseSenders()
        state.withLock { $0.scheduler = LaneScheduler() }
    }

    private func refuseSenders() {
        let waiters = state.withLock { state in
            state.isClosed = true
            defer { state.waiting = Array(repeating: [], count: Lane.allCases.count) }
            return state.waiting.flatMap { $0 }
        }
        for waiter in waiters { waiter.continuation.resume(throwing: Self.closed) }
    }

    private static let closed = TransportError(.closed, "the connection is closed")
}
