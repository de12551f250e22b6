import HiveCore
import HiveTesting
import Testing

/// What may go below a seal, what may not, and that nobody can tell from the documents.
@Suite struct PruningTests {
    private func edited(_ world: SealWorld) throws -> DocumentAddress {
        let address = try world.learn("one", on: 0)
        try world.update(address, "two", on: 0)
        try world.update(address, "three", on: 0)
        return address
    }

    @Test("Nothing goes without a seal, and below one only what was replaced")
    func onlyReplaced() throws {
        let world = try SealWorld(seed: 11, nodes: 3)
        let address = try edited(world)
        try world.exchange()
        #expect(try world.prune(0).dropped == 0)
        try world.sealAll()
        let before = try world.projection(0)
        #expect(try world.prune(0).dropped == 1, "what made the document stays, and what is shown")
        #expect(try world.projection(0) == before)
        #expect(try world.rebuilt(0) == before)
        #expect(try world.projection(1) == before, "others may keep what they like")
        #expect(try world.problems(0) == [])
        #expect(try world.text(address, on: 0) == "three")
        #expect(try world.prune(0).dropped == 0)
    }

    @Test("A newcomer takes what was pruned on the word of the seal, and shows the same")
    func newcomer() throws {
        let world = try SealWorld(seed: 12, nodes: 3)
        let address = try edited(world)
        try world.sealAll()
        for index in 0..<3 { try world.prune(index) }
        let fresh = try world.add()
        try world.grant(Grant(node: world.nodes[fresh].id, role: .reader), by: 0)
        try world.exchange()
        #expect(try world.bare(address, on: fresh).count == 1)
        #expect(try world.projection(fresh) == world.projection(0))
        #expect(try world.problems(fresh) == [])
    }

    @Test("A body that no seal covers may not be missing, nor one of what stands: it is refused, or found by the audit")
    func withheld() throws {
        let world = try SealWorld(seed: 13, nodes: 3)
        let address = try edited(world)
        try world.exchange()
        let operations = try world.nodes[0].store.read { try $0.logs.operations(.document(address)) }
        let fresh = try world.add()
        try world.nodes[0].write { try $1.logs.dropBodies(of: [operations[1].dot]) }
        let refused = #expect(throws: ReplicaError.self) { try world.send(from: 0, to: fresh) }
        #expect(refused?.code == .withheld)
        #expect(try world.problems(0).count == 1, "no seal covers it")
        try world.acknowledgeOldest()
        world.wait(world.hold + 1)
        #expect(try world.seal())
        try world.acknowledgeOldest()
        #expect(try world.problems(0) == [])
        try world.nodes[0].write { try $1.logs.dropBodies(of: [operations[2].dot]) }
        #expect(try world.problems(0).count == 1, "what is shown may not go")
    }

    @Test("A value that somebody wrote beside a sealed one is shown with it, and replaces it where it says so")
    func lateOperations() throws {
        let world = try SealWorld(seed: 14, nodes: 3)
        let address = try world.learn("one", on: 0)
        try world.exchange()
        world.nodes[2].isAway = true
        let stale = try world.update(address, "late", on: 2)
        try world.update(address, "two", on: 0)
        try world.update(address, "three", on: 0)
        let retirement = Retirement(node: world.nodes[2].id)
        try world.commit([Replica.retirementDraft(retirement, in: world.scope.scope)], on: 0)
        try world.sealAll()
        for index in 0..<2 { try world.prune(index) }
        #expect(try world.bare(address, on: 0).count == 1)
        world.nodes[2].isAway = false
        try world.exchange()
        for index in 0..<3 {
            #expect(try world.state(address, on: index)?.isContested == true)
            #expect(try world.projection(index) == world.projection(0))
            let shown = try world.projection(index)
            #expect(try world.rebuilt(index) == shown)
            #expect(try world.problems(index) == [])
        }
        #expect(try world.text(address, on: 0) == "three" || world.text(address, on: 0) == "late")
        #expect(stale.dots.count == 1)
    }
}
