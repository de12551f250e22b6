import HiveAPI

/// Answers that come as Server-Sent Events: notifications while the work goes on, then the answer.
enum MCPEventStream {
    /// How many events may wait for a client that does not read; then the oldest are lost, never the last.
    static let capacity = 1024
    /// How often a silent stream says that it is alive.
    static let heartbeat = Duration.seconds(15)

    /// - Parameters:
    ///   - isCancelledByLeaving: whether the work ends when the client closes the stream. The stateless revision means
    ///     that by it; the legacy ones do not.
    ///   - work: sends notifications (false: the client lost some) and gives back the last message.
    static func reply(
        isCancelledByLeaving: Bool, _ work: @escaping @Sendable (@escaping MCPExchange.Output) async -> JSONValue?
    ) -> HTTPReply {
        let (frames, continuation) = AsyncThrowingStream<[UInt8], any Error>.makeStream(
            bufferingPolicy: .bufferingNewest(capacity))
        let task = Task {
            let beats = Task { try await beat(continuation) }
            let last = await work { message in
                if case .enqueued = continuation.yield(frame(message)) { return true }
                return false
            }
            beats.cancel()
            if let last { continuation.yield(frame(last)) }
            continuation.finish()
        }
        continuation.onTermination = { end in
            if case .cancelled = end, isCancelledByLeaving { task.cancel() }
        }
        return reply(frames)
    }

    static func reply(_ frames: AsyncThrowingStream<[UInt8], any Error>) -> HTTPReply {
        var reply = HTTPReply(
            status: 200,
            headers: [
                // Proxies must neither keep nor hold back what is sent.
                ("Content-Type", "text/event-stream"), ("Cache-Control", "no-cache, no-transform"),
                ("X-Accel-Buffering", "no"),
                // Whoever listens for the client's leaving cannot take another request from it.
                ("Connection", "close"),
            ])
        reply.stream = frames
        reply.endsWithClient = true
        return reply
    }

    static func frame(_ message: JSONValue, event: String = "message") -> [UInt8] {
        frame(message.text, event: event)
    }

    static func frame(_ data: String, event: String) -> [UInt8] { Array("event: \(event)\ndata: \(data)\n\n".utf8) }

    /// Comments that clients pass over, until it is called off.
    static func beat(_ continuation: AsyncThrowingStream<[UInt8], any Error>.Continuation) async throws {
        while true {
            try await Task.sleep(for: heartbeat)
            continuation.yield(Array(": \n\n".utf8))
        }
    }
}
