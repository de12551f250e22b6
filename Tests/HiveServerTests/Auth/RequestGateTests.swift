import HiveAPI
import HiveCore
import NIOCore
import Synchronization
import Testing

@testable import HiveServer

@Suite struct RequestGateTests {
    private final class Clock: Sendable {
        let milliseconds = Mutex<Int64>(0)
        func advance(seconds: Int64) { milliseconds.withLock { $0 += seconds * 1000 } }
    }

    private let clock = Clock()
    private let recorder = StandInRecorder()
    private static let far = RemoteAddress(text: "192.0.2.7")
    private static let near = RemoteAddress(text: "127.0.0.1", isLoopback: true)

    private func gate(_ adjust: (inout AccessLimits) -> Void) -> RequestGate {
        var limits = AccessLimits()
        adjust(&limits)
        let clock = clock
        let limiter = RateLimiter(limits) { Timestamp(milliseconds: clock.milliseconds.withLock { $0 }) }
        return RequestGate(hosts: [], authority: Interface.authority, limiter: limiter, recorder: recorder)
    }

    private func call(_ token: String?, from address: RemoteAddress) -> HTTPCall {
        HTTPCall(
            method: "GET", target: "/api/status",
            headers: [("Host", "localhost")] + (token.map { [("Authorization", "Bearer \($0)")] } ?? []),
            address: address)
    }

    private func code(_ gate: RequestGate, _ call: HTTPCall) -> (code: String?, retryAfter: Int?) {
        do {
            _ = try gate.admit(call)
            return (nil, nil)
        } catch {
            let error = HiveError.wrapping(error)
            return (error.code.name, error.retryAfter)
        }
    }

    @Test("A token that comes too often waits, others do not; with time it comes again")
    func tokens() {
        let gate = gate { ($0.requests, $0.burst) = (2, 3) }
        for _ in 0..<3 { #expect(code(gate, call(Interface.agentToken, from: Self.near)).code == nil) }
        #expect(code(gate, call(Interface.agentToken, from: Self.near)) == ("rate_limited", 1))
        #expect(code(gate, call(Interface.operatorToken, from: Self.far)).code == nil)
        clock.advance(seconds: 1)
        for _ in 0..<2 { #expect(code(gate, call(Interface.agentToken, from: Self.near)).code == nil) }
        #expect(code(gate, call(Interface.agentToken, from: Self.near)).code == "rate_limited")
    }

    @Test("The operator is not limited on the same machine, and is elsewhere")
    func operators() {
        let gate = gate { ($0.requests, $0.burst) = (1, 2) }
        for _ in 0..<100 { #expect(code(gate, call(Interface.operatorToken, from: Self.near)).code == nil) }
        let codes = (0..<4).map { _ in code(gate, call(Interface.operatorToken, from: Self.far)).code }
        #expect(codes == [nil, nil, "rate_limited", "rate_limited"])
    }

    @Test("An address is limited whatever it shows, this machine is not, and a network of IPv6 is one address")
    func addresses() throws {
        let gate = gate { ($0.requests, $0.burst) = (1, 2) }
        let codes = (0..<3).map { _ in code(gate, call(nil, from: Self.far)).code }
        #expect(codes == [nil, nil, "rate_limited"])
        for _ in 0..<10 { #expect(code(gate, call(nil, from: Self.near)).code == nil) }
        let one = try #require(RemoteAddress(try SocketAddress(ipAddress: "2001:db8:1:2::1", port: 1)))
        let two = try #require(RemoteAddress(try SocketAddress(ipAddress: "2001:db8:1:2:ffff::2", port: 1)))
        #expect(one.group == two.group && one.text != two.text)
        #expect(code(gate, call(nil, from: one)).code == nil && code(gate, call(nil, from: two)).code == nil)
        #expect(code(gate, call(nil, from: one)).code == "rate_limited")
        let mapped = try #require(RemoteAddress(try SocketAddress(ipAddress: "::ffff:192.0.2.7", port: 1)))
        #expect(mapped == Self.far)
        #expect(RemoteAddress(try SocketAddress(ipAddress: "::1", port: 1))?.isLoopback == true)
    }

    @Test("Wrong tokens are limited harder; the right one is taken all the same")
    func failures() {
        let gate = gate { $0.failures = 2 }
        let codes = (0..<4).map { number in code(gate, call("wrong-\(number)", from: Self.near)).code }
        #expect(codes == ["unauthenticated", "unauthenticated", "rate_limited", "rate_limited"])
        #expect(code(gate, call(Interface.agentToken, from: Self.near)).code == nil)
        #expect(code(gate, call("wrong", from: Self.far)).code == "unauthenticated")
        clock.advance(seconds: 30)
        #expect(code(gate, call("wrong", from: Self.near)).code == "unauthenticated")
        #expect(recorder.events.count == 6)
        #expect(recorder.events.allSatisfy { $0.action == AccessEvent.authentication && $0.outcome == .refused })
        #expect(!recorder.events.contains { ($0.subject ?? "").contains("wrong") })
    }

    @Test("More addresses than can be told apart share one bucket and no more memory")
    func manyAddresses() {
        let gate = gate { ($0.requests, $0.burst) = (1, 1) }
        for number in 0..<10_000 {
            let address = RemoteAddress(text: "10.\(number / 65_536).\(number / 256 % 256).\(number % 256)")
            #expect(code(gate, call(nil, from: address)).code == nil)
        }
        #expect(code(gate, call(nil, from: RemoteAddress(text: "192.0.2.1"))).code == nil)
        #expect(code(gate, call(nil, from: RemoteAddress(text: "192.0.2.2"))).code == "rate_limited")
        clock.advance(seconds: 1)
        #expect(code(gate, call(nil, from: RemoteAddress(text: "192.0.2.3"))).code == nil)
        #expect(code(gate, call(nil, from: RemoteAddress(text: "192.0.2.3"))).code == "rate_limited")
    }

    @Test(
        "One host, and one that this node answers to",
        arguments: [
            ([], "invalid_input"), (["localhost", "evil.example"], "invalid_input"), (["evil.example"], "forbidden"),
            (["localhost:8899"], nil), (["LOCALHOST"], nil), (["[::1]:1"], nil),
            (["localhost.evil.example"], "forbidden"),
            (["localhost:80@evil.example"], "forbidden"), ([""], "forbidden"),
        ] as [([String], String?)])
    func hosts(names: [String], expected: String?) {
        let call = HTTPCall(method: "GET", target: "/health", headers: names.map { ("Host", $0) }, address: Self.near)
        #expect(code(gate { _ in }, call).code == expected)
    }
}
