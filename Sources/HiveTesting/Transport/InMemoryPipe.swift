import HiveSync
import Synchronization

/// One direction of a connection: lanes with a limit, read most urgent first.
final class InMemoryPipe: Sendable {
    private struct Waiter {
        let number: Int
        let message: [UInt8]
        let continuation: CheckedContinuation<Void, any Error>
    }

    private struct LaneState {
        var messages: [[UInt8]] = []
        var bytes = 0
        var waiting: [Waiter] = []
    }

    private struct State {
        var lanes: [LaneState] = Array(repeating: LaneState(), count: Lane.allCases.count)
        var count = 0
        var isClosed = false
        var reader: CheckedContinuation<[UInt8]?, any Error>?
    }

    private let laneLimit: Int
    private let state = Mutex(State())

    init(laneLimit: Int) { self.laneLimit = laneLimit }

    /// Waits while the lane is full.
    func send(_ message: [UInt8], on lane: Lane) async throws {
        let number = state.withLock { state in
            state.count += 1
            return state.count
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let waiter = Waiter(number: number, message: message, continuation: continuation)
                let (answer, reader) = state.withLock { take(waiter, on: lane, &$0) }
                reader?.resume(returning: message)
                if let answer { continuation.resume(with: answer) }
            }
        } onCancel: {
            cancel(number, on: lane)
        }
    }

    private func take(
        _ waiter: Waiter, on lane: Lane, _ state: inout State
    ) -> (Result<Void, any Error>?, CheckedContinuation<[UInt8]?, any Error>?) {
        let index = Int(lane.rawValue)
        if state.isClosed { return (.failure(Self.closed), nil) }
        if let reader = state.reader {
            state.reader = nil
            return (.success(()), reader)
        }
        guard state.lanes[index].waiting.isEmpty, state.lanes[index].bytes < laneLimit else {
            if Task.isCancelled { return (.failure(CancellationError()), nil) }
            state.lanes[index].waiting.append(waiter)
            return (nil, nil)
        }
        state.lanes[index].messages.append(waiter.message)
        state.lanes[index].bytes += waiter.message.count
        return (.success(()), nil)
    }

    private func cancel(_ number: Int, on lane: Lane) {
        let waiter = state.withLock { state -> Waiter? in
            let index = Int(lane.rawValue)
            guard let place = state.lanes[index].waiting.firstIndex(where: { $0.number == number }) else { return nil }
            return state.lanes[index].waiting.remove(at: place)
        }
        waiter?.continuation.resume(throwing: CancellationError())
    }

    /// The next message; nil once the pipe is closed and all is read. A cancelled reader closes the pipe.
    func next() async throws -> [UInt8]? {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let (answer, admitted) = state.withLock { request(continuation, &$0) }
                for waiter in admitted { waiter.continuation.resume() }
                if let answer { continuation.resume(with: answer) }
            }
        } onCancel: {
            close()
        }
    }

    private func request(
        _ continuation: CheckedContinuation<[UInt8]?, any Error>, _ state: inout State
    ) -> (Result<[UInt8]?, any Error>?, [Waiter]) {
        for index in state.lanes.indices where !state.lanes[index].messages.isEmpty {
            let message = state.lanes[index].messages.removeFirst()
            state.lanes[index].bytes -= message.count
            var admitted: [Waiter] = []
            while let waiter = state.lanes[index].waiting.first, state.lanes[index].bytes < laneLimit {
                state.lanes[index].waiting.removeFirst()
                state.lanes[index].messages.append(waiter.message)
                state.lanes[index].bytes += waiter.message.count
                admitted.append(waiter)
            }
            return (.success(message), admitted)
        }
        if state.isClosed { return (.success(nil), []) }
        state.reader = continuation
        return (nil, [])
    }

    /// Takes nothing more; what was taken can still be read.
    func close() {
        let (reader, waiters) = state.withLock { state -> (CheckedContinuation<[UInt8]?, any Error>?, [Waiter]) in
            state.isClosed = true
            let waiters = state.lanes.flatMap(\.waiting)
            for index in state.lanes.indices { state.lanes[index].waiting = [] }
            defer { state.reader = nil }
            return (state.reader, waiters)
        }
        for waiter in waiters { waiter.continuation.resume(throwing: Self.closed) }
        reader?.resume(returning: nil)
    }

    private static let closed = TransportError(.closed, "the connection is closed")
}
