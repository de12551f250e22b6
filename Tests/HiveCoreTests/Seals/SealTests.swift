import HiveCore
import HiveTesting
import Testing

/// When seals count, what they fix, and what they never do.
@Suite struct SealTests {
    @Test("A seal counts once everybody has acknowledged it, and not before")
    func counting() throws {
        let world = try SealWorld(seed: 1, nodes: 3)
        let address = try world.learn("one", on: 2)
        try world.exchange()
        #expect(try !world.seal(), "nobody has acknowledged anything")
        try world.acknowledgeAll()
        #expect(try !world.seal(), "the hold is not over")
        world.wait(world.hold + 1)
        #expect(try world.seal())
        #expect(try world.authority(0).horizons.isEmpty, "it was made, and nobody has agreed yet")
        for index in [0, 1] { try world.acknowledge(index) }
        try world.exchange()
        #expect(try world.authority(0).horizons.isEmpty, "one member is missing")
        try world.acknowledge(2)
        try world.exchange()
        let log = try #require(try world.state(address, on: 0)).creation.dot.log
        for index in 0..<3 {
            #expect(try world.authority(index).sealedSize(of: log) >= 1)
            #expect(try world.projection(index) == world.projection(0))
            #expect(try world.problems(index) == [])
        }
    }

    @Test("Acknowledgements do not call for acknowledgements")
    func quiet() throws {
        let world = try SealWorld(seed: 2, nodes: 3)
        _ = try world.learn("one", on: 0)
        try world.exchange()
        for _ in 0..<3 { try world.acknowledgeAll() }
        let before = try world.nodes[0].store.read { try $0.logs.rows(.all).map(\.size) }
        for _ in 0..<3 { try world.acknowledgeAll() }
        #expect(try world.nodes[0].store.read { try $0.logs.rows(.all).map(\.size) } == before)
    }

    @Test("A writer cannot seal, and a steward that was revoked cannot take the revocation back by one")
    func whoSeals() throws {
        let world = try SealWorld(seed: 3, nodes: 4)
        let address = try world.learn("mine", on: 2)
        try world.exchange()
        let stolen = try world.update(address, "stolen", on: 1)
        try world.exchange()
        try world.acknowledgeAll()
        world.wait(world.hold + 1)
        world.nodes[1].isAway = true
        try world.grant(Grant(node: world.nodes[1].id, role: nil, limits: VersionVector()), by: 0)
        try world.exchange()
        #expect(try world.text(address, on: 2) == "mine")
        // It does not hear of its revocation, seals what it wrote, and shows that to the others.
        #expect(try world.seal(by: 1))
        try world.send(from: 1, to: 0)
        try world.exchange()
        for _ in 0..<2 { try world.acknowledgeAll() }
        #expect(try world.authority(0).horizons.isEmpty)
        #expect(try world.authority(0).sealedSize(of: try #require(stolen.dots.first).log) == 0)
        for index in [0, 2, 3] { #expect(try world.text(address, on: index) == "mine") }
        #expect(
            try world.nodes[2].write {
                try $0.sealDraft(in: world.scope.scope, hold: 0, now: world.now, transaction: $1)
            } == nil)
    }

    @Test("A key that was stolen and is revoked before the seal gives back what it overwrote, and not after")
    func revocationAndSeals() throws {
        for sealsFirst in [false, true] {
            let world = try SealWorld(seed: 4, nodes: 3)
            let (edited, forgotten) = (try world.learn("edited", on: 2), try world.learn("forgotten", on: 2))
            let contested = try world.learn("contested", on: 2)
            try world.exchange()
            try world.update(edited, "stolen", on: 1)
            try world.commit(
                [Draft(.semantic, at: forgotten, changes: [.set(ReservedField.presence, .bool(false))])], on: 1)
            try world.commit(
                [
                    Draft(
                        .semantic, at: contested, resolves: true,
                        changes: [.setText(EngramField.content, "resolved")])
                ], on: 1)
            try world.exchange()
            if sealsFirst { try world.sealAll() }
            try world.grant(Grant(node: world.nodes[1].id, role: nil, limits: VersionVector()), by: 0)
            try world.exchange()
            for index in 0..<3 {
                #expect(try world.text(edited, on: index) == (sealsFirst ? "stolen" : "edited"))
                #expect(try world.state(forgotten, on: index)?.isForgotten == sealsFirst)
                #expect(try world.text(contested, on: index) == (sealsFirst ? "resolved" : "contested"))
                let before = try world.projection(index)
                #expect(try world.rebuilt(index) == before)
                #expect(before == (try world.projection(0)))
            }
            #expect(try world.authority(0).role(of: world.nodes[1].id) == nil)
        }
    }

    @Test("What a steward granted below a seal stands when the steward is revoked")
    func sealedGrants() throws {
        for sealsFirst in [false, true] {
            let world = try SealWorld(seed: 5, nodes: 3)
            let fresh = try world.add()
            try world.grant(Grant(node: world.nodes[fresh].id, role: .writer), by: 1)
            try world.exchange()
            if sealsFirst { try world.sealAll() }
            try world.grant(Grant(node: world.nodes[1].id, role: nil, limits: VersionVector()), by: 0)
            try world.exchange()
            #expect(try world.authority(0).role(of: world.nodes[fresh].id) == (sealsFirst ? .writer : nil))
        }
    }

    @Test("A revocation that came in the hold is not undone by the seal")
    func revokedBeforeTheSeal() throws {
        let world = try SealWorld(seed: 6, nodes: 3)
        let address = try world.learn("mine", on: 2)
        try world.exchange()
        try world.update(address, "stolen", on: 1)
        try world.exchange()
        try world.acknowledgeAll()
        world.wait(world.hold + 1)
        try world.grant(Grant(node: world.nodes[1].id, role: nil, limits: VersionVector()), by: 0)
        try world.exchange()
        #expect(try world.seal())
        try world.acknowledgeAll()
        let log = try #require(try world.state(address, on: 0)).creation.dot.log
        #expect(try world.authority(0).sealedSize(of: log) > 0)
        for index in [0, 2] { #expect(try world.text(address, on: index) == "mine") }
    }

    @Test("Who is absent holds seals back until it is retired, and is waited for again once it is back")
    func absentee() throws {
        let world = try SealWorld(seed: 7, nodes: 3)
        let address = try world.learn("one", on: 0)
        try world.exchange()
        world.nodes[2].isAway = true
        let offline = try world.update(address, "written while away", on: 2)
        try world.update(address, "two", on: 0)
        for _ in 0..<2 { try world.acknowledgeAll() }
        world.wait(world.hold + 1)
        try world.seal()
        try world.acknowledgeAll()
        let log = try #require(try world.state(address, on: 0)).creation.dot.log
        #expect(try world.authority(0).sealedSize(of: log) == 0)
        let away = world.nodes[2].id
        try world.commit([Replica.retirementDraft(Retirement(node: away), in: world.scope.scope)], on: 0)
        try world.sealAll()
        #expect(try world.authority(0).sealedSize(of: log) == 2)
        #expect(try world.authority(0).retired == [away])
        #expect(try world.prune(0).dropped == 0, "what made the document stays")
        world.nodes[2].isAway = false
        try world.exchange()
        for index in 0..<3 {
            let texts = try #require(try world.state(address, on: index))[EngramField.content]?.siblings
            #expect(Set(texts?.compactMap { $0.inline?.text } ?? []) == ["two", "written while away"])
            #expect(try world.projection(index) == world.projection(0))
        }
        #expect(try world.nodes[0].store.read { try $0.logs.operation(offline.dots[0]) } != nil)
        let back = Retirement(node: away, isRetired: false)
        try world.commit([Replica.retirementDraft(back, in: world.scope.scope)], on: 2)
        try world.exchange()
        #expect(try world.authority(0).retired.isEmpty)
    }

    @Test("Nobody but a steward, or the node itself, retires a node")
    func whoRetires() throws {
        let world = try SealWorld(seed: 8, nodes: 4)
        let target = world.nodes[3].id
        let draft = Replica.retirementDraft(Retirement(node: target), in: world.scope.scope)
        try world.commit([draft], on: 2)
        try world.exchange()
        #expect(try world.authority(0).retired.isEmpty)
        try world.commit([draft], on: 3)
        try world.exchange()
        #expect(try world.authority(0).retired == [target])
    }
}
