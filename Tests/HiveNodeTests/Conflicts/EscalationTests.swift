import HiveAPI
import HiveCore
import HiveTesting
import Testing

@testable import HiveNode

/// Conflicts that wait for a person are told, listed, counted and told again, until somebody settles them.
@Suite(.timeLimit(.minutes(2))) struct EscalationTests {
    @Test("It is told once, listed, counted, reminded of, and over when a person has settled it")
    func escalation() async throws {
        let world = try await Divergence([ConflictPolicies.Rule(.escalate, kind: .value, category: "ops")]) {
            $0.conflicts.reminder = 3600
        }
        let node = world.trio.b
        _ = try await world.contested(["one", "two"])
        let id = try await world.contested(["three", "four"]) { $0.category = .set("ops") }
        let events = node.listen(topics: ["conflict.escalated", "conflict.reminder"], after: nil)
        try await node.keepConflicts()
        try await node.keepConflicts()
        world.trio.advance(seconds: 3601)
        try await node.keepConflicts()
        for type in ["conflict.escalated", "conflict.reminder"] {
            let event = try #require(await events.next())
            #expect(event.type == type && event.data["id"] == .string(id), "once each")
            #expect(event.data["conflict"] == .string("\(id):content"))
        }
        var query = ConflictQuery()
        query.escalated = true
        #expect(try await node.conflicts(query, as: .operator).items.map(\.memory) == [id])
        let status = try await node.status(as: .operator)
        #expect(status.conflicts == 2 && status.escalated == 1)
        #expect(status.health.checks.contains { $0.id == "conflicts" && $0.message.contains("for a person") })
        _ = try await node.resolve("\(id):content", with: ResolveConflict(take: "newest"), as: .operator)
        try await node.keepConflicts()
        #expect(try await node.status(as: .operator).escalated == 0)
        #expect(try node.kernel.read { try Escalation.ids(in: $0) }.isEmpty)
    }

    @Test("A restart reminds nobody anew, other values do")
    func restart() async throws {
        let store = InMemoryStore()
        func adjust(_ settings: inout Node.Settings) {
            settings.conflicts.policies.rules = [ConflictPolicies.Rule(.escalate)]
        }
        let first = try LoneNode(store: store, adjust: adjust)
        for object in ["1", "2"] {
            _ = try await first.store(object) {
                ($0.subject, $0.relation, $0.object, $0.singleValued) = ("a", "is", object, true)
            }
        }
        try await first.node.keepConflicts()
        let second = try LoneNode(store: store, adjust: adjust)
        second.advance(seconds: 10)
        let events = second.node.listen(topics: ["conflict.escalated"], after: nil)
        try await second.node.keepConflicts()
        _ = try await second.store("3") {
            ($0.subject, $0.relation, $0.object, $0.singleValued) = ("a", "is", "3", true)
        }
        try await second.node.keepConflicts()
        let event = try #require(await events.next())
        #expect(event.data["kind"] == "belief")
        let siblings = try await second.node.conflicts(as: .operator).items.first?.siblings.count
        #expect(siblings == 3)
        #expect(event.data["id"].map { id in id == .string("") } == false)
    }
}
