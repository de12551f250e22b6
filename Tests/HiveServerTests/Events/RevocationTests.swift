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
}
