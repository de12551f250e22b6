import HiveAPI
import HiveCore
import NIOCore
import NIOWebSocket
import Testing

@testable import HiveServer

@Suite struct RevocationTests {
    private static let token = "stand-in-one"

    private static func authority(_ credentials: StandInCredentials) -> TokenAuthority {
        TokenAuthority(
            agents: [], operators: [TokenAuthority.hash(of: Interface.operatorToken)], others: [credentials])
    }

    @Test("The next request of a revoked token is refused", .timeLimit(.minutes(1)))
    func requests() async throws {
        let credentials = StandInCredentials([Self.token: .everything])
        try await LiveServer.run(authority: Self.authority(credentials)) { server in
            let client = server.client(Self.token)
            _ = try await client.status(as: .agent)
            credentials.revoke(Self.token)
            await #expect(throws: HiveError(.unauthenticated, "")) { try await client.status(as: .agent) }
        }
    }

    @Test("The stream of events of a revoked token ends at once, others go on", .timeLimit(.minutes(1)))
    func streams() async throws {
        let other = "stand-in-other"
        let credentials = StandInCredentials([Self.token: .everything, other: .everything])
        try await LiveServer.run(authority: Self.authority(credentials)) { server in
            func listen(_ token: String) async throws -> WebSocketClient.Frames {
                let outcome = try await WebSocketClient.connect(server.addresses.api, path: "/ws/box", token: token)
                return try #require(outcome.frames)
            }
            let (one, two) = (try await listen(Self.token), try await listen(other))
            try await two.executeThenClose { input, output in
                var events = input.makeAsyncIterator()
                do {
                    try await one.executeThenClose { input, output in
                        try await output.write(WebSocketClient.frame(.ping, "ready"))
                        var iterator = input.makeAsyncIterator()
                        try await WebSocketClient.skip(&iterator, until: .pong)
                        credentials.revoke(Self.token)
                        // Ends without an event: the connection is closed.
                        while let frame = try await iterator.next() { #expect(frame.opcode != .text) }
                    }
                } catch is ChannelError { /* there is nothing left to close */  }
                try await output.write(WebSocketClient.frame(.ping, "there"))
                try await WebSocketClient.skip(&events, until: .pong)
            }
        }
    }

    @Test(
        "Server-Sent Events of a revoked token end at once", .timeLimit(.minutes(1)),
        arguments: ["/api/v1/events", "/sse"])
    func serverSentEvents(path: String) async throws {
        let credentials = StandInCredentials([Self.token: .everything])
        try await LiveServer.run(authority: Self.authority(credentials)) { server in
            try await Self.stream(path, Self.token, server) { credentials.revoke(Self.token) }
        }
    }

    @Test("What a browser hears ends with its session", .timeLimit(.minutes(1)))
    func sessions() async throws {
        try await LiveServer.run { server in
            let client = server.client()
            func signIn() async throws -> String {
                let link = try await client.dashboardLink(as: .operator)
                let body = JSONValue.object(["code": .string(link.code)]).text
                let answer = try await RawClient.say(
                    "POST /api/v1/dashboard/sessions HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                        + "Content-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)",
                    to: server.addresses.api)
                return try #require(try JSONValue(parsing: answer.body)["token"]?.string)
            }
            @Sendable func signOut(_ session: String) async throws {
                let answer = try await RawClient.say(
                    "DELETE /api/v1/dashboard/sessions HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                        + "Authorization: Bearer \(session)\r\n\r\n", to: server.addresses.api)
                #expect(answer.status == 200)
            }
            let first = try await signIn()
            try await Self.stream("/api/v1/events", first, server) { try await signOut(first) }
            let second = try await signIn()
            let outcome = try await WebSocketClient.connect(
                server.addresses.api, path: "/ws/box", token: "", protocols: "hive.events, hive.token.\(second)")
            do {
                try await #require(outcome.frames).executeThenClose { input, output in
                    try await output.write(WebSocketClient.frame(.ping, "ready"))
                    var iterator = input.makeAsyncIterator()
                    try await WebSocketClient.skip(&iterator, until: .pong)
                    try await signOut(second)
                    while let frame = try await iterator.next() { #expect(frame.opcode != .text) }
                }
            } catch is ChannelError { /* there is nothing left to close */  }
        }
    }

    /// Listens, does something, and returns when the stream has ended.
    private static func stream(
        _ path: String, _ token: String, _ server: LiveServer.Running, _ act: @Sendable () async throws -> Void
    ) async throws {
        let channel = try await RawClient.connect(server.addresses.api)
        do {
            try await channel.executeThenClose { input, output in
                try await output.write(
                    ByteBuffer(
                        string: "GET \(path) HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer \(token)\r\n\r\n"))
                var pieces = input.makeAsyncIterator()
                var text = ""
                while !text.contains("\n\n"), let piece = try await pieces.next() { text += String(buffer: piece) }
                #expect(text.hasPrefix("HTTP/1.1 200"))
                try await act()
                while try await pieces.next() != nil {}
            }
        } catch is ChannelError { /* there is nothing left to close */  }
    }
}
