import HiveAPI
import HiveCore
import HiveTesting
import Synchronization
import Testing

@testable import HiveNode

/// Similar old episodes become one memory, once, and say where they are.
@Suite struct ConsolidationTests {
    private static let week: Int64 = 7 * 86_400

    /// Three outages of one disk, and one episode of another kind.
    private func outages(_ lone: LoneNode) async throws -> [String] {
        var ids: [String] = []
        for day in ["monday", "tuesday", "friday"] {
            ids.append(
                try await lone.store("On \(day) the disk of web-3 was full. Logs were rotated by hand.") {
                    $0.kind = "episodic"
                    $0.tags = ["disk", day]
                    $0.confidence = day == "friday" ? 0.4 : 0.9
                })
        }
        try await lone.store("The invoice of the hoster was paid late") { $0.kind = "episodic" }
        return ids
    }

    @Test("A summary names its sources and they are put away behind it", arguments: [true, false])
    func summary(withMeaning: Bool) async throws {
        let lone = try LoneNode(embedder: withMeaning ? WordHashEmbedder() : nil)
        let ids = try await outages(lone)
        lone.advance(seconds: Self.week)
        let report = try await lone.node.consolidate(Consolidate(), as: .operator)
        #expect(report.comparedBy == (withMeaning ? "meaning" : "words"))
        #expect(report.considered == 4 && report.problems.isEmpty)
        let made = try #require(report.summaries.first)
        #expect(report.summaries.count == 1 && made.sources == ids && made.by == "extractive")
        let memory = try await lone.node.memory(made.id, as: .agent)
        #expect(memory.kind == "semantic" && memory.scope == "instance" && memory.content == made.text)
        #expect(memory.epistemic.status == "computed" && memory.epistemic.source == "extractive")
        #expect(Set(memory.links) == Set(ids.map { MemoryLink(relation: "summarises", target: $0) }))
        #expect(memory.tags == ["disk"] && memory.confidence == 0.4)
        for id in ids {
            let source = try await lone.node.memory(id, as: .agent)
            #expect(source.lifecycle?.archived == true && source.lifecycle?.summarisedBy == made.id)
        }
        let found = try await lone.search("disk").map(\.memory.id)
        #expect(found.first == made.id && Set(found).isDisjoint(with: ids))
    }

    @Test("A dry run says the same and does nothing")
    func dryRun() async throws {
        let lone = try LoneNode()
        let ids = try await outages(lone)
        lone.advance(seconds: Self.week)
        let commits = lone.node.commits
        let dry = try await lone.node.consolidate(Consolidate(dryRun: true), as: .operator)
        #expect(lone.node.commits == commits)
        let real = try await lone.node.consolidate(Consolidate(), as: .operator)
        #expect(dry.summaries == real.summaries && dry.summaries[0].sources == ids)
    }

    @Test("Nothing is summarised twice, also where its sources come back")
    func once() async throws {
        let lone = try LoneNode()
        let ids = try await outages(lone)
        lone.advance(seconds: Self.week)
        #expect(try await lone.node.consolidate(Consolidate(), as: .operator).summaries.count == 1)
        #expect(try await lone.node.consolidate(Consolidate(), as: .operator).summaries.isEmpty)
        for id in ids { _ = try await lone.node.mark(id, MarkMemory(archived: false), as: .agent) }
        lone.advance(seconds: Self.week)
        #expect(try await lone.node.consolidate(Consolidate(), as: .operator).summaries.isEmpty)
    }

    @Test("Young, pinned, core and archived episodes, and those of other shelves, stay as they are")
    func spared() async throws {
        let lone = try LoneNode()
        let ids = try await outages(lone)
        #expect(try await lone.node.consolidate(Consolidate(), as: .operator).considered == 0, "they are young")
        lone.advance(seconds: Self.week)
        _ = try await lone.node.mark(ids[0], MarkMemory(pinned: true), as: .agent)
        #expect(try await lone.node.consolidate(Consolidate(), as: .operator).summaries.isEmpty)
        _ = try await lone.node.mark(ids[0], MarkMemory(pinned: false), as: .agent)
        _ = try await lone.node.update(ids[1], with: UpdateMemory(category: .set("other")), as: .agent)
        lone.advance(seconds: Self.week)
        #expect(try await lone.node.consolidate(Consolidate(), as: .operator).summaries.isEmpty)
    }

    @Test("A model writes the summary; where it fails or says nothing, sentences are chosen")
    func model() async throws {
        for (answer, author) in [("Disks fill up.", "stand-in"), (" \n", "extractive"), (nil, "extractive")] {
            let lone = try LoneNode(summarizer: StandIn(answer: answer))
            _ = try await outages(lone)
            lone.advance(seconds: Self.week)
            let dry = try await lone.node.consolidate(Consolidate(dryRun: true), as: .operator)
            #expect(dry.summaries[0].by == "extractive", "a dry run asks no model")
            let report = try await lone.node.consolidate(Consolidate(), as: .operator)
            #expect(report.summaries.map(\.by) == [author])
            #expect(report.problems.isEmpty == (author == "stand-in"))
            let memory = try await lone.node.memory(report.summaries[0].id, as: .agent)
            #expect(memory.epistemic.source == author)
            #expect((memory.content == answer) == (author == "stand-in"))
        }
    }

    @Test("An embedder that fails leaves the words, and is named")
    func embedder() async throws {
        let embedder = MoodyEmbedder()
        let lone = try LoneNode(embedder: embedder)
        _ = try await outages(lone)
        lone.advance(seconds: Self.week)
        embedder.mood.withLock { $0 = .failing }
        let report = try await lone.node.consolidate(Consolidate(), as: .operator)
        #expect(report.comparedBy == "words" && report.summaries.count == 1 && report.problems.count == 1)
    }

    @Test("It happens once a day at its time, not at the first start, and not where it is off")
    func nightly() async throws {
        let lone = try LoneNode()
        _ = try await outages(lone)
        func lastAt() async throws -> String? { try await lone.node.lifecycle(as: .agent).lastAt }
        try await lone.node.consolidateIfDue()
        #expect(try await lastAt() == nil)
        lone.advance(seconds: Self.week + 86_400)
        try await lone.node.consolidateIfDue()
        let first = try await lastAt()
        let status = try await lone.node.status(as: .agent).lifecycle
        #expect(first != nil && status?.lastSummaries == 1 && status?.at == "03:00")
        lone.advance(seconds: 3600)
        try await lone.node.consolidateIfDue()
        let isSameDay = try await lastAt() == first
        lone.advance(seconds: 86_400)
        try await lone.node.consolidateIfDue()
        #expect(try await lastAt() != first)
        #expect(isSameDay)
        let off = try LoneNode { $0.lifecycle.consolidates = false }
        try await off.node.consolidateIfDue()
        off.advance(seconds: 2 * 86_400)
        try await off.node.consolidateIfDue()
        #expect(try await off.node.lifecycle(as: .agent).lastAt == nil)
        #expect(try await off.node.lifecycle(as: .agent).nextAt == nil)
    }

    @Test("An agent may not consolidate")
    func permission() async throws {
        let lone = try LoneNode()
        let error = await #expect(throws: HiveError.self) {
            try await lone.node.consolidate(Consolidate(), as: .agent)
        }
        #expect(error?.code == .forbidden)
    }

    private struct StandIn: Summarizer {
        struct Failure: Error {}
        let answer: String?
        var name: String { "stand-in" }

        func summary(of texts: [String]) async throws -> String {
            guard let answer else { throw Failure() }
            return answer
        }
    }

    @Test("Incidents, and episodes that go on, are left alone")
    func goingOn() async throws {
        let lone = try LoneNode()
        for number in 0..<3 {
            lone.advance(seconds: 1)
            let open = OpenIncident(title: "the database of web-\(number) is down", severity: "high")
            _ = try await lone.node.openIncident(open, as: .agent)
            let start = StartEpisode(title: "the deploy of web-\(number) hangs")
            _ = try await lone.node.startEpisode(start, as: .agent)
        }
        lone.advance(seconds: 30 * 86_400)
        #expect(try await lone.node.consolidate(Consolidate(), as: .operator).summaries.isEmpty)
    }
}
