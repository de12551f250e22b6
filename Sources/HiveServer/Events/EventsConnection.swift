import HiveAPI
import NIOCore
import NIOWebSocket
import ServiceLifecycle

/// One WebSocket with events: sends them as JSON text, keeps the connection alive, ends it in good order.
struct EventsConnection: Sendable {
    typealias Frames = NIOAsyncChannel<WebSocketFrame, WebSocketFrame>
    typealias Output = NIOAsyncChannelOutboundWriter<WebSocketFrame>

    /// Why the server ends a connection.
    enum Farewell: Sendable {
        /// The listener said goodbye and was answered.
        case said
        case goingAway
        case silent

        var code: UInt16 { self == .silent ? 1013 : 1001 }
        var reason: String {
            self == .silent ? "nothing was heard of this listener for minutes: come again with `after`" : ""
        }
    }

    let frames: Frames
    let subscription: EventsEndpoint.Subscription
    /// How often a listener is asked whether it is there.
    var heartbeat = Duration.seconds(30)
    /// How many questions may go unanswered. One that reads slowly finds them behind all that it has not read yet, so it
    /// is given minutes.
    var patience = 10

    /// Returns when the listener leaves, falls silent, or the server shuts down.
    func run(_ service: any EventService) async throws {
        let events = service.listen(topics: subscription.topics, after: subscription.after).stream
        let pulse = Pulse()
        let (pings, ping) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        try await frames.executeThenClose { input, output in
            try await withThrowingTaskGroup(of: Farewell.self) { group in
                group.addTask { try await read(input, output, pulse) }
                group.addTask { try await send(events, output) }
                group.addTask { try await sendPings(pings, output) }
                group.addTask { try await beat(ping, pulse) }
                // The first child to end says why; the others are called off.
                let farewell = try await group.next() ?? .goingAway
                group.cancelAll()
                if farewell != .said { await say(farewell) }
            }
        }
    }

    /// Ends when the listener says goodbye.
    private func read(
        _ input: NIOAsyncChannelInboundStream<WebSocketFrame>, _ output: Output, _ pulse: Pulse
    ) async throws -> Farewell {
        for try await frame in input {
            pulse.feel()
            switch frame.opcode {
            case .ping:
                try await output.write(WebSocketFrame(fin: true, opcode: .pong, data: frame.unmaskedData))
            case .connectionClose:
                var reason = frame.unmaskedData
                let code = reason.readSlice(length: 2) ?? ByteBuffer()
                try await output.write(WebSocketFrame(fin: true, opcode: .connectionClose, data: code))
                return .said
            default: break
            }
        }
        return .said
    }

    /// Ends when there will be no more events or the server shuts down.
    private func send(_ events: AsyncStream<HiveEvent>, _ output: Output) async throws -> Farewell {
        for await event in events.cancelOnGracefulShutdown() {
            let text = ByteBuffer(bytes: event.json.bytes)
            try await output.write(WebSocketFrame(fin: true, opcode: .text, data: text))
        }
        return .goingAway
    }

    /// Ends when the listener has been silent for too long. Waits for nobody: one that does not read holds up whoever writes
    /// to it.
    private func beat(_ ping: AsyncStream<Void>.Continuation, _ pulse: Pulse) async throws -> Farewell {
        var unanswered = 0
        while unanswered < patience {
            ping.yield()
            try await Task.sleep(for: heartbeat)
            unanswered = pulse.wasFelt() ? 0 : unanswered + 1
        }
        return .silent
    }

    private func sendPings(_ pings: AsyncStream<Void>, _ output: Output) async throws -> Farewell {
        for await _ in pings {
            try await output.write(WebSocketFrame(fin: true, opcode: .ping, data: ByteBuffer()))
        }
        return .goingAway
    }

    /// Says goodbye, if the listener takes it in a second. Goes past the writer, which waits for those who do not read.
    private func say(_ farewell: Farewell) async {
        var data = ByteBuffer(integer: farewell.code)
        data.writeString(farewell.reason)
        let channel = frames.channel
        let end = channel.eventLoop.scheduleTask(in: .seconds(1)) { channel.close(promise: nil) }
        defer { end.cancel() }
        do {
            try await channel.writeAndFlush(WebSocketFrame(fin: true, opcode: .connectionClose, data: data))
        } catch { /* it is gone, or does not read */  }
    }
}
