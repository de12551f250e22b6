import HiveAPI
import HiveCore
import Synchronization
import Testing

@testable import HiveServer

@Suite struct DashboardSessionTests {
    /// A clock that a test moves.
    private final class Hand: Sendable {
        private let time = Mutex<Int64>(1_795_248_000_000)
        var now: Timestamp { time.withLock { Timestamp(milliseconds: $0) } }
        func pass(_ milliseconds: Int64) { time.withLock { $0 += milliseconds } }
    }

    private let hand = Hand()
    private var sessions: DashboardSessions { DashboardSessions(now: { [hand] in hand.now }) }

    @Test("A link opens one session, once, with the rights of the token that it was made with")
    func once() async throws {
        let interface = Interface()
        for (token, role) in [(Interface.agentToken, "agent"), (Interface.operatorToken, "operator")] {
            let link = try await interface.call("POST", "/api/v1/dashboard/links", token: token).json()
            let code = try #require(link["code"]?.string)
            #expect(link["role"]?.string == role)
            let body = JSONValue.object(["code": .string(code)]).text
            let opened = await interface.call("POST", "/api/v1/dashboard/sessions", body: body, token: "")
            #expect(opened.status == 201)
            let session = try #require(try opened.json()["token"]?.string)
            #expect(session != token)
            #expect(await interface.call("GET", "/api/status", token: session).status == 200)
            let verified = await interface.call("POST", "/api/v1/verify", token: session)
            #expect(verified.status == (role == "operator" ? 200 : 403))
            let again = await interface.call("POST", "/api/v1/dashboard/sessions", body: body, token: "")
            #expect(again.status == 401 && again.code == "unauthenticated")
        }
    }

    @Test("Nobody without a token makes a link, and a session makes none for others")
    func links() async throws {
        let interface = Interface()
        #expect(await interface.call("POST", "/api/v1/dashboard/links", token: "").status == 401)
        #expect(await interface.call("POST", "/api/v1/dashboard/links", token: "wrong").status == 401)
        let sessions = try #require(interface.rest.gate.sessions)
        let session = try sessions.open(code: sessions.link(for: Interface.operatorToken, role: .operator).code)
        let refused = await interface.call("POST", "/api/v1/dashboard/links", token: session.token)
        #expect(refused.status == 403)
    }

    @Test("Whoever signs out is known no longer")
    func signOut() async throws {
        let interface = Interface()
        let sessions = try #require(interface.rest.gate.sessions)
        let session = try sessions.open(code: sessions.link(for: Interface.agentToken, role: .agent).code)
        #expect(await interface.call("DELETE", "/api/v1/dashboard/sessions", token: session.token).status == 200)
        #expect(await interface.call("GET", "/api/status", token: session.token).status == 401)
    }

    @Test("A link waits five minutes and a session lasts twelve hours")
    func ends() throws {
        let sessions = self.sessions
        let late = sessions.link(for: "token", role: .agent)
        hand.pass(DashboardSessions.linkLifetime)
        #expect(throws: HiveError.self) { try sessions.open(code: late.code) }
        let session = try sessions.open(code: sessions.link(for: "token", role: .agent).code)
        hand.pass(DashboardSessions.sessionLifetime - 1)
        #expect(sessions.credential(behind: session.token) == "token")
        hand.pass(1)
        #expect(sessions.credential(behind: session.token) == nil)
    }

    @Test("No token takes another's places: an agent that opens many sessions signs only itself out")
    func others() throws {
        let sessions = self.sessions
        func open(_ token: String, _ role: Caller.Role) throws -> String {
            try sessions.open(code: sessions.link(for: token, role: role).code).token
        }
        let link = sessions.link(for: "operator", role: .operator)
        let kept = try open("operator", .operator)
        let first = try open("agent", .agent)
        for _ in 0..<100 { _ = try open("agent", .agent) }
        #expect(sessions.credential(behind: kept) == "operator")
        #expect(sessions.credential(behind: first) == nil)
        #expect(try sessions.open(code: link.code).role == "operator")
    }

    @Test("Whoever waits for a session's end hears of it", .timeLimit(.minutes(1)))
    func waiting() async throws {
        let sessions = self.sessions
        #expect(await !sessions.end(of: "no session"))
        let ended = try sessions.open(code: sessions.link(for: "token", role: .agent).code).token
        async let end = sessions.end(of: ended)
        sessions.end(ended)
        _ = await end
        let crowdedOut = try sessions.open(code: sessions.link(for: "token", role: .agent).code).token
        await withTaskGroup(of: Bool.self) { group in
            group.addTask { await sessions.end(of: crowdedOut) }
            for _ in 0..<DashboardSessions.most {
                group.addTask { (try? sessions.open(code: sessions.link(for: "token", role: .agent).code)) == nil }
            }
            await group.waitForAll()
        }
        #expect(sessions.credential(behind: crowdedOut) == nil)
    }

    @Test("There is a limit to links and sessions: the oldest makes room")
    func limit() throws {
        let sessions = self.sessions
        let links = (0...DashboardSessions.most).map { _ in sessions.link(for: "token", role: .agent) }
        #expect(Set(links.map(\.code)).count == links.count)
        #expect(throws: HiveError.self) { try sessions.open(code: links[0].code) }
        #expect(try sessions.open(code: links[1].code).role == "agent")
    }

    @Test("Codes and tokens have 256 bits and are never the same")
    func secrets() throws {
        let made = (0..<50).map { _ in RandomSecret.make() }
        #expect(Set(made).count == 50)
        for secret in made { #expect(secret.utf8.count == 64 && secret.allSatisfy(\.isHexDigit)) }
    }
}
