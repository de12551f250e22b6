import HiveAPI
import Testing

@Suite struct EventBroadcastTests {
    private func event(_ id: Int, _ type: String) -> HiveEvent { HiveEvent(id: "\(id)", type: type, time: "t") }

    @Test("Every listener gets the events of its topics, in order")
    func topics() async {
        let broadcast = EventBroadcast()
        let memories = broadcast.events(topics: ["memory"])
        let all = broadcast.events(topics: [])
        broadcast.publish(event(1, "memory.created"))
        broadcast.publish(event(2, "peer.connected"))
        broadcast.publish(event(3, "memory"))
        broadcast.publish(event(4, "memorable.not"))
        broadcast.finish()
        #expect(await ids(memories) == ["1", "3"])
        #expect(await ids(all) == ["1", "2", "3", "4"])
    }

    @Test("A listener that falls behind keeps the newest")
    func slowListener() async {
        let broadcast = EventBroadcast(capacity: 3)
        let events = broadcast.events(topics: [])
        for number in 1...10 { broadcast.publish(event(number, "memory.created")) }
        broadcast.finish()
        #expect(await ids(events) == ["8", "9", "10"])
    }

    private func ids(_ events: AsyncStream<HiveEvent>) async -> [String] {
        var ids: [String] = []
        for await event in events { ids.append(event.id) }
        return ids
    }
}
