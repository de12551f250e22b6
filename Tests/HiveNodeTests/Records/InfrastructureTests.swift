import HiveAPI
import HiveCore
import HiveTesting
import Testing

@testable import HiveNode

/// One thing is one document, whose newest observation is its state.
@Suite struct InfrastructureTests {
    private func record(
        _ lone: LoneNode, _ machine: String, _ component: String? = nil, _ status: String? = nil,
        _ adjust: (inout RecordInfrastructure) -> Void = { _ in }
    ) async throws -> InfrastructureRecord {
        var request = RecordInfrastructure(machine: machine, component: component, status: status)
        adjust(&request)
        lone.advance(seconds: 60)
        return try await lone.node.record(request, as: .agent)
    }

    @Test("Later observations go to the same memory, and a change of the status is visible")
    func changes() async throws {
        let lone = try LoneNode()
        let first = try await record(lone, "Web-3", "nginx", "healthy")
        let second = try await record(lone, "web-3", "nginx", "ok") { $0.values = ["cpu": 5] }
        #expect(second.id == first.id && second.changedAt == first.observedAt && second.previousStatus == nil)
        let third = try await record(lone, "web-3", "nginx", "down") { $0.note = "upstream gone" }
        #expect(third.status == "down" && third.previousStatus == "ok" && third.changedAt == third.observedAt)
        #expect(third.values.isEmpty && third.scope == "collective:main" && !third.contested)
        let history = try await lone.node.infrastructureHistory(of: "web-3", "nginx", scope: nil, as: .agent)
        #expect(history.items.map(\.status) == ["down", "ok", "ok"])
        let memory = try await lone.node.memory(first.id, as: .agent)
        #expect(memory.category == "infrastructure" && memory.kind == "semantic")
        #expect(memory.content?.hasPrefix("web-3/nginx is down since") == true)
        #expect(memory.record?["status"] == "down" && memory.record?["record"] == "infrastructure")
        #expect(memory.record?["id"] == nil)
        #expect(try await lone.search("upstream gone").map(\.memory.id) == [first.id])
    }

    @Test("Lists are filtered by machine, by status and by how long nothing was seen, page by page")
    func lists() async throws {
        let lone = try LoneNode()
        var seen: [String] = []
        for number in 1...5 { seen.append(try await record(lone, "web-\(number)", nil, "ok").observedAt) }
        _ = try await record(lone, "web-2", nil, "down")
        _ = try await record(lone, "web-2", "nginx", "down")
        try await lone.store("web-2 is no record")
        func things(_ query: InfrastructureQuery) async throws -> [String] {
            try await lone.node.infrastructure(query, as: .agent).items.map { "\($0.machine)/\($0.component)" }
        }
        let order = [
            "web-2/nginx", "web-2/machine", "web-5/machine", "web-4/machine", "web-3/machine", "web-1/machine",
        ]
        #expect(try await things(InfrastructureQuery()) == order)
        #expect(try await things(InfrastructureQuery(machine: "WEB-2")) == Array(order.prefix(2)))
        #expect(try await things(InfrastructureQuery(status: "failed")) == Array(order.prefix(2)))
        #expect(try await things(InfrastructureQuery(staleSince: seen[3])) == ["web-3/machine", "web-1/machine"])
        #expect(try await things(InfrastructureQuery(scope: "instance")).isEmpty)
        let page = try await lone.node.infrastructure(InfrastructureQuery(limit: 4), as: .agent)
        let rest = try await lone.node.infrastructure(InfrastructureQuery(limit: 4, cursor: page.next), as: .agent)
        #expect(page.items.count == 4 && rest.items.count == 2 && rest.next == nil)
        #expect(Set((page.items + rest.items).map(\.id)).count == 6)
    }

    @Test("The status is read from the values where nothing else is said")
    func derived() async throws {
        let lone = try LoneNode()
        let running = try await record(lone, "a") { $0.values = ["status": "running"] }
        let odd = try await record(lone, "b") { $0.values = ["status": "purple", "cpu": 3] }
        #expect(running.status == "ok" && odd.status == "unknown")
    }

    @Test("An erased thing goes on in the next generation, a forgotten one comes back")
    func generations() async throws {
        let lone = try LoneNode()
        let first = try await record(lone, "a", nil, "ok")
        _ = try await lone.node.remove(first.id, RemoveMemory(mode: .forget), as: .agent)
        await #expect(throws: HiveError(.notFound, "")) {
            try await lone.node.infrastructure(of: "a", "machine", scope: nil, as: .agent)
        }
        #expect(try await record(lone, "a", nil, "ok").id == first.id)
        _ = try await lone.node.remove(first.id, RemoveMemory(mode: .erase, now: true), as: .operator)
        let next = try await record(lone, "a", nil, "down")
        #expect(next.id != first.id && next.previousStatus == nil)
        #expect(try await lone.node.infrastructure(of: "a", "machine", scope: nil, as: .agent).id == next.id)
    }

    @Test("A thing that two scopes know must be asked for in one")
    func scopes() async throws {
        let lone = try LoneNode()
        _ = try await record(lone, "a", nil, "ok")
        let own = try await record(lone, "a", nil, "down") { $0.scope = "instance" }
        await #expect(throws: HiveError(.ambiguous, "")) {
            try await lone.node.infrastructure(of: "a", "machine", scope: nil, as: .agent)
        }
        #expect(try await lone.node.infrastructure(of: "a", "machine", scope: "instance", as: .agent).id == own.id)
    }

    @Test(
        "What makes no sense is refused",
        arguments: [
            RecordInfrastructure(machine: " "), RecordInfrastructure(machine: "a b"),
            RecordInfrastructure(machine: "a/b"),
            RecordInfrastructure(machine: "a", component: ""), RecordInfrastructure(machine: "a", status: "purple"),
            RecordInfrastructure(machine: "a", note: " "), RecordInfrastructure(machine: "a", observedAt: "soon"),
            RecordInfrastructure(machine: "a", observedAt: "2100-01-01T00:00:00Z"),
        ])
    func refused(request: RecordInfrastructure) async throws {
        let lone = try LoneNode()
        await #expect(throws: HiveError(.invalidInput, "")) { try await lone.node.record(request, as: .agent) }
        #expect(try await lone.node.infrastructure(InfrastructureQuery(), as: .agent).items.isEmpty)
    }

    @Test("What was seen before the last observation is refused as stale")
    func stale() async throws {
        let lone = try LoneNode()
        let last = try await record(lone, "a", nil, "ok")
        lone.advance(seconds: 10)
        let earlier = RecordInfrastructure(machine: "a", status: "down", observedAt: "2020-01-01T00:00:00Z")
        await #expect(throws: HiveError(.staleVersion, "")) { try await lone.node.record(earlier, as: .agent) }
        let same = RecordInfrastructure(machine: "a", status: "down", observedAt: last.observedAt)
        #expect(try await lone.node.record(same, as: .agent).status == "down")
    }

    @Test("One thing in two scopes is two memories, each with an id of its own")
    func oneThingInTwoScopes() async throws {
        let lone = try LoneNode()
        let here = try await lone.node.record(
            RecordInfrastructure(machine: "web-3", status: "ok", scope: "instance"), as: .agent)
        let there = try await lone.node.record(RecordInfrastructure(machine: "web-3", status: "down"), as: .agent)
        #expect(here.id != there.id)
        #expect(try await lone.node.memory(here.id, as: .agent).scope == "instance")
    }

    @Test("What claims to come from the future does not lock a thing")
    func future() async throws {
        let lone = try LoneNode()
        let first = try await lone.node.record(RecordInfrastructure(machine: "web-3", status: "ok"), as: .agent)
        try await lone.node.kernel.write { context in
            let state = try lone.node.view(in: &context).find(first.id)
            let late = Timestamp(milliseconds: 253_402_300_000_000)
            let observation = Observation(status: .ok, type: nil, values: CBORMap([]), note: nil, at: late)
            _ = try context.commit([
                Draft(state.kind, at: state.address, changes: [.set(EngramField.observation, observation.value)])
            ])
        }
        let now = try await lone.node.record(RecordInfrastructure(machine: "web-3", status: "down"), as: .agent)
        #expect(now.status == "down")
    }
}
