import HiveSync
import NIOCore
import Synchronization

/// Messages that have arrived and wait to be read. While too many wait, the socket is not read either.
final class InboundQueue: Sendable {
    private struct State {
        var messages: [[UInt8]] = []
        var bytes = 0
        var isPaused = false
        var end: Result<Void, any Error>?
        var reader: CheckedContinuation<[UInt8]?, any Error>?
    }

    private static let pauseAt = 16 << 20
    private static let resumeAt = 4 << 20
    private let state = Mutex(State())
    private let channel: any Channel

    init(channel: any Channel) { self.channel = channel }

    func deliver(_ message: [UInt8]) {
        let (reader, pauses) = state.withLock { state -> (CheckedContinuation<[UInt8]?, any Error>?, Bool) in
            guard state.end == nil else { return (nil, false) }
            if let reader = state.reader {
                state.reader = nil
                return (reader, false)
            }
            state.messages.append(message)
            state.bytes += message.count
            guard state.bytes > Self.pauseAt, !state.isPaused else { return (nil, false) }
            state.isPaused = true
            return (nil, true)
        }
        reader?.resume(returning: message)
        if pauses { setReading(false) }
    }

    /// Ends the messages; the first end counts.
    func finish(_ error: (any Error)?) {
        let end: Result<Void, any Error> = error.map { .failure($0) } ?? .success(())
        let reader = state.withLock { state -> CheckedContinuation<[UInt8]?, any Error>? in
            guard state.end == nil else { return nil }
            state.end = end
            defer { state.reader = nil }
            return state.reader
        }
        reader?.resume(with: end.map { nil })
    }

    func next() async throws -> [UInt8]? {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                var resumes = false
                let answer: Result<[UInt8]?, any Error>? = state.withLock { state in
                    if !state.messages.isEmpty {
                        let message = state.messages.removeFirst()
                        state.bytes -= message.count
                        if state.isPaused, state.bytes < Self.resumeAt {
                            state.isPaused = false
                            resumes = true
                        }
                        return .success(message)
                    }
                    if let end = state.end { return end.map { nil } }
                    state.reader = continuation
                    return nil
                }
                if resumes { setReading(true) }
                if let answer { continuation.resume(with: answer) }
            }
        } onCancel: {
            finish(CancellationError())
        }
    }

    private func setReading(_ isReading: Bool) {
        channel.setOption(.autoRead, value: isReading).whenSuccess { [channel] in
            if isReading { channel.read() }
        }
    }
}
