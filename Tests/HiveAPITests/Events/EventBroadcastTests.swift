import HiveAPI
import Testing

@Suite(.timeLimit(.minutes(1))) struct EventBroadcastTests {
    @Test(
        "Every listener gets the events of its topics, in order",
        arguments: [
            (["memory"], ["1", "3"]), ([], ["1", "2", "3", "4", "5"]), (["*"], ["1", "2", "3", "4", "5"]),
            (["memory.*"], ["1", "3"]), (["memory.erased"], ["3"]), (["peer", "memory.erased"], ["2", "3"]),
            (["rules"], []),
        ] as [([String], [String])])
    func topics(topics: [String], ids: [String]) async {
        let broadcast = EventBroadcast()
        let events = broadcast.listen(topics: topics, after: nil)
        for type in ["memory.created", "peer.connected", "memory.erased", "memorable.not", "conflict.detected"] {
            broadcast.publish(type, at: "t")
        }
        broadcast.finish()
        #expect(await Self.ids(events) == ids)
    }

    @Test("A listener that falls behind is told so, then hears what is remembered")
    func slowListener() async {
        let broadcast = EventBroadcast(capacity: 3)
        let slow = broadcast.listen(topics: ["peer"], after: nil)
        for _ in 1...10 { broadcast.publish("memory.created", at: "t") }
        broadcast.publish("peer.connected", at: "t")
        broadcast.finish()
        let gap = await slow.next()
        #expect(gap?.type == "gap" && gap?.id == "8" && gap?.data["after"] == "0")
        #expect(await Self.ids(slow) == ["11"])
    }

    @Test("A number beyond all that was given out is one that missed something", arguments: ["99", "\(UInt64.max)"])
    func beyond(after: String) async {
        let broadcast = EventBroadcast()
        broadcast.publish("memory.created", at: "t")
        broadcast.finish()
        let events = broadcast.listen(topics: [], after: after)
        let gap = await events.next()
        #expect(gap?.type == "gap" && gap?.data["after"] == .string(after))
        #expect(await events.next() == nil)
    }

    @Test("A slow listener disturbs no other")
    func independence() async {
        let broadcast = EventBroadcast(capacity: 2)
        let slow = broadcast.listen(topics: [], after: nil)
        let quick = broadcast.listen(topics: [], after: nil)
        var heard: [String?] = []
        for _ in 1...5 {
            broadcast.publish("memory.created", at: "t")
            heard.append(await quick.next()?.id)
        }
        #expect(heard == ["1", "2", "3", "4", "5"])
        broadcast.finish()
        #expect(await Self.ids(slow) == ["3", "4", "5"], "the gap has the number of the last event that was missed")
    }

    @Test("A listener goes on behind the event that it names")
    func resuming() async {
        let broadcast = EventBroadcast(startingAt: 1000)
        for _ in 1...4 { broadcast.publish("memory.created", at: "t") }
        let events = broadcast.listen(topics: [], after: "1001")
        broadcast.finish()
        #expect(await Self.ids(events) == ["1002", "1003"])
    }

    @Test("Whoever comes with an id of another run is told that something may be missing", arguments: ["7", "999999"])
    func formerRun(after: String) async {
        let broadcast = EventBroadcast(startingAt: 1000, began: "then")
        let idle = await broadcast.listen(topics: ["rules"], after: after).next()
        #expect(idle?.type == "gap" && idle?.id == "999" && idle?.time == "then")
        broadcast.publish("memory.created", at: "t")
        let events = broadcast.listen(topics: ["memory"], after: after)
        broadcast.finish()
        let first = await events.next()
        #expect(first?.type == "gap" && first?.data["after"] == .string(after))
    }

    @Test("A listener that waits hears the next event, and a cancelled one ends and loses nothing")
    func waiting() async {
        let broadcast = EventBroadcast()
        let events = broadcast.listen(topics: [], after: nil)
        let cancelled = Task { await events.next() }
        cancelled.cancel()
        #expect(await cancelled.value == nil)
        async let next = events.next()
        broadcast.publish("memory.created", at: "t")
        #expect(await next?.id == "1")
    }

    @Test("A topic is listened to while somebody is there, and for as long as whoever left can still catch up")
    func listened() {
        let broadcast = EventBroadcast(capacity: 3)
        #expect(!broadcast.isListened(to: "task"))
        do {
            let events = broadcast.listen(topics: ["task.changed", "agent"], after: nil)
            let other = broadcast.listen(topics: ["task"], after: nil)
            #expect(broadcast.isListened(to: "task") && broadcast.isListened(to: "agent"))
            #expect(!broadcast.isListened(to: "message"))
            withExtendedLifetime((events, other)) {}
        }
        for _ in 0..<3 { broadcast.publish("memory.created", at: "t") }
        #expect(broadcast.isListened(to: "task"))
        broadcast.publish("memory.created", at: "t")
        #expect(!broadcast.isListened(to: "task") && !broadcast.isListened(to: "agent"))
        let all = broadcast.listen(topics: [], after: nil)
        #expect(EventTopic.all.allSatisfy(broadcast.isListened))
        withExtendedLifetime(all) {}
    }

    @Test("Topics that there are not are refused, with those that there are")
    func unknownTopics() throws {
        try EventTopic.check(["memory", "memory.*", "conflict.resolved", "*"])
        #expect(throws: HiveError(.invalidInput, "")) { try EventTopic.check(["memory", "memories"]) }
    }

    private static func ids(_ events: EventListener) async -> [String] {
        var ids: [String] = []
        while let event = await events.next() { ids.append(event.id) }
        return ids
    }
}
