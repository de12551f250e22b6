import HiveAPI
import HiveCore
import HiveSync
import Synchronization
import Testing

@testable import HiveNode

/// What nodes say of the present, over connections that come and go.
@Suite struct SoftDeskTests {
    private let lone: LoneNode
    private let main: ScopeID
    private let peer: NodeID
    /// Which connections were given something to send.
    private let sent = Sent()

    private final class Sent: Sendable {
        let names = Mutex<[String]>([])
    }

    private var desk: SoftDesk { lone.node.sync.soft }

    init() async throws {
        lone = try LoneNode()
        let other = try #require(PublicKey(bytes: [UInt8](repeating: 9, count: 32))).nodeID
        peer = other
        main = try lone.node.kernel.consult { try ScopeLookup(&$0, $1).require("collective:main").scope }
        let scope = main
        _ = try await lone.node.kernel.write {
            try $0.commit([Replica.grantDraft(Grant(node: other, role: .writer), in: scope)])
        }
    }

    private func connect(_ name: String) -> Int {
        desk.connected(peer) { [sent] _ in sent.names.withLock { $0.append(name) } }
    }

    /// Says something, and answers with the connections that it was sent on.
    private func say() throws -> [String] {
        sent.names.withLock { $0 = [] }
        lone.advance(seconds: 2)
        try desk.post("agent/ava", in: main, [1], seconds: 60)
        desk.happen(.tick)
        return sent.names.withLock { $0 }
    }

    @Test("A connection that another one replaced ends, and the other one goes on")
    func replaced() throws {
        let old = connect("old")
        _ = connect("new")
        desk.disconnected(peer, number: old)
        #expect(try say() == ["new"])
    }

    @Test(
        "A connection that is told of late and ends at once leaves the other one speaking, and all is said on it anew")
    func late() throws {
        _ = connect("kept")
        let late = connect("late")
        #expect(try say() == ["late"])
        sent.names.withLock { $0 = [] }
        lone.advance(seconds: 2)
        desk.disconnected(peer, number: late)
        #expect(sent.names.withLock { $0 } == ["kept"], "what went under with the other one is said again")
        #expect(try say() == ["kept"])
    }

    @Test("A new board knows the connections that go on, and the last one to go ends it")
    func last() throws {
        let only = connect("only")
        desk.disconnected(peer, number: only)
        #expect(try say().isEmpty)
        _ = connect("next")
        #expect(try say() == ["next"])
    }
}
