import Testing

@testable import HiveServer

/// Whose places connections take.
@Suite final class ConnectionLedgerTests {
    /// Stands for a connection.
    private final class Line {
        var id: ObjectIdentifier { ObjectIdentifier(self) }
    }

    private static let agent = ConnectionLedger.Owner(credential: "agent", group: "here")
    private static let chief = ConnectionLedger.Owner(credential: "operator", group: "here", isOperator: true)

    private let ledger: ConnectionLedger
    /// All of them, so that no two have the same identity.
    private var lines: [Line] = []

    init() {
        var limits = AccessLimits()
        (limits.strangers, limits.connectionsPerAddress) = (8, 1)
        ledger = ConnectionLedger(limits)
    }

    private func line() -> Line {
        lines.append(Line())
        return lines[lines.count - 1]
    }

    private func enter(_ line: Line) -> Bool { ledger.enter(line.id, from: "here") {} }

    /// Connections that begin a request of the agent's and never end it.
    private func begin(_ count: Int, isHook: Bool = false) -> [(line: Line, standing: ConnectionLedger.Standing)] {
        (0..<count).map { _ in
            let line = self.line()
            guard self.enter(line) else { return (line, .refused) }
            return (line, self.ledger.begin(line.id, for: Self.agent, isHook: isHook))
        }
    }

    @Test("A token beyond its places works at few of the strangers', and newcomers and hooks find others")
    func beyond() {
        let busy = begin(20)
        #expect(busy.map(\.standing) == [.owned, .passing, .passing] + Array(repeating: .refused, count: 17))
        let hooks = begin(20, isHook: true)
        #expect(hooks.map(\.standing) == [.passing, .passing] + Array(repeating: .refused, count: 18))
        let newcomer = line()
        #expect(enter(newcomer))
        #expect(ledger.begin(newcomer.id, for: Self.chief) == .owned)
        let stranger = line()
        #expect(enter(stranger))
        #expect(ledger.begin(stranger.id, for: nil) == .passing)
    }

    @Test("What was answered or closed gives its place back")
    func givesBack() {
        let busy = begin(3)
        #expect(begin(1)[0].standing == .refused)
        ledger.end(busy[1].line.id)
        let next = begin(2)
        #expect(next.map(\.standing) == [.passing, .refused])
        ledger.leave(busy[2].line.id)
        #expect(begin(2).map(\.standing) == [.passing, .refused])
        ledger.leave(busy[0].line.id)
        #expect(begin(1)[0].standing == .owned)
    }

    @Test("A connection that could not be kept is idle and makes room")
    func notKept() {
        let first = line()
        #expect(enter(first) && ledger.keep(first.id, for: Self.agent))
        let others = (0..<8).map { _ in self.line() }
        for line in others { #expect(enter(line) && !ledger.keep(line.id, for: Self.agent)) }
        let newcomer = line()
        #expect(enter(newcomer))
        #expect(ledger.total == 9)
    }
}
