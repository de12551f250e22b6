import HiveCore
import HiveSync
import HiveTesting
import Testing

/// What nodes say of the present reaches whom it may reach, and goes when its time is over.
@Suite struct SoftBoardTests {
    /// Four nodes in a circle, all in one scope.
    private func circle(seed: UInt64 = 1, settings: SoftBoard.Settings = .init()) throws -> SoftWorld {
        var world = try SoftWorld(seed: seed, nodes: 4, members: [[0, 1, 2, 3]], settings: settings)
        for (a, b) in [(0, 1), (1, 2), (2, 3), (3, 0)] { world.connect(a, b) }
        return world
    }

    @Test("It is passed on around a circle, once over each wire and direction at most")
    func flood() throws {
        var world = try circle()
        try world.say(0, "agent/ava", "busy")
        world.run(10_000)
        for node in 0..<4 { #expect(world.text("agent/ava", of: 0, at: node) == "busy") }
        #expect(world.messages.values.reduce(0, +) <= 5)
        #expect(world.refusals.isEmpty)
    }

    @Test("Many changes within a second are one message, and the last one counts")
    func coalescing() throws {
        var world = try circle()
        for number in 0..<500 {
            try world.say(0, "agent/ava", "\(number)")
            world.run(10)
        }
        world.run(3000)
        for node in 0..<4 { #expect(world.text("agent/ava", of: 0, at: node) == "499") }
        // Eight seconds of time; about one message a second for each of two peers.
        #expect((world.messages[[0, 1]] ?? 0) <= 8)
    }

    @Test("What is lost, repeated and late is made good by what is said next", arguments: 1...40 as ClosedRange<UInt64>)
    func faults(seed: UInt64) throws {
        var world = try circle(seed: seed)
        world.faults = .init(loss: 40, repetition: 30, delay: 2500)
        for round in 0..<30 {
            for node in 0..<4 { try world.say(node, "agent/a\(node)", "\(round)") }
            if round == 10 { world.cut = [Int(seed) % 4] }
            if round == 20 { world.cut = [] }
            world.run(2000)
        }
        world.faults = .init()
        for node in 0..<4 { try world.say(node, "agent/a\(node)", "last") }
        world.run(10_000)
        for node in 1..<4 { #expect(world.view(at: node) == world.view(at: 0)) }
        #expect(
            world.view(at: 0).map { String(decoding: $0.payload, as: UTF8.self) } == ["last", "last", "last", "last"])
    }

    @Test("An older state never replaces a newer one, in whatever order they come")
    func order() throws {
        for places in [[0, 1, 2], [2, 1, 0], [1, 2, 0], [2, 0, 1], [0, 2, 1], [1, 0, 2]] {
            var world = try SoftWorld(nodes: 2, members: [[0, 1]])
            world.connect(0, 1)
            let states = try (0..<3).map { number in
                try world.state(0, "k", "\(number)", stamp: Stamp(milliseconds: UInt64(world.now) + UInt64(number)))
            }
            for place in places { world.happen(.received([states[place]], from: world.keys[0].nodeID), at: 1) }
            #expect(world.text("k", of: 0, at: 1) == "2", "\(places)")
        }
    }

    @Test("Of two states with one stamp all nodes show the same")
    func tie() throws {
        var world = try SoftWorld(nodes: 3, members: [[0, 1, 2]])
        world.connect(0, 1)
        world.connect(0, 2)
        let stamp = Stamp(milliseconds: UInt64(world.now))
        let (one, two) = (try world.state(0, "k", "one", stamp: stamp), try world.state(0, "k", "two", stamp: stamp))
        world.happen(.received([one, two], from: world.keys[0].nodeID), at: 1)
        world.happen(.received([two, one], from: world.keys[0].nodeID), at: 2)
        #expect(world.text("k", of: 0, at: 1) == world.text("k", of: 0, at: 2))
    }

    @Test("What is not signed by its node is refused, and nothing of it is passed on")
    func forged() throws {
        var world = try circle()
        let honest = try world.state(0, "agent/ava", "idle")
        let forged = SoftState(
            author: honest.author, key: honest.key, scope: honest.scope, payload: Array("evil".utf8),
            stamp: honest.stamp, lifetime: honest.lifetime, signature: honest.signature)
        world.happen(.received([forged], from: world.keys[1].nodeID), at: 2)
        world.run(3000)
        #expect(world.refusals == [.forged: 1])
        for node in 0..<4 { #expect(world.text("agent/ava", of: 0, at: node) == nil) }
    }

    @Test("Its time is over everywhere, and an old copy does not bring it back")
    func expiry() throws {
        var world = try circle()
        let said = try world.state(0, "agent/ava", "busy", lifetime: 5000)
        world.happen(.posted(said), at: 0)
        world.run(2000)
        #expect(world.text("agent/ava", of: 0, at: 2) == "busy")
        world.run(8000)
        for node in 0..<4 { #expect(world.text("agent/ava", of: 0, at: node) == nil) }
        world.happen(.received([said], from: world.keys[1].nodeID), at: 2)
        #expect(world.text("agent/ava", of: 0, at: 2) == nil)
        // Long after, nothing is remembered of it, and it is too old to be taken.
        world.run(700_000)
        #expect(world.boards[2].count == 0)
        world.happen(.received([said], from: world.keys[1].nodeID), at: 2)
        #expect(world.text("agent/ava", of: 0, at: 2) == nil)
    }

    @Test("A clock that is set forward ends nothing early, one that is set back keeps nothing longer")
    func steps() throws {
        var world = try circle()
        world.happen(.posted(try world.state(0, "agent/ava", "busy", lifetime: 60_000)), at: 0)
        world.run(2000)
        world.skews[1] = 3_600_000
        world.skews[2] = -3_600_000
        world.run(50_000)
        for node in 0..<4 { #expect(world.text("agent/ava", of: 0, at: node) == "busy") }
        world.run(12_000)
        for node in 0..<4 { #expect(world.text("agent/ava", of: 0, at: node) == nil) }
    }

    @Test("What is taken back is gone at once")
    func withdrawal() throws {
        var world = try circle()
        try world.say(0, "agent/ava", "busy")
        world.run(2000)
        try world.say(0, "agent/ava", "")
        world.run(3000)
        for node in 0..<4 { #expect(world.text("agent/ava", of: 0, at: node) == nil) }
    }

    @Test("A date far ahead is refused; clocks that differ a little do no harm")
    func future() throws {
        var world = try circle()
        world.skews = [240_000, 0, -60_000, 0]
        try world.say(0, "agent/ava", "ahead")
        world.run(3000)
        #expect(world.text("agent/ava", of: 0, at: 1) == "ahead")
        world.skews[0] = 3_600_000
        try world.say(0, "agent/bo", "far ahead")
        world.run(3000)
        #expect(world.text("agent/bo", of: 0, at: 1) == nil)
        #expect((world.refusals[.future] ?? 0) > 0)
        world.skews[0] = 0
        try world.say(0, "agent/cy", "mended")
        world.run(3000)
        #expect(world.text("agent/cy", of: 0, at: 2) == "mended")
    }

    @Test("A node that floods has a bounded share, and others are heard")
    func flooding() throws {
        var settings = SoftBoard.Settings()
        settings.keysPerNode = 16
        settings.intake = 200
        var world = try circle(settings: settings)
        let states = try (0..<1000).map { try world.state(0, "k\($0)", "x") }
        world.happen(.received(states, from: world.keys[0].nodeID), at: 1)
        #expect((world.refusals[.flood] ?? 0) >= 1000 - 16)
        #expect(world.boards[1].count == 16)
        world.run(2000)
        try world.say(2, "agent/bo", "here")
        world.run(3000)
        #expect(world.text("agent/bo", of: 2, at: 1) == "here")
        #expect(world.boards[2].count <= 17)
    }
}

/// What may be heard by whom.
@Suite struct SoftConfinementTests {
    @Test("A scope's states reach its members only, and pass through nobody else")
    func scopes() throws {
        // 0, 1 and 2 share a scope; 2 and 3 another; 1 is the only way from 0 to the others.
        var world = try SoftWorld(nodes: 4, members: [[0, 1, 2], [2, 3]])
        for (a, b) in [(0, 1), (1, 2), (2, 3)] { world.connect(a, b) }
        try world.say(0, "agent/ava", "hello")
        try world.say(3, "agent/dan", "hi", scope: world.scopes[1].scope)
        world.run(5000)
        #expect(world.text("agent/ava", of: 0, at: 2) == "hello")
        #expect(world.text("agent/ava", of: 0, at: 3) == nil)
        #expect(world.text("agent/dan", of: 3, at: 2) == "hi")
        #expect(world.text("agent/dan", of: 3, at: 1) == nil)
        #expect(world.messages[[2, 3]] == nil)
        #expect(world.messages[[2, 1]] == nil)
    }

    @Test("What is said in an instance scope never leaves")
    func instance() throws {
        var world = try SoftWorld(nodes: 2, members: [[0, 1]])
        world.connect(0, 1)
        try world.say(0, "agent/ava", "secret", scope: world.instances[0])
        world.run(5000)
        #expect(world.text("agent/ava", of: 0, at: 0) == "secret")
        #expect(world.messages.isEmpty)
        let foreign = try world.state(0, "agent/ava", "secret", scope: world.instances[1])
        world.happen(.received([foreign], from: world.keys[0].nodeID), at: 1)
        #expect(world.refusals == [.notPermitted: 1])
    }

    @Test("Whoever has no say in a scope is not heard there, by whatever way")
    func strangers() throws {
        var world = try SoftWorld(nodes: 3, members: [[0, 1], [1, 2]])
        world.connect(0, 1)
        world.connect(1, 2)
        // 2 speaks in the scope of 0 and 1, and 0 passes on what belongs to the other scope.
        let spoken = try world.state(2, "k", "x")
        world.happen(.received([spoken], from: world.keys[0].nodeID), at: 1)
        let passed = try world.state(2, "k", "x", scope: world.scopes[1].scope)
        world.happen(.received([passed], from: world.keys[0].nodeID), at: 1)
        #expect(world.refusals == [.notPermitted: 2])
        world.happen(.posted(spoken), at: 2)
        #expect(world.text("k", of: 2, at: 2) == nil)
    }

    @Test("What comes before the law that allows it is heard once that has come, and nothing else of it is")
    func early() throws {
        var settings = SoftBoard.Settings()
        settings.early = 4
        var world = try SoftWorld(nodes: 2, members: [[0, 1]], settings: settings)
        let (scope, hive, both) = (world.scopes[0], world.scopes[0].hive, world.keys.map(\.nodeID))
        world.happen(.lawChanged(try SoftWorld.law(of: world.keys[1], hive, [])), at: 1)
        world.connect(0, 1)
        try world.say(0, "agent/ava", "busy")
        let foreign = try world.state(0, "agent/bo", "secret", scope: world.instances[1])
        world.happen(.received([foreign], from: world.keys[0].nodeID), at: 1)
        let forged = SoftState(
            author: foreign.author, key: "agent/cy", scope: scope.scope, payload: foreign.payload, stamp: foreign.stamp,
            lifetime: foreign.lifetime, signature: foreign.signature)
        world.happen(.received([forged], from: world.keys[0].nodeID), at: 1)
        world.run(3000)
        #expect(world.view(at: 1).isEmpty)
        world.happen(.lawChanged(try SoftWorld.law(of: world.keys[1], hive, [(scope, both)])), at: 1)
        #expect(world.view(at: 1).map { String(decoding: $0.payload, as: UTF8.self) } == ["busy"])
    }

    @Test("Who is let in hears what was said before, who is put out loses it")
    func law() throws {
        var world = try SoftWorld(nodes: 2, members: [[0]])
        world.connect(0, 1)
        try world.say(0, "agent/ava", "busy")
        world.run(3000)
        #expect(world.messages.isEmpty)
        let (scope, hive) = (world.scopes[0], world.scopes[0].hive)
        let both = world.keys.map(\.nodeID)
        for node in 0..<2 {
            let law = try SoftWorld.law(of: world.keys[node], hive, [(scope, both)])
            world.happen(.lawChanged(law), at: node)
        }
        world.run(3000)
        #expect(world.text("agent/ava", of: 0, at: 1) == "busy")
        let none = try SoftWorld.law(of: world.keys[1], hive, [])
        world.happen(.lawChanged(none), at: 1)
        #expect(world.text("agent/ava", of: 0, at: 1) == nil)
    }
}
