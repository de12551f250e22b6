import HiveAPI
import NIOCore
import NIOEmbedded
import NIOHTTP1
import NIOPosix
import NIOWebSocket
import Testing

@testable import HiveServer

@Suite struct EventsTests {
    @Test("A listener hears the events of its topics and is told when the server goes", .timeLimit(.minutes(1)))
    func listening() async throws {
        try await LiveServer.run { server in
            let outcome = try await WebSocketClient.connect(
                server.addresses.api, path: "/ws/box?topics=memory", token: Interface.agentToken)
            let frames = try #require(outcome.frames)
            try await frames.executeThenClose { input, output in
                // The pong says that the listener is registered: events are sent after it.
                try await output.write(WebSocketClient.frame(.ping, "ready"))
                var iterator = input.makeAsyncIterator()
                try await WebSocketClient.skip(&iterator, until: .pong)
                server.node.broadcast.publish("peer.connected", at: "t")
                _ = try await server.node.store(StoreMemory(content: "x"), as: .agent)
                let text = try await WebSocketClient.skip(&iterator, until: .text)
                let event = try JSONValue(parsing: text)
                #expect(event["type"] == "memory.created")
                #expect(event["data"]?["id"] == "m1")
                #expect(event["time"]?.string != nil && event["id"]?.string != nil)
                await server.shutDown()
                let reason = try await WebSocketClient.skip(&iterator, until: .connectionClose)
                #expect(reason == [0x03, 0xE9])
            }
        }
    }

    @Test(
        "A listener that may not listen is refused with the reason and does not hang", .timeLimit(.minutes(1)),
        arguments: [
            ("/ws/box", "wrong", 401), ("/ws/box", "", 401), ("/ws/box?topic=memory", Interface.agentToken, 400),
            ("/ws/box/more", Interface.agentToken, 404),
        ])
    func refusal(path: String, token: String, status: Int) async throws {
        try await LiveServer.run { server in
            let outcome = try await WebSocketClient.connect(server.addresses.api, path: path, token: token)
            #expect(try await outcome.status() == status)
        }
    }

    @Test("A browser's listener brings its token as a protocol", .timeLimit(.minutes(1)))
    func browserToken() async throws {
        try await LiveServer.run { server in
            let protocols = "hive.events, hive.token.\(Interface.agentToken)"
            let outcome = try await WebSocketClient.connect(
                server.addresses.api, path: "/ws/box", token: "", protocols: protocols)
            let frames = try #require(outcome.frames)
            try await frames.executeThenClose { input, output in
                try await output.write(WebSocketClient.frame(.connectionClose, ""))
                var iterator = input.makeAsyncIterator()
                _ = try await WebSocketClient.skip(&iterator, until: .connectionClose)
            }
        }
    }

    @Test("A listener that is silent for too long is told so and may come again", .timeLimit(.minutes(1)))
    func silence() async throws {
        let channel = NIOAsyncTestingChannel()
        let frames = try await channel.eventLoop.submit {
            try EventsConnection.Frames(wrappingChannelSynchronously: channel)
        }.get()
        try await channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).get()
        let subscription = EventsEndpoint.Subscription(
            topics: [], caller: .agent, access: .own, token: nil, after: nil, subprotocol: nil)
        let connection = EventsConnection(frames: frames, subscription: subscription, heartbeat: .zero, patience: 2)
        async let end: Void = connection.run(EventBroadcast())
        var frame = try await channel.waitForOutboundWrite(as: WebSocketFrame.self)
        while frame.opcode == .ping { frame = try await channel.waitForOutboundWrite(as: WebSocketFrame.self) }
        #expect(frame.opcode == .connectionClose)
        var data = frame.unmaskedData
        #expect(data.readInteger(as: UInt16.self) == 1013)
        #expect(String(buffer: data).contains("come again with `after`"))
        try await end
    }

    @Test("Without a proper handshake the address says what it wants")
    func upgradeRequired() async {
        let reply = await Interface().call("GET", "/ws/box")
        #expect(reply.status == 426)
        #expect(reply.header("Sec-WebSocket-Version") == "13")
    }

    @Test("Upgrades elsewhere, and broken ones, are ordinary requests")
    func otherPaths() {
        func call(_ target: String, _ upgrade: String) -> HTTPCall {
            HTTPCall(
                method: "GET", target: target,
                headers: [
                    ("Upgrade", upgrade), ("Sec-WebSocket-Version", "13"),
                    ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="),
                ])
        }
        #expect(EventsEndpoint.concerns(call("/ws/box?topics=a", "WebSocket")))
        #expect(!EventsEndpoint.concerns(call("/ws/box", "h2c")))
        #expect(!EventsEndpoint.concerns(call("/api/status", "websocket")))
        let old = HTTPCall(
            method: "GET", target: "/ws/box",
            headers: [("Upgrade", "websocket"), ("Sec-WebSocket-Version", "8"), ("Sec-WebSocket-Key", "x")])
        #expect(!EventsEndpoint.concerns(old))
    }
}
