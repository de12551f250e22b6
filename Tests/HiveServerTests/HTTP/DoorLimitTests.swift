import HiveAPI
import HiveCore
import NIOCore
import NIOPosix
import NIOWebSocket
import Testing

@testable import HiveServer

/// How much one caller may take, over real sockets; others are served meanwhile.
@Suite struct DoorLimitTests {
    private static let host = "Host: localhost\r\n"
    private static let token = "Authorization: Bearer \(Interface.agentToken)\r\n"

    private func problem(_ answer: RawClient.Answer) -> (status: Int?, code: String?) {
        (answer.status, (try? JSONValue(parsing: answer.body))?["code"]?.string)
    }

    @Test("A head that does not come in time is 408, whether nothing comes or it drips", .timeLimit(.minutes(1)))
    func slowHead() async throws {
        try await LiveServer.run(adjust: { $0.limits.headTime = .milliseconds(200) }) { server in
            for pieces in [[], ["GET /hea"], ["GET /health HTTP/1.1\r\n", "Host: local"]] {
                let answer = try await RawClient.say(pieces, to: server.addresses.api)
                #expect(problem(answer) == (408, "request_too_slow"))
                #expect(await server.client().health().status == .ok)
            }
        }
    }

    @Test("The head of a later request must come in time as well", .timeLimit(.minutes(1)))
    func slowSecondHead() async throws {
        try await LiveServer.run(adjust: { $0.limits.headTime = .seconds(3) }) { server in
            let channel = try await RawClient.connect(server.addresses.api)
            let text = try await channel.executeThenClose { input, output in
                try await output.write(ByteBuffer(string: "GET /health HTTP/1.1\r\n\(Self.host)\r\n"))
                var pieces = input.makeAsyncIterator()
                var text = ""
                while !text.contains("\"ready\""), let piece = try await pieces.next() {
                    text += String(buffer: piece)
                }
                try await output.write(ByteBuffer(string: "GET /health HT"))
                while let piece = try await pieces.next() { text += String(buffer: piece) }
                return text
            }
            #expect(text.hasPrefix("HTTP/1.1 200"))
            #expect(text.contains("HTTP/1.1 408"))
        }
    }

    @Test("A body that does not come in time is 408", .timeLimit(.minutes(1)))
    func slowBody() async throws {
        try await LiveServer.run(adjust: { $0.limits.bodyTime = .milliseconds(200) }) { server in
            let head = "POST /api/v1/memories HTTP/1.1\r\n\(Self.host)\(Self.token)Content-Type: application/json\r\n"
            for rest in [
                "Content-Length: 100\r\n\r\n{\"content\":", "Transfer-Encoding: chunked\r\n\r\n5\r\n{\"con\r\n",
            ] {
                let answer = try await RawClient.say(head + rest, to: server.addresses.api)
                #expect(problem(answer) == (408, "request_too_slow"))
                #expect(await server.client().health().status == .ok)
            }
            #expect(!server.node.calls.contains("store"))
        }
    }

    @Test("A stranger is given less time for a body", .timeLimit(.minutes(1)))
    func strangersBody() async throws {
        let adjust: (inout ServerConfiguration) -> Void = {
            ($0.limits.strangersBodyTime, $0.limits.bodyTime) = (.milliseconds(200), .seconds(600))
        }
        try await LiveServer.run(adjust: adjust) { server in
            let answer = try await RawClient.say(Self.slow, to: server.addresses.api)
            #expect(problem(answer) == (408, "request_too_slow"))
        }
    }

    private static let slow =
        "POST /api/v1/dashboard/sessions HTTP/1.1\r\n\(host)Content-Type: application/json\r\n"
        + "Content-Length: 100\r\n\r\n{"

    /// Connections that say this and wait.
    private func connect(_ count: Int, saying text: String = "", to address: ListenAddress) async throws
        -> [any Channel]
    {
        var channels: [any Channel] = []
        for _ in 0..<count {
            let channel = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
                .connect(host: address.host, port: address.port).get()
            if !text.isEmpty { try await channel.writeAndFlush(ByteBuffer(string: text)) }
            channels.append(channel)
        }
        return channels
    }

    @Test("Connections that say nothing make room, and keep nobody out", .timeLimit(.minutes(1)))
    func idleConnections() async throws {
        try await LiveServer.run(adjust: { $0.limits.strangers = 3 }) { server in
            let idle = try await connect(20, to: server.addresses.api)
            _ = try await server.client().status(as: .operator)
            _ = try await server.client(Interface.agentToken).status(as: .agent)
            // Which ones are the first to go depends on which of them the server's threads see first.
            try await withThrowingTaskGroup(of: Void.self) { closed in
                for channel in idle { closed.addTask { try await channel.closeFuture.get() } }
                for _ in 0..<17 { try await closed.next() }
                for channel in idle { channel.close(promise: nil) }
            }
        }
    }

    @Test(
        "Slow bodies of strangers hold up those with a token, their hooks, and pages as little", .timeLimit(.minutes(1))
    )
    func slowBodies() async throws {
        let adjust: (inout ServerConfiguration) -> Void = {
            ($0.limits.strangersAtOnce, $0.limits.strangersBodyTime, $0.limits.bodyTime) = (
                2, .seconds(600), .seconds(600)
            )
        }
        try await LiveServer.run(adjust: adjust) { server in
            let slow = try await connect(2, saying: Self.slow, to: server.addresses.api)
            let request = Self.slow.replacing("100", with: "2").replacing(
                "\r\n\r\n{", with: "\r\nConnection: close\r\n\r\n{}")
            var other = try await RawClient.say(request, to: server.addresses.api)
            // The slow ones arrive in their own time.
            while other.status != 503 { other = try await RawClient.say(request, to: server.addresses.api) }
            #expect(problem(other) == (503, "unavailable") && other.header("Retry-After") == "1")
            #expect(await server.client().health().status == .ok)
            _ = try await server.client().status(as: .operator)
            _ = try await server.client(Interface.agentToken).store(StoreMemory(content: "x"), as: .agent)
            for channel in slow { channel.close(promise: nil) }
        }
    }

    @Test("A token whose places are full keeps neither the operator nor its own hooks out", .timeLimit(.minutes(1)))
    func slowBodiesOfToken() async throws {
        let adjust: (inout ServerConfiguration) -> Void = {
            ($0.limits.connectionsPerAddress, $0.limits.strangers, $0.limits.bodyTime) = (1, 8, .seconds(600))
        }
        try await LiveServer.run(adjust: adjust) { server in
            let head = "POST /api/v1/memories HTTP/1.1\r\n\(Self.host)\(Self.token)Content-Length: 100\r\n\r\n{"
            // One has the token's place and two have strangers' places; all others are turned away.
            let slow = try await connect(9, saying: head, to: server.addresses.api)
            await withTaskGroup(of: Void.self) { group in
                for channel in slow { group.addTask { try? await channel.closeFuture.get() } }
                for _ in 0..<6 { await group.next() }
                let idle = try? await connect(8, to: server.addresses.api)
                let operatorStatus = try? await server.client().status(as: .operator)
                #expect(operatorStatus != nil)
                let hook = "POST /hooks/claude-code HTTP/1.1\r\n\(Self.host)\(Self.token)Content-Length: 2\r\n"
                let asked = try? await RawClient.say(hook + "Connection: close\r\n\r\n{}", to: server.addresses.api)
                #expect(asked?.status != nil && asked?.status != 503)
                for channel in slow + (idle ?? []) { channel.close(promise: nil) }
            }
        }
    }

    @Test("A token that holds too many connections open is refused more, and others are not", .timeLimit(.minutes(1)))
    func connectionsOfToken() async throws {
        try await LiveServer.run(adjust: { $0.limits.connectionsPerAddress = 1 }) { server in
            func listen(_ token: String) async throws -> WebSocketClient.Outcome {
                try await WebSocketClient.connect(server.addresses.api, path: "/ws/box", token: token)
            }
            let first = try #require(try await listen(Interface.agentToken).frames)
            try await first.executeThenClose { input, output in
                try await output.write(WebSocketClient.frame(.ping, "ready"))
                var events = input.makeAsyncIterator()
                try await WebSocketClient.skip(&events, until: .pong)
                #expect(try await listen(Interface.agentToken).status() == 503)
                let stream = "GET /api/v1/events HTTP/1.1\r\n\(Self.host)\(Self.token)Connection: close\r\n\r\n"
                #expect(problem(try await RawClient.say(stream, to: server.addresses.api)) == (503, "unavailable"))
                // What is short is served all the same.
                _ = try await server.client(Interface.agentToken).status(as: .agent)
                let other = try #require(try await listen(Interface.operatorToken).frames)
                try await other.executeThenClose { _, output in
                    try await output.write(WebSocketClient.frame(.connectionClose, ""))
                }
            }
        }
    }

    @Test(
        "A token that asks for too much at once is told 503 for what is too much; others are served",
        .timeLimit(.minutes(1)))
    func atOnce() async throws {
        try await LiveServer.run(adjust: { $0.limits.requestsAtOnce = 1 }) { server in
            let head =
                "POST /api/v1/memories HTTP/1.1\r\n\(Self.host)\(Self.token)Content-Type: application/json\r\n"
                + "Content-Length: 15\r\nConnection: close\r\n\r\n{\"content\":"
            let slow = try await RawClient.connect(server.addresses.api)
            try await slow.executeThenClose { input, output in
                try await output.write(ByteBuffer(string: head))
                let request = "GET /api/status HTTP/1.1\r\n\(Self.host)\(Self.token)Connection: close\r\n\r\n"
                var other = try await RawClient.say(request, to: server.addresses.api)
                while other.status == 200 {
                    // The first request has not arrived yet.
                    try Task.checkCancellation()
                    other = try await RawClient.say(request, to: server.addresses.api)
                }
                #expect(problem(other) == (503, "unavailable"))
                #expect(other.header("Retry-After") == "1")
                let hook = "POST /hooks/claude-code HTTP/1.1\r\n\(Self.host)\(Self.token)Content-Length: 2\r\n"
                let asked = try await RawClient.say(hook + "Connection: close\r\n\r\n{}", to: server.addresses.api)
                #expect(asked.status != nil && asked.status != 503)
                #expect(await server.client().health().status == .ok)
                _ = try await server.client().status(as: .operator)
                try await output.write(ByteBuffer(string: "\"x\"}"))
                #expect(try await RawClient.hear(input).status == 201)
            }
        }
    }

    @Test(
        "A token that comes too often is told 429 and when to come again, by REST and MCP alike",
        .timeLimit(.minutes(1)))
    func rate() async throws {
        try await LiveServer.run(adjust: { ($0.limits.requests, $0.limits.burst) = (1, 3) }) { server in
            let agent = server.client(Interface.agentToken)
            for _ in 0..<3 { _ = try await agent.status(as: .agent) }
            do {
                _ = try await agent.status(as: .agent)
                Issue.record("a fourth request was answered")
            } catch let error as HiveError {
                #expect(error == HiveError(.rateLimited, "") && error.retryAfter == 1)
            }
            let message = #"{"jsonrpc":"2.0","id":1,"method":"ping"}"#
            let answer = try await RawClient.say(
                "POST /mcp HTTP/1.1\r\n\(Self.host)\(Self.token)Content-Type: application/json\r\n"
                    + "Content-Length: \(message.utf8.count)\r\nConnection: close\r\n\r\n\(message)",
                to: server.addresses.mcp)
            #expect(problem(answer) == (429, "rate_limited") && answer.header("Retry-After") == "1")
            for _ in 0..<50 { _ = try await server.client().status(as: .operator) }
            #expect(await server.client().health().status == .ok)
        }
    }

    @Test("One who shows wrong tokens is told 429 at last, and the right one is taken", .timeLimit(.minutes(1)))
    func guessing() async throws {
        let recorder = StandInRecorder()
        try await LiveServer.run(recorder: recorder, adjust: { $0.limits.failures = 2 }) { server in
            var codes: [HiveError] = []
            for number in 0..<4 {
                do { _ = try await server.client("wrong-\(number)").status(as: .agent) } catch let error as HiveError {
                    codes.append(error)
                }
            }
            #expect(codes.map(\.code) == [.unauthenticated, .unauthenticated, .rateLimited, .rateLimited])
            _ = try await server.client().status(as: .operator)
        }
        #expect(recorder.events.count { $0.action == AccessEvent.authentication } == 4)
        #expect(recorder.accesses.allSatisfy { $0.address == "127.0.0.1" })
    }

    @Test("Privileged acts are taken down with what became of them; reading is not", .timeLimit(.minutes(1)))
    func journal() async throws {
        let recorder = StandInRecorder()
        try await LiveServer.run(toolSets: ToolSet.allCases, recorder: recorder) { server in
            let client = server.client()
            _ = try await client.invite(InvitePeer(), as: .operator)
            _ = try? await client.join(JoinHive(line: "nonsense"), as: .operator)
            _ = try await client.tokens(as: .operator)
            _ = try await client.createToken(CreateToken(name: "ci"), as: .operator)
            _ = try? await server.client(Interface.agentToken).invite(InvitePeer(), as: .agent)
            _ = try await server.client(Interface.agentToken).store(StoreMemory(content: "x"), as: .agent)
        }
        let told = recorder.events.map { "\($0.action) \($0.outcome.rawValue)" }
        #expect(told == ["invitePeer done", "joinHive failed", "createToken done", "invitePeer refused"])
        #expect(
            recorder.accesses.map(\.credential) == [
                "operator.token", "operator.token", "operator.token", "agent.token",
            ])
    }
}
