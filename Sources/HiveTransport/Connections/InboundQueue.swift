import HiveSync
import Synchronization

/// Messages that have arrived and wait to be read, the most urgent first. While too many wait, the socket is not read.
final class InboundQueue: Sendable {
    private struct State {
        var lanes: [MessageFIFO] = Array(repeating: MessageFIFO(), count: Lane.allCases.count)
        var bytes = 0
        var isFull = false
        /// Whether a first message is there that nobody has answered for yet.
        var isOnProbation: Bool
        var delivered: UInt64 = 0
        var requested: UInt64 = 0
        var end: Result<Void, any Error>?
        var reader: CheckedContinuation<[UInt8]?, any Error>?

        var isPaused: Bool { end == nil && (isFull || isOnProbation && delivered > 0) }

        mutating func removeFirst() -> [UInt8]? {
            for index in lanes.indices {
                guard let message = lanes[index].removeFirst() else { continue }
                bytes -= message.count
                return message
            }
            return nil
        }
    }

    /// While more bytes than this wait, nothing is read; it goes on at a quarter.
    private let limit: Int
    private let readingChanged: @Sendable (InboundQueue) -> Void
    private let state: Mutex<State>

    /// A queue on probation reads nothing beyond its first message before a second one is asked for: whoever accepts
    /// the connection has then seen who is there. `readingChanged` is called when `isPaused` may have changed.
    init(limit: Int, isOnProbation: Bool, readingChanged: @Sendable @escaping (InboundQueue) -> Void) {
        self.limit = limit
        self.readingChanged = readingChanged
        state = Mutex(State(isOnProbation: isOnProbation))
    }

    /// Whether the socket should be left alone for now.
    var isPaused: Bool { state.withLock(\.isPaused) }

    func deliver(_ message: LaneMessage) {
        let (reader, changed) = state.withLock { state -> (CheckedContinuation<[UInt8]?, any Error>?, Bool) in
            guard state.end == nil else { return (nil, false) }
            let wasPaused = state.isPaused
            state.delivered += 1
            if let reader = state.reader {
                state.reader = nil
                return (reader, wasPaused != state.isPaused)
            }
            state.lanes[Int(message.lane.rawValue)].append(message.bytes)
            state.bytes += message.bytes.count
            if state.bytes > limit { state.isFull = true }
            return (nil, wasPaused != state.isPaused)
        }
        reader?.resume(returning: message.bytes)
        if changed { readingChanged(self) }
    }

    /// Ends the messages once those that have arrived are read; the first end counts.
    func finish(_ error: (any Error)?) {
        let end: Result<Void, any Error> = error.map { .failure($0) } ?? .success(())
        let (reader, changed) = state.withLock { state -> (CheckedContinuation<[UInt8]?, any Error>?, Bool) in
            guard state.end == nil else { return (nil, false) }
            let wasPaused = state.isPaused
            state.end = end
            defer { state.reader = nil }
            return (state.reader, wasPaused)
        }
        reader?.resume(with: end.map { nil })
        if changed { readingChanged(self) }
    }

    /// The next message; nil at the end. A cancelled reader ends the messages for good.
    func next() async throws -> [UInt8]? {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let (answer, changed) = state.withLock { state in
                    let wasPaused = state.isPaused
                    let answer = request(continuation, &state)
                    return (answer, wasPaused != state.isPaused)
                }
                if let answer { continuation.resume(with: answer) }
                if changed { readingChanged(self) }
            }
        } onCancel: {
            finish(CancellationError())
        }
    }

    private func request(
        _ continuation: CheckedContinuation<[UInt8]?, any Error>, _ state: inout State
    ) -> Result<[UInt8]?, any Error>? {
        state.requested += 1
        if state.requested > 1 { state.isOnProbation = false }
        if let message = state.removeFirst() {
            if state.bytes <= limit / 4 { state.isFull = false }
            return .success(message)
        }
        if let end = state.end { return end.map { nil } }
        state.reader = continuation
        return nil
    }
}
