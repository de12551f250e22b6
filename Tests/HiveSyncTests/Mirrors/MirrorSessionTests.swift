import HiveCore
import HiveSync
import HiveTesting
import Testing

/// Copies arrive whole whatever the network does, go when they should, and are nobody else's.
@Suite struct MirrorSessionTests {
    private func name(_ number: Int, of side: Int, in world: MirrorWorld) -> MirrorName {
        MirrorName(owner: world.sides[side].node, id: MirrorWorld.id(number))
    }

    @Test("A backup of any size arrives whole", arguments: [1, 65_535, 65_536, 65_537, 1_048_576, 1_500_000])
    func sizes(size: Int) throws {
        var world = MirrorWorld()
        world.sides[0].copies = 1
        world.make(1, size: size, at: 0)
        world.run(steps: 3)
        #expect(try world.whole(at: 1) == [MirrorWorld.id(1)])
        let bytes = try world.sides[1].shelf.read(name(1, of: 0, in: world), at: 0, count: size)
        #expect(bytes == MirrorWorld.bytes(1, size))
        #expect(world.sent.chunkBytes == size, "nothing is sent twice")
        #expect(world.sides[0].session.listed?[MirrorWorld.id(1)]?.isWhole == true)
        let before = world.sent.chunkBytes
        world.run(steps: 200)
        #expect(world.sent.chunkBytes == before, "what is there is not sent again")
    }

    @Test("Loss, repetition, exchange and restarts delay and do no harm", arguments: 0..<16 as Range<UInt64>)
    func faults(seed: UInt64) throws {
        var random = SeededRandom(seed: seed &+ 1000)
        var world = MirrorWorld(seed: seed)
        world.faults = .init(
            loss: Int.random(in: 0...40, using: &random), repetition: Int.random(in: 0...30, using: &random),
            exchange: Int.random(in: 0...50, using: &random))
        world.sides[0].copies = 2
        world.sides[1].copies = 1
        for number in 1...12 {
            let side = Int.random(in: 0...1, using: &random)
            if random.chance(40) {
                world.make(number, size: Int.random(in: 1...400_000, using: &random), at: side)
            }
            world.run(steps: Int.random(in: 1...8, using: &random))
            if random.chance(30) { world.restart(side) }
        }
        world.faults = .init()
        world.run(steps: 200)
        for side in 0...1 {
            let wanted = world.sides[side].backups.prefix(world.sides[side].copies)
            #expect(try world.whole(at: 1 - side).sorted() == wanted.map(\.id).sorted(), "seed \(seed)")
            for offer in wanted {
                let name = MirrorName(owner: world.sides[side].node, id: offer.id)
                let bytes = try world.sides[1 - side].shelf.read(name, at: 0, count: offer.size)
                #expect(Digest.sha256(bytes) == offer.digest, "seed \(seed)")
            }
        }
    }

    @Test("After a restart only what is missing is sent")
    func resumption() throws {
        var world = MirrorWorld(seed: 3)
        world.sides[0].copies = 1
        world.faults.loss = 30
        world.make(1, size: 3_000_000, at: 0)
        var held = 0
        while held == 0 {
            world.step()
            held = try world.sides[1].shelf.all().first?.held ?? 0
        }
        try #require(held < 3_000_000)
        world.restart(1)
        world.faults = .init()
        world.sent.chunkBytes = 0
        world.run(steps: 20)
        #expect(try world.whole(at: 1) == [MirrorWorld.id(1)])
        #expect(world.sent.chunkBytes == 3_000_000 - held)
    }

    @Test("Only the newest are kept, and copies of backups that are unknown are let be")
    func surplus() throws {
        var world = MirrorWorld()
        world.sides[0].copies = 2
        for number in 1...4 {
            world.make(number, size: 1000, at: 0)
            world.run(steps: 20)
        }
        #expect(try world.whole(at: 1) == [3, 4].map(MirrorWorld.id))
        world.sides[0].backups = []
        world.restart(0)
        world.run(steps: 200)
        #expect(try world.whole(at: 1) == [3, 4].map(MirrorWorld.id), "a node made anew loses no copy")
        world.happen(.fetch(MirrorWorld.offer(3, size: 1000)), at: 0)
        world.run(steps: 2)
        #expect(world.sides[0].shelf.files["fetched/\(MirrorWorld.id(3))"] == MirrorWorld.bytes(3, 1000))
    }

    @Test("A refusal is told, and the offer comes again later")
    func refusal() throws {
        var world = MirrorWorld()
        world.sides[0].copies = 1
        world.sides[1].accepts = 500
        world.make(1, size: 1000, at: 0)
        world.run(steps: 3)
        #expect(world.sides[0].session.refusals[MirrorWorld.id(1)]?.message.contains("taken") == true)
        let before = world.sent.messages
        world.run(steps: 50)
        #expect(world.sent.messages - before <= 4, "a refused backup is not offered all the time")
        world.sides[1].accepts = 5000
        world.run(steps: 60)
        #expect(try world.whole(at: 1) == [MirrorWorld.id(1)])
        #expect(world.sides[0].session.refusals.isEmpty)
    }

    @Test("Bytes that are not the right ones do not count, and are refused")
    func damage() throws {
        var world = MirrorWorld()
        let name = name(1, of: 0, in: world)
        world.happen(.received(.offer(MirrorWorld.offer(1, size: 10))), at: 1)
        world.happen(.received(.chunk(name, offset: 0, Array(repeating: 9, count: 10))), at: 1)
        #expect(try world.sides[1].shelf.all().isEmpty)
        world.sides[0].copies = 1
        world.make(1, size: 10, at: 0)
        world.run(steps: 80)
        #expect(try world.whole(at: 1) == [MirrorWorld.id(1)])
    }

    @Test("Chunks that nobody asked for, that are too long or at another place are passed over")
    func strayChunks() throws {
        var world = MirrorWorld()
        let name = name(1, of: 0, in: world)
        let chunk = Array(repeating: 1, count: 10) as [UInt8]
        world.happen(.received(.chunk(name, offset: 0, chunk)), at: 1)
        #expect(try world.sides[1].shelf.all().isEmpty)
        world.happen(.received(.offer(MirrorWorld.offer(1, size: 20))), at: 1)
        for (offset, bytes) in [(10, chunk), (0, chunk + chunk + chunk), (0, []), (-10, chunk)] {
            world.happen(.received(.chunk(name, offset: offset, bytes)), at: 1)
        }
        #expect(try world.sides[1].shelf.all().map(\.held) == [0])
    }

    @Test("A third node is told nothing, is sent nothing and drops nothing")
    func thirdNode() throws {
        let (owner, holder, third) = (NodeID(.sha256([1])), NodeID(.sha256([2])), NodeID(.sha256([3])))
        let offer = MirrorWorld.offer(1, size: 10)
        // What the holder does for the third node, whoever's backup it names.
        var session = MirrorSession(node: holder, peer: third)
        let foreign = MirrorName(owner: owner, id: offer.id)
        #expect(session.handle(.received(.want(foreign, offset: 0)), now: 0).isEmpty)
        #expect(session.handle(.received(.chunk(foreign, offset: 0, [1])), now: 0).isEmpty)
        #expect(
            session.handle(.received(.drop(id: offer.id)), now: 0) == [.drop(MirrorName(owner: third, id: offer.id))])
        // What the owner does for a peer that is to keep nothing.
        var own = MirrorSession(node: owner, peer: third)
        _ = own.handle(.planned(MirrorPlan(known: [offer.id])), now: 0)
        #expect(own.handle(.received(.want(foreign, offset: 0)), now: 0).isEmpty)
    }

    @Test("A fetch that the peer does not answer ends with a reason")
    func deafPeer() {
        var world = MirrorWorld()
        world.faults.loss = 100
        world.happen(.fetch(MirrorWorld.offer(1, size: 1000)), at: 0)
        world.run(steps: 100)
        let problem = world.sides[0].fetched[name(1, of: 0, in: world)] ?? nil
        #expect(problem?.contains("nothing more") == true)
    }
}
