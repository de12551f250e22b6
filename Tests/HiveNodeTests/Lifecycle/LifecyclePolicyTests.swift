import HiveAPI
import HiveCore
import HiveTesting
import Testing

@testable import HiveNode

/// Conditions decide what becomes core knowledge and what goes to the archive.
@Suite struct LifecyclePolicyTests {
    @Test(
        "A condition that cannot be compiled is refused with its place and advice",
        arguments: [
            ("uses >", "1:"), ("usess > 3", "1:1"), ("kind", "string"), ("uses > 'three'", "1:6"), ("uses + 1", "int"),
            ("", "1:1"),
        ])
    func compilation(text: String, part: String) throws {
        let error = #expect(throws: HiveError.self) { try LifecyclePolicy(core: text) }
        #expect(
            error?.message.contains("lifecycle.core") == true && error?.message.contains(part) == true,
            "\(error?.message ?? "")")
        #expect(error?.hint?.isEmpty == false)
        #expect(throws: HiveError.self) { try LifecyclePolicy(archive: text) }
    }

    @Test("Conditions may ask for all that is known of a memory")
    func evidence() async throws {
        let conditions = [
            "kind == 'semantic'", "scope == 'collective:main'", "category == 'ops'", "'a' in tags",
            "content.contains('disk')", "context == ''", "agent == 'ava'", "status == ''", "metadata.host == 'web-3'",
            "confidence > 0.8", "effectiveConfidence > 0.5 && effectiveConfidence < 0.9",
            "verifications == 0 && contradictions == 0", "uses == 0", "significance == 0.5",
            "vitality > 0.8 && vitality < 1", "ageDays > 9 && ageDays < 11", "idleDays > 9", "links == 0",
            "!pinned && !core && !archived && !contested", "source == ''",
        ]
        for condition in conditions {
            let policy = try LifecyclePolicy(core: condition)
            let lone = try LoneNode { $0.lifecycle.policy = policy }
            let id = try await lone.store("the disk is full") {
                $0.category = "ops"
                $0.tags = ["a"]
                $0.agent = "ava"
                $0.metadata = ["host": "web-3"]
                $0.confidence = 0.9
            }
            lone.advance(seconds: 10 * 86_400)
            let report = try await lone.node.consolidate(Consolidate(), as: .operator)
            #expect(report.core == [id], "\(condition): \(report.problems)")
        }
    }

    @Test("Core knowledge is marked, does not fade, and is copied where that is configured")
    func core() async throws {
        let policy = try LifecyclePolicy(core: "confidence > 0.8")
        let lone = try LoneNode {
            $0.lifecycle.policy = policy
            $0.lifecycle.coreScope = .universal
        }
        let sure = try await lone.store("sure") { $0.confidence = 0.9 }
        let unsure = try await lone.store("unsure") { $0.confidence = 0.3 }
        let refused = try await lone.store("no core") { $0.confidence = 0.9 }
        _ = try await lone.node.mark(refused, MarkMemory(core: false), as: .agent)
        let dry = try await lone.node.consolidate(Consolidate(dryRun: true), as: .operator)
        #expect(dry.core == [sure])
        #expect(try await lone.node.memory(sure, as: .agent).lifecycle?.core == false)
        let report = try await lone.node.consolidate(Consolidate(), as: .operator)
        #expect(report.core == [sure] && report.problems.isEmpty)
        let promotion = try #require(try await lone.node.memory(sure, as: .agent).promotion)
        #expect(promotion.copies.map(\.scope) == ["universal"])
        lone.advance(seconds: 5000 * 86_400)
        let life = try await lone.node.memory(sure, as: .agent).lifecycle
        #expect(life?.core == true && life?.vitality == 1)
        #expect(try await lone.node.memory(unsure, as: .agent).lifecycle?.core == false)
        #expect(try await lone.node.consolidate(Consolidate(), as: .operator).core.isEmpty, "once is enough")
    }

    @Test("A copy is a promotion, and the memory that it is of says so")
    func promotion() async throws {
        let policy = try LifecyclePolicy(core: "true")
        let lone = try LoneNode {
            $0.lifecycle.policy = policy
            $0.lifecycle.coreScope = .universal
        }
        try await lone.store("one")
        let report = try await lone.node.consolidate(Consolidate(), as: .operator)
        #expect(report.problems.isEmpty && report.core.count == 1)
        let found = try await lone.search("one") { $0.scope = "universal" }
        #expect(found.count == 1)
    }

    @Test("A copy that fails is told, and the memory is core all the same")
    func copyFails() async throws {
        let policy = try LifecyclePolicy(core: "true")
        let lone = try LoneNode {
            $0.lifecycle.policy = policy
            $0.lifecycle.coreScope = ScopeName("collective:absent")
        }
        let id = try await lone.store("one") { $0.scope = "instance" }
        let report = try await lone.node.consolidate(Consolidate(), as: .operator)
        #expect(report.core == [id] && report.problems.count == 1)
    }

    @Test("The archive takes what its condition names, unless it is pinned, core or was taken out")
    func archive() async throws {
        let policy = try LifecyclePolicy(archive: "vitality < 0.5")
        let lone = try LoneNode {
            $0.lifecycle.policy = policy
            $0.lifecycle.halfLives.byKind[.semantic] = 86_400
        }
        let old = try await lone.store("old")
        let pinned = try await lone.store("pinned")
        let taken = try await lone.store("taken out")
        _ = try await lone.node.mark(pinned, MarkMemory(pinned: true), as: .agent)
        _ = try await lone.node.mark(taken, MarkMemory(archived: false), as: .agent)
        lone.advance(seconds: 2 * 86_400)
        let young = try await lone.store("young")
        let report = try await lone.node.consolidate(Consolidate(), as: .operator)
        #expect(report.archived == [old] && report.problems.isEmpty)
        #expect(try await lone.node.memory(young, as: .agent).lifecycle?.archived == false)
        #expect(try await lone.node.memory(old, as: .agent).content == "old")
    }

    @Test("A condition that cannot be answered does nothing, and says why")
    func failing() async throws {
        let policy = try LifecyclePolicy(core: "metadata.host == 'web-3'", archive: "1 / uses > 0")
        let lone = try LoneNode { $0.lifecycle.policy = policy }
        try await lone.store("without metadata")
        let report = try await lone.node.consolidate(Consolidate(), as: .operator)
        #expect(report.core.isEmpty && report.archived.isEmpty)
        #expect(report.problems.count == 2 && report.problems.contains { $0.contains("lifecycle.archive") })
    }
}
