import HiveCore
import HiveSync
import Testing

/// A session with a record of what it asked for.
private struct Conversation {
    var session: SyncSession

    /// Hands over events in turn and collects what each is answered with.
    mutating func answers(to events: SyncEvent...) -> [[SyncDirective]] {
        events.map { session.handle($0, now: 1) }
    }
}

@Suite("SyncSession") struct SyncSessionTests {
    private let founding = ScopeFounding(hive: HiveID(.sha256([2])), name: .main, founder: NodeID(.sha256([3])))
    private let head = LogHead(log: LogID(.sha256([1])), size: 7, root: .sha256([4]))

    private func open(with streams: [StreamView]) -> Conversation {
        var conversation = Conversation(session: SyncSession(hive: founding.hive, name: "a", address: ""))
        _ = conversation.answers(to: .opened, .summarized(ExchangeView(streams: streams)))
        return conversation
    }

    @Test("tells a peer that knows less of a stream what there is, once")
    func tells() {
        var conversation = open(with: [StreamView(founding: founding, stream: .law, logs: [head])])
        let list = SyncEvent.received(.logs(founding.scope, .law, []))
        let answers = conversation.answers(to: list, list)
        #expect(answers == [[.send(.logs(founding.scope, .law, [head]))], []])
    }

    @Test("asks for what a peer has more of, even of a law that it knows nothing of")
    func asks() {
        var conversation = open(with: [])
        let answers = conversation.answers(to: .received(.logs(founding.scope, .law, [head])))
        #expect(answers == [[.send(.syncRequest(head.log, from: 1))]])
    }

    @Test("greets once for a scope that its own law does not let it share")
    func greetsOnce() {
        var conversation = open(with: [])
        let have = SyncEvent.received(.have([.init(founding: founding, stream: .law, digest: .sha256([6]))]))
        let list = SyncDirective.send(.logs(founding.scope, .law, []))
        let view = SyncEvent.summarized(ExchangeView(streams: []))
        let answers = conversation.answers(to: have, view, have)
        #expect(answers[0] == [.learn(founding), list, .summarize])
        #expect(answers[2] == [list])
    }

    @Test("is in step with a peer that no longer shares a scope, once all that both named is the same")
    func agrees() {
        let other = ScopeFounding(hive: founding.hive, name: .universal, founder: founding.founder)
        let shared = StreamView(founding: founding, stream: .law, logs: [head])
        let withdrawn = StreamView(
            founding: other, stream: .law, logs: [LogHead(log: LogID(.sha256([5])), size: 2, root: .sha256([4]))])
        let view = ExchangeView(streams: [shared, withdrawn])
        let have = SyncEvent.received(.have([.init(founding: founding, stream: .law, digest: shared.digest)]))
        let differing = SyncEvent.received(.have([.init(founding: founding, stream: .law, digest: .sha256([6]))]))
        let hello = SyncMessage.Hello(hive: founding.hive, name: "b", address: "", digest: .sha256([7]))
        var conversation = open(with: [shared, withdrawn])
        #expect(conversation.answers(to: have) == [[]], "the peer has not heard yet what is here")
        _ = conversation.answers(to: .received(.hello(hello)), .summarized(view))
        #expect(conversation.answers(to: have) == [[.converged([head])]])
        #expect(conversation.answers(to: differing)[0].contains(.converged([head])) == false)
    }

    @Test("sends a blob that was asked for before it was here, once it is")
    func owes() {
        var conversation = open(with: [])
        let document = DocumentAddress(scope: founding.scope, document: .derived(kind: 34, key: [1], generation: 0))
        let address = SyncMessage.BlobAddress(hash: .sha256([9]), document: document)
        let arrival = SyncEvent.blobsArrived([address.hash])
        let answers = conversation.answers(
            to: .received(.blobRequest(address)), .blobLoaded(address, nil), .blobsArrived([.sha256([8])]), arrival,
            .blobLoaded(address, [1]), arrival)
        #expect(answers == [[.loadBlob(address)], [], [], [.loadBlob(address)], [.send(.blob(address, [1]))], []])
    }
}
