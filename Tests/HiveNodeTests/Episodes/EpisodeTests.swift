import HiveAPI
import HiveCore
import HiveEmbedding
import HiveTesting
import Testing

@testable import HiveNode

@Suite struct EpisodeTests {
    private func begun(_ lone: LoneNode, _ title: String = "gateway answers 502") async throws -> String {
        lone.advance(seconds: 1)
        return try await lone.node.startEpisode(StartEpisode(title: title), as: .agent).memory.id
    }

    @Test("An episode is told as it happens, and shows its events in the order in which they happened")
    func telling() async throws {
        let lone = try LoneNode()
        let caller = Caller(role: .agent, agent: "ava")
        let request = StartEpisode(title: "gateway answers 502", significance: 0.3, tags: ["web"])
        let start = try await lone.node.startEpisode(request, as: caller)
        #expect(start.created && start.memory.kind == "episodic" && start.memory.scope == "instance")
        let id = start.memory.id
        lone.advance(seconds: 60)
        _ = try await lone.node.append(
            AppendEvent("restarted envoy", data: ["host": "web-3"]), toEpisode: id, as: caller)
        lone.advance(seconds: 60)
        let earlier = AppendEvent("alarm went off", at: start.memory.createdAt)
        _ = try await lone.node.append(earlier, toEpisode: id, as: .agent)
        lone.advance(seconds: 60)
        let end = EndEpisode(outcome: "success", significance: 0.9, note: "a stale certificate")
        let ended = try await lone.node.endEpisode(id, with: end, as: caller)
        let episode = try #require(ended.memory.episode)
        #expect(episode.events.map(\.text) == ["alarm went off", "restarted envoy", "a stale certificate"])
        #expect(episode.events.map(\.agent) == [nil, "ava", "ava"])
        #expect(episode.events[1].data == ["host": "web-3"])
        #expect(episode.events.allSatisfy { $0.node == start.memory.author.node })
        #expect(episode.outcome == "success" && episode.significance == 0.9)
        #expect(episode.startedAt == start.memory.createdAt && episode.endedAt == ended.memory.updatedAt)
        let read = try await lone.node.memory(id, as: .agent)
        #expect(read.episode == episode && read.skill == nil)
    }

    @Test("An episode that has ended takes no events unless it is reopened")
    func ended() async throws {
        let lone = try LoneNode()
        let id = try await begun(lone)
        _ = try await lone.node.endEpisode(id, with: EndEpisode(outcome: "failure"), as: .agent)
        let late = HiveError(.episodeEnded, "")
        await #expect(throws: late) {
            try await lone.node.append(AppendEvent("late"), toEpisode: id, as: .agent)
        }
        await #expect(throws: late) {
            try await lone.node.endEpisode(id, with: EndEpisode(outcome: "success"), as: .agent)
        }
        #expect(try await lone.node.memory(id, as: .agent).episode?.events.isEmpty == true)
        _ = try await lone.node.reopenEpisode(id, with: ReopenEpisode(), as: .agent)
        #expect(try await lone.node.memory(id, as: .agent).episode?.endedAt == nil)
        _ = try await lone.node.append(AppendEvent("once more"), toEpisode: id, as: .agent)
        _ = try await lone.node.endEpisode(id, with: EndEpisode(outcome: "success"), as: .agent)
        let again = AppendEvent("and again", reopen: true)
        let open = try await lone.node.append(again, toEpisode: id, as: .agent).memory
        #expect(open.episode?.outcome == nil && open.episode?.events.count == 2 && !open.contested)
        await #expect(throws: HiveError(.invalidInput, "")) {
            try await lone.node.reopenEpisode(id, with: ReopenEpisode(), as: .agent)
        }
    }

    @Test("What cannot have happened is refused, and changes nothing")
    func badInput() async throws {
        let lone = try LoneNode()
        let id = try await begun(lone)
        let note = try await lone.store("a note")
        let before = try await lone.node.memory(id, as: .agent)
        let refused: [@Sendable () async throws -> Void] = [
            { _ = try await lone.node.append(AppendEvent(""), toEpisode: id, as: .agent) },
            { _ = try await lone.node.append(AppendEvent("x", at: "yesterday"), toEpisode: id, as: .agent) },
            { _ = try await lone.node.append(AppendEvent("x", at: "2100-01-01T00:00:00Z"), toEpisode: id, as: .agent) },
            { _ = try await lone.node.append(AppendEvent("x"), toEpisode: note, as: .agent) },
            { _ = try await lone.node.endEpisode(id, with: EndEpisode(outcome: "glory"), as: .agent) },
            {
                let end = EndEpisode(outcome: "success", at: "2001-01-01T00:00:00Z")
                _ = try await lone.node.endEpisode(id, with: end, as: .agent)
            },
            {
                _ = try await lone.node.endEpisode(
                    id, with: EndEpisode(outcome: "success", significance: 7), as: .agent)
            },
            { _ = try await lone.node.startEpisode(StartEpisode(title: ""), as: .agent) },
            { _ = try await lone.node.startEpisode(StartEpisode(title: "x", significance: -1), as: .agent) },
            { _ = try await lone.node.episodes(EpisodeQuery(outcome: "glory"), as: .agent) },
            { _ = try await lone.node.episodes(similarTo: note, SimilarQuery(), as: .agent) },
            { _ = try await lone.node.episodes(similarTo: id, SimilarQuery(limit: 0), as: .agent) },
        ]
        for (place, attempt) in refused.enumerated() {
            await #expect(throws: HiveError(.invalidInput, ""), "attempt \(place)") { try await attempt() }
        }
        #expect(try await lone.node.memory(id, as: .agent) == before)
    }

    @Test("A repeated append with one key is one event, and the key is not for another request")
    func idempotency() async throws {
        let lone = try LoneNode()
        let id = try await begun(lone)
        for _ in 0..<3 {
            lone.advance(seconds: 5)
            let event = AppendEvent("seen", idempotencyKey: "k")
            _ = try await lone.node.append(event, toEpisode: id, as: .agent)
        }
        #expect(try await lone.node.memory(id, as: .agent).episode?.events.count == 1)
        await #expect(throws: HiveError(.keyReused, "")) {
            try await lone.node.append(AppendEvent("else", idempotencyKey: "k"), toEpisode: id, as: .agent)
        }
    }

    @Test("Episodes are found by when they happened, not by when they were written", arguments: [true, false])
    func byTime(onDisk: Bool) async throws {
        let folder = try Folder()
        let lone = onDisk ? try LoneNode(store: folder.store()) : try LoneNode()
        func past(_ title: String, _ from: String, _ to: String?) async throws {
            lone.advance(seconds: 1)
            let start = StartEpisode(title: title, at: from + "T08:00:00Z")
            let id = try await lone.node.startEpisode(start, as: .agent).memory.id
            guard let to else { return }
            let end = EndEpisode(outcome: "success", at: to + "T08:00:00Z")
            _ = try await lone.node.endEpisode(id, with: end, as: .agent)
        }
        try await past("march", "2026-03-01", "2026-03-03")
        try await past("spring", "2026-02-01", "2026-05-30")
        try await past("may", "2026-05-01", "2026-05-02")
        try await past("open since april", "2026-04-01", nil)
        func found(_ since: String?, _ until: String?, _ outcome: String? = nil) async throws -> [String] {
            let query = EpisodeQuery(outcome: outcome, since: since, until: until)
            return try await lone.node.episodes(query, as: .agent).items.compactMap(\.memory.content)
        }
        #expect(try await found(nil, nil) == ["spring", "may", "open since april", "march"], "the last first")
        #expect(try await found("2026-03-02", "2026-03-10") == ["spring", "march"])
        #expect(try await found("2026-04-01", "2026-04-02") == ["spring", "open since april"])
        #expect(try await found("2026-06-01", nil) == [])
        #expect(try await found(nil, "2026-02-15") == ["spring"])
        #expect(try await found(nil, nil, "open") == ["open since april"])
        #expect(try await found(nil, "2026-04-01", "success") == ["spring", "march"])
    }

    @Test("Episodes that are alike are found by one of them, and never itself")
    func similar() async throws {
        let lone = try LoneNode(embedder: StaticEmbedder())
        let titles = [
            "release of the api failed and was rolled back", "broken deployment of the api undone",
            "invoices went out twice", "new laptop for a colleague",
        ]
        var ids: [String] = []
        for title in titles { ids.append(try await begun(lone, title)) }
        try await lone.node.meaning?.catchUp()
        let hits = try await lone.node.episodes(similarTo: ids[0], SimilarQuery(limit: 2), as: .agent).items
        #expect(hits.first?.memory.id == ids[1] && !hits.contains { $0.memory.id == ids[0] } && hits.count <= 2)
        _ = try await lone.node.endEpisode(ids[2], with: EndEpisode(outcome: "success"), as: .agent)
        try await lone.node.meaning?.catchUp()
        let ended = SimilarQuery(outcome: "success")
        #expect(try await lone.node.episodes(similarTo: ids[0], ended, as: .agent).items.map(\.memory.id) == [ids[2]])
    }

    @Test("Episodes are found by what their events say")
    func byEvent() async throws {
        let lone = try LoneNode()
        let id = try await begun(lone)
        _ = try await lone.node.append(AppendEvent("flushed the xylophone cache"), toEpisode: id, as: .agent)
        #expect(try await lone.search("xylophone") { $0.kind = "episodic" }.map(\.memory.id) == [id])
    }

    @Test("An episode that was stored whole is the one that was told")
    func whole() async throws {
        let lone = try LoneNode()
        let id = try await begun(lone)
        _ = try await lone.node.append(AppendEvent("seen", data: [1, 2]), toEpisode: id, as: .agent)
        lone.advance(seconds: 30)
        _ = try await lone.node.endEpisode(id, with: EndEpisode(outcome: "partial", significance: 0.5), as: .agent)
        let told = try await lone.node.memory(id, as: .agent)
        lone.advance(seconds: 3600)
        var request = StoreMemory(content: told.content ?? "", kind: "episodic")
        request.episode = told.episode
        let stored = try await lone.node.store(request, as: .agent).memory
        #expect(stored.episode == told.episode)
        var wrong = StoreMemory(content: "x")
        wrong.episode = EpisodeDetail()
        await #expect(throws: HiveError(.invalidInput, "")) { try await lone.node.store(wrong, as: .agent) }
    }
}
