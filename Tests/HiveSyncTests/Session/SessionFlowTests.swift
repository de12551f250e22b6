import HiveCore
import HiveSync
import Testing

/// Versions, credit, cursors and what the overlay wants said.
@Suite("Flow of a session") struct SessionFlowTests {
    private let founding = ScopeFounding(hive: HiveID(.sha256([2])), name: .main, founder: NodeID(.sha256([3])))

    private func head(_ number: UInt8, _ size: UInt64) -> LogHead {
        LogHead(log: LogID(.sha256([number])), size: size, root: .sha256([number, 1]))
    }

    private func session(movesCursors: Bool = true) -> SyncSession {
        var settings = SyncSession.Settings()
        settings.movesCursors = movesCursors
        var session = SyncSession(hive: founding.hive, name: "a", address: "", settings: settings)
        _ = session.handle(.opened, now: 0)
        let knowledge = StreamView(founding: founding, stream: .knowledge, logs: [])
        _ = session.handle(.summarized(ExchangeView(streams: [knowledge])), now: 0)
        return session
    }

    private func hello(_ versions: (newest: UInt64, oldest: UInt64)) -> SyncMessage {
        .hello(.init(versions: versions, hive: founding.hive, name: "b", address: "", digest: .sha256([7])))
    }

    @Test("speaks with peers of the version before and the one after, and with no others")
    func versions() {
        for (newest, oldest, expected) in [(0, 0, 0), (1, 0, 1), (2, 1, 1), (9, 0, 1)] as [(UInt64, UInt64, UInt64)] {
            var session = session()
            _ = session.handle(.received(hello((newest, oldest))), now: 1)
            #expect(session.version == expected && session.isOpen)
        }
        for (newest, oldest) in [(3, 2), (0, 1)] as [(UInt64, UInt64)] {
            var session = session()
            let answer = session.handle(.received(hello((newest, oldest))), now: 1)
            #expect(!session.isOpen)
            guard case .close("version_mismatch", _)? = answer.last else { Issue.record("\(answer)"); continue }
        }
    }

    @Test("names all logs to a peer of version 0, which knows nothing of buckets")
    func versionZero() {
        let heads = (0..<200).map { head(UInt8($0), 5) }
        let view = ExchangeView(streams: [StreamView(founding: founding, stream: .knowledge, logs: heads)])
        for newest in [0, 1] as [UInt64] {
            var session = session()
            _ = session.handle(.received(hello((newest, 0))), now: 1)
            _ = session.handle(.summarized(view), now: 1)
            let said = session.handle(
                .received(.have([.init(founding: founding, stream: .knowledge, digest: .sha256([1]))])), now: 2)
            let usesBuckets = said.allSatisfy { if case .send(.logs) = $0 { false } else { true } }
            #expect(usesBuckets == (newest == 1))
        }
    }

    @Test("asks under credit, in a window, and bounds what others ask for")
    func credit() {
        var session = session()
        let heads = (0..<40).map { head($0, 9) }
        let asked = session.handle(.received(.logs(founding.scope, .knowledge, heads)), now: 1)
        #expect(asked.count == session.settings.window)
        for directive in asked {
            guard case .send(.syncRequest(_, 1, let credit)) = directive else { Issue.record("\(directive)"); continue }
            #expect(credit == .standard)
        }
        let greedy = Credit(operations: .max, bytes: .max)
        let answer = session.handle(.received(.syncRequest(heads[0].log, from: 1, credit: greedy)), now: 1)
        #expect(answer == [.load(heads[0].log, from: 1, .answer(.standard))])
    }

    /// Four logs of which the peer has nothing for this node, and one more: whether the fifth is ever asked for.
    private func reaches(movesCursors: Bool) -> Bool {
        var reader = session()
        var holder = session(movesCursors: movesCursors)
        let heads = (0..<5).map { head($0, 9) }
        var asked = reader.handle(.received(.logs(founding.scope, .knowledge, heads)), now: 1)
        var logs: Set<LogID> = []
        for _ in 0..<10 {
            var next: [SyncDirective] = []
            for case .send(.syncRequest(let log, _, let credit)) in asked {
                logs.insert(log)
                for case .send(let said) in holder.handle(.loaded(log, nil, .answer(credit)), now: 2) {
                    next += reader.handle(.received(said), now: 2)
                }
            }
            asked = next
        }
        return logs.count == 5
    }

    @Test("goes on behind logs of which nothing is for this node: cursors free the window")
    func cursors() {
        #expect(reaches(movesCursors: true))
        #expect(!reaches(movesCursors: false))
    }

    @Test("a peer that has no room is asked again when it said, and not before")
    func busy() {
        var session = session()
        let asked = session.handle(.received(.logs(founding.scope, .knowledge, [head(1, 9)])), now: 1)
        _ = session.handle(.received(.overlay(.busy(3_000))), now: 2)
        let more = session.handle(.received(.logs(founding.scope, .knowledge, [head(2, 9)])), now: 3)
        #expect(asked.count == 1 && more == [])
        #expect(session.handle(.tick, now: 2_000).allSatisfy { if case .send(.syncRequest) = $0 { false } else { true } })
        let again = session.handle(.tick, now: 3_500)
        #expect(again.count { if case .send(.syncRequest) = $0 { true } else { false } } == 2)
    }

    @Test("announces, grafts and prunes; tells of what a peer announced and is not here")
    func overlay() {
        var session = session()
        let log = head(1, 5)
        _ = session.handle(.received(hello((1, 0))), now: 1)
        #expect(
            session.handle(.received(.overlay(.announce(founding.scope, [log]))), now: 1)
                == [.announced(founding.scope, [log])])
        #expect(
            session.handle(.overlay(.graft(founding.scope, log.log)), now: 1)
                == [.send(.overlay(.graft(founding.scope, log.log, from: 1)))])
        _ = session.handle(.committed(log, lawChanged: false), now: 2)
        #expect(session.handle(.received(.overlay(.announce(founding.scope, [log]))), now: 3) == [])
        #expect(
            session.handle(.received(.overlay(.graft(founding.scope, log.log, from: 2))), now: 3)
                == [.grafted(founding.scope), .load(log.log, from: 2, .answer(.standard))])
        #expect(session.handle(.received(.overlay(.graft(founding.scope, log.log, from: 0))), now: 3) == [])
        #expect(session.handle(.noted([head(2, 3)]), now: 3) == [], "others are pushed to, this peer is not")
    }

    @Test("a list, an answer or an acknowledgement that is lost, repeated or comes late changes nothing but the time")
    func selfContained() {
        let list = SyncEvent.received(.logs(founding.scope, .knowledge, [head(1, 5)]))
        var session = session()
        let first = session.handle(list, now: 1)
        #expect(first.count == 1)
        #expect(session.handle(list, now: 2) == [], "it is on its way")
        let again = session.handle(.tick, now: 11_500)
        #expect(again.contains(first[0]), "the answer was lost: it is asked for again")
        _ = session.handle(.committed(head(1, 5), lawChanged: false), now: 11_600)
        #expect(session.handle(list, now: 11_700) == [], "an old list")
        #expect(session.handle(.received(.cursor(head(1, 5).log, 2)), now: 11_800) == [], "an old cursor")
    }
}
