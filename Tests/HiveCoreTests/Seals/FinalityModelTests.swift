import HiveCore
import HiveTesting
import Testing

/// Random histories of nodes that come and go, are revoked and retired, seal and prune. Each rule that was tried and found
/// too weak stands beside the one that holds: it must fail somewhere, or the test shows nothing.
@Suite struct FinalityModelTests {
    /// A history of three stewards and writers with one contested document after the other.
    private func play(_ seed: UInt64, steps: Int = 14) throws -> (world: SealWorld, documents: [DocumentAddress]) {
        let world = try SealWorld(seed: seed, nodes: 4)
        var documents = [try world.learn("first", on: 0)]
        try world.exchange()
        for step in 0..<steps {
            let index = Int.random(in: 0..<4, using: &world.random)
            let document = documents[Int.random(in: 0..<documents.count, using: &world.random)]
            switch Int.random(in: 0..<8, using: &world.random) {
            case 0: documents.append(try world.learn("made \(step)", on: index))
            case 1: try world.exchange()
            case 2: world.nodes[index].isAway.toggle()
            default:
                guard let state = try world.state(document, on: index) else { continue }
                let isStale = world.random.chance(20)
                try world.update(
                    document, "text \(step)", on: index,
                    seen: isStale ? VersionVector([state.creation.dot]) : nil)
            }
        }
        for node in world.nodes { node.isAway = false }
        return (world, documents)
    }

    @Test("Sealed, pruned and revoked in any order, all nodes show the same", arguments: 1...UInt64(8))
    func convergence(seed: UInt64) throws {
        let (world, documents) = try play(seed)
        try world.sealAll()
        try world.prune(Int(seed % 4))
        if seed.isMultiple(of: 2) {
            try world.grant(Grant(node: world.nodes[1].id, role: nil, limits: VersionVector()), by: 0)
        }
        for document in documents {
            guard let state = try world.state(document, on: 2) else { continue }
            let stale = VersionVector([state.creation.dot])
            try world.update(document, "late", on: 2, seen: world.random.chance(50) ? stale : nil)
        }
        try world.exchange()
        try world.prune(3)
        for index in world.nodes.indices {
            #expect(try world.projection(index) == world.projection(0))
            let shown = try world.projection(index)
            #expect(try world.rebuilt(index) == shown)
            #expect(try world.problems(index) == [])
        }
    }

    @Test("Pruning what is replaced, without a seal, loses what a revocation gives back")
    func localPruning() throws {
        var losses = 0
        for sealed in [true, false] {
            let world = try SealWorld(seed: 21, nodes: 3)
            let address = try world.learn("one", on: 2)
            let mine = try world.update(address, "mine", on: 2)
            try world.exchange()
            let stolen = try world.update(address, "stolen", on: 1)
            try world.exchange()
            if sealed {
                try world.sealAll()
                for index in 0..<3 { try world.prune(index) }
            } else {
                // The weaker rule: whatever is replaced here and now may go.
                for index in 0..<3 { try world.nodes[index].write { try $1.logs.dropBodies(of: mine.dots) } }
            }
            try world.grant(Grant(node: world.nodes[1].id, role: nil, limits: VersionVector()), by: 0)
            try world.exchange()
            let shown = try world.state(address, on: 0)?.shown(EngramField.content)
            if shown?.value == .gone { losses += 1 }
            if sealed { #expect(shown?.dot == stolen.dots[0], "what is sealed is not given back") }
        }
        #expect(losses == 1, "the weaker rule loses the value, the seal does not")
    }

    @Test("Without what it saw in its header, a pruned operation would be replaced by nobody")
    func structureInHeaders() throws {
        let world = try SealWorld(seed: 22, nodes: 3)
        let address = try world.learn("one", on: 0)
        for text in ["two", "three", "four"] { try world.update(address, text, on: 0) }
        try world.sealAll()
        try world.prune(0)
        let operations = try world.nodes[0].store.read { try $0.logs.operations(.document(address)) }
        #expect(operations.count { $0.body == nil } == 2)
        let merged = DocumentState.merge(all: operations, at: address)
        #expect(merged?[EngramField.content]?.siblings.count == 1)
        // The weaker rule: what lacks its body is dropped as a whole, and with it who replaced whom.
        let weaker = DocumentState.merge(all: operations.filter { $0.body != nil }, at: address)
        let late = operations[1].header.context
        #expect(late.contains(operations[0].dot))
        #expect(weaker?.version == merged?.version && weaker?[EngramField.content] == merged?[EngramField.content])
        let dangling = operations.filter { $0.dot.number <= operations[2].dot.number && $0.body != nil }
        #expect(DocumentState.merge(all: dangling, at: address)?.shown(EngramField.content)?.inline == .text("one"))
    }

    @Test("Acknowledgements on the side move nothing: what is not in a log does not count")
    func acknowledgementsOnTheSide() throws {
        let world = try SealWorld(seed: 23, nodes: 3)
        let address = try world.learn("one", on: 0)
        try world.exchange()
        world.wait(world.hold + 1)
        let log = try #require(try world.state(address, on: 0)).creation.dot.log
        // All nodes hold everything, and said so to each other on the wire; none has said so in its log.
        #expect(try !world.seal())
        #expect(try world.authority(0).sealedSize(of: log) == 0)
        // The weaker rule counts that: a newcomer that gets the logs alone cannot see why, and judges otherwise.
        #expect(
            Acknowledged()
                == (try world.nodes[0].write {
                    try $0.acknowledged(in: world.scope.scope, transaction: $1)
                }))
    }

    @Test("Two histories of one length are not one: a seal over one of them does not count for who holds the other")
    func equalLength() throws {
        var acknowledged = Acknowledged()
        let log = LogID(.sha256([1]))
        let node = NodeID(.sha256([2]))
        let (one, other) = (Digest.sha256([3]), Digest.sha256([4]))
        acknowledged.add(
            Acknowledgement(extents: [LogExtent(log: log, size: 5, root: one)]), by: node, in: .knowledge)
        let (seal, dot) = (seal(over: log, root: one), Dot(log: LogID(.sha256([9])), number: 1))
        acknowledged.add(
            Acknowledgement(extents: [LogExtent(log: dot.log, size: 1, root: one)]), by: node, in: .law)
        #expect(acknowledged.covers(seal, at: dot, by: node))
        let forked = self.seal(over: log, root: other)
        #expect(!acknowledged.covers(forked, at: dot, by: node))
        // The weaker rule compares sizes only.
        #expect(acknowledged.size(of: log, in: .knowledge, by: node) >= forked.horizon[log])
        // A node that contradicts itself takes back nothing that it said before.
        acknowledged.add(
            Acknowledgement(extents: [LogExtent(log: log, size: 5, root: other)]), by: node, in: .knowledge)
        #expect(acknowledged.covers(seal, at: dot, by: node))
    }

    private func seal(over log: LogID, root: Digest) -> Seal {
        Seal(
            law: VersionVector(), streams: [.knowledge: [LogExtent(log: log, size: 5, root: root)]], standing: .zero,
            time: 0)
    }

    @Test("What nodes said only grows, whatever order it is heard in", arguments: 1...UInt64(20))
    func acknowledgedIsASet(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let said = (0..<30).map { _ in
            (
                Acknowledgement(extents: [
                    LogExtent(
                        log: LogID(.sha256([UInt8.random(in: 0..<3, using: &random)])),
                        size: UInt64.random(in: 1...5, using: &random),
                        root: .sha256([UInt8.random(in: 0..<2, using: &random)]))
                ]), NodeID(.sha256([UInt8.random(in: 0..<2, using: &random)]))
            )
        }
        var (one, other) = (Acknowledged(), Acknowledged())
        for (what, who) in said { one.add(what, by: who, in: .knowledge) }
        for (what, who) in said.shuffled(using: &random) { other.add(what, by: who, in: .knowledge) }
        #expect(one == other)
    }

    @Test("An update that presents what was sealed long ago replaces nothing that came since")
    func staleUpdate() throws {
        let world = try SealWorld(seed: 24, nodes: 3)
        let address = try world.learn("one", on: 0)
        let first = try #require(try world.state(address, on: 0)).version
        try world.update(address, "two", on: 0)
        try world.update(address, "three", on: 0)
        try world.sealAll()
        for index in 0..<3 { try world.prune(index) }
        try world.update(address, "stale", on: 1, seen: first)
        try world.exchange()
        for index in 0..<3 {
            let siblings = try #require(try world.state(address, on: index))[EngramField.content]?.siblings
            #expect(Set(siblings?.compactMap { $0.inline?.text } ?? []) == ["three", "stale"])
            #expect(try world.problems(index) == [])
        }
    }
}
