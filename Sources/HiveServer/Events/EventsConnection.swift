import HiveAPI
import NIOCore
import NIOWebSocket
import ServiceLifecycle

/// One WebSocket with events: sends them as JSON text, keeps the connection alive, ends it in good order.
struct EventsConnection: Sendable {
    typealias Frames = NIOAsyncChannel<WebSocketFrame, WebSocketFrame>
    typealias Output = NIOAsyncChannelOutboundWriter<WebSocketFrame>

    /// How often a silent listener is asked whether it is there; it must answer before the next time.
    static let heartbeat = Duration.seconds(30)

    let frames: Frames
    let subscription: EventsEndpoint.Subscription

    /// Returns when the listener leaves, falls silent, or the server shuts down.
    func run(_ service: any EventService) async throws {
        let events = service.listen(topics: subscription.topics, after: subscription.after).stream
        let pulse = Pulse()
        let (pings, ping) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        try await frames.executeThenClose { input, output in
            try await withThrowingTaskGroup(of: UInt16.self) { group in
                group.addTask { try await read(input, output, pulse) }
                group.addTask { try await send(events, output) }
                group.addTask { try await sendPings(pings, output) }
                group.addTask { try await beat(ping, pulse) }
                // The first child to end says why; the others are called off.
                let code = try await group.next() ?? 1000
                group.cancelAll()
                if code != 0 { await close(output, code: code) }
            }
        }
    }

    /// 0 when the listener said goodbye and was answered.
    private func read(
        _ input: NIOAsyncChannelInboundStream<WebSocketFrame>, _ output: Output, _ pulse: Pulse
    ) async throws -> UInt16 {
        for try await frame in input {
            pulse.feel()
            switch frame.opcode {
            case .ping:
                try await output.write(WebSocketFrame(fin: true, opcode: .pong, data: frame.unmaskedData))
            case .connectionClose:
                var reason = frame.unmaskedData
                let code = reason.readSlice(length: 2) ?? ByteBuffer()
                try await output.write(WebSocketFrame(fin: true, opcode: .connectionClose, data: code))
                return 0
            default: break
            }
        }
        return 0
    }

    /// 1001 (going away) when there will be no more events or the server shuts down.
    private func send(_ events: AsyncStream<HiveEvent>, _ output: Output) async throws -> UInt16 {
        for await event in events.cancelOnGracefulShutdown() {
            let text = ByteBuffer(bytes: event.json.bytes)
            try await output.write(WebSocketFrame(fin: true, opcode: .text, data: text))
        }
        return 1001
    }

    /// 1002 when a listener has not answered. Waits for nobody: one that does not read holds up whoever writes to it.
    private func beat(_ ping: AsyncStream<Void>.Continuation, _ pulse: Pulse) async throws -> UInt16 {
        while pulse.wasFelt() {
            ping.yield()
            try await Task.sleep(for: Self.heartbeat)
        }
        return 1002
    }

    private func sendPings(_ pings: AsyncStream<Void>, _ output: Output) async throws -> UInt16 {
        for await _ in pings {
            try await output.write(WebSocketFrame(fin: true, opcode: .ping, data: ByteBuffer()))
        }
        return 1000
    }

    /// Says goodbye, if the listener takes it in a second.
    private func close(_ output: Output, code: UInt16) async {
        let frame = WebSocketFrame(fin: true, opcode: .connectionClose, data: ByteBuffer(integer: code))
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                do { try await output.write(frame) } catch { /* it is gone, or does not read */  }
            }
            group.addTask {
                do { try await Task.sleep(for: .seconds(1)) } catch { /* the goodbye was taken */  }
            }
            await group.next()
            group.cancelAll()
        }
    }
}
