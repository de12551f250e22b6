import HiveCore
import HiveTesting
import Testing

/// What evidence does to replicas: the same on all, in whatever order everything arrives.
@Suite struct ForkReplicaTests {
    /// The owner and its twin each write twice behind what they share; the other member answers to one of them.
    private struct Fork {
        var world: ForkWorld
        var twin: ForkNode
        var evidence: ForkEvidence
        var ranges: [LogRange]

        init(defences: Defences = .standing) throws {
            world = try ForkWorld()
            twin = world.owner.copy(seed: 9)
            try world.owner.commit([world.change("one")])
            try world.owner.commit([world.fresh("new of one", &world.owner)])
            try twin.commit([world.change("two")])
            try twin.commit([world.fresh("new of two", &twin)])
            evidence = try world.evidence(world.log, between: &world.owner, and: &twin)
            let one = try #require(try world.owner.range(world.log))
            let two = try #require(try twin.range(world.log))
            world.other.replica.defences = defences
            var witness = world.other.copy(seed: 5)
            _ = try witness.ingest(one)
            let answer = try witness.commit([world.change("answer to one")])
            let law = try witness.commit([Replica.evidenceDraft(evidence)])
            ranges = [one, two, try #require(try witness.range(answer.dots[0].log))]
            ranges.append(try #require(try witness.range(law.dots[0].log)))
        }
    }

    /// Takes in what it can until nothing more can be, as sync does.
    private func settle(_ ranges: [LogRange], on node: inout ForkNode) throws {
        for _ in 0..<2 {
            for range in ranges {
                do { _ = try node.ingest(range) } catch let error as ReplicaError where !error.isFault { continue }
            }
        }
    }

    private func readers(_ fork: Fork) throws -> [ForkNode] {
        try fork.ranges.permutations().map { order in
            var node = try ForkNode(3, hive: fork.world.owner.replica.identity.hive)
            node.replica.defences = fork.world.other.replica.defences
            let founding = ScopeFounding(
                hive: node.replica.identity.hive, name: .main, founder: fork.world.other.node)
            try node.write { try $0.learn(founding, in: $1) }
            try settle(order, on: &node)
            return node
        }
    }

    @Test("Operations and evidence in any order: one projection, one root, nothing behind the freeze")
    func orderDoesNotMatter() throws {
        let fork = try Fork()
        let nodes = try readers(fork)
        #expect(nodes.count == 24)
        #expect(Set(try nodes.map { try $0.projection(fork.world.scope) }).count == 1)
        for node in nodes {
            #expect(try node.texts(fork.world.scope) == [["answer to one"]])
            let row = try #require(try node.store.read { try $0.logs.row(fork.world.log) })
            #expect(row.size == 3)
            #expect(row.frontier.root == fork.evidence.root)
            let before = try node.projection(fork.world.scope)
            var anew = Replica(
                identity: node.replica.identity, clock: HybridLogicalClock(), verifier: KeyedHashVerifier())
            try node.store.write { try anew.rebuild(in: $0) }
            #expect(try node.projection(fork.world.scope) == before)
        }
    }

    @Test("Without freezes nodes that met one history first never agree with those that met the other")
    func freezesMatter() throws {
        let nodes = try readers(try Fork(defences: Defences(without: [.branchesAreVoid])))
        #expect(Set(try nodes.map { try $0.projection(try ForkWorld().scope) }).count > 1)
    }

    @Test("The owner issues both histories anew, each beside what it had not seen, once")
    func reissues() throws {
        var fork = try Fork()
        var owner = fork.world.owner
        for range in fork.ranges where range.descriptor.author != owner.signer.publicKey { _ = try owner.ingest(range) }
        #expect(throws: ReplicaError.self) { try owner.commit([fork.world.change("into the void")]) }
        owner.beginAnew()
        _ = try owner.ingest(fork.ranges[1])
        let log = fork.world.log
        let branches = try owner.store.read { [owner] in try owner.replica.branches(of: log, in: $0) }
        #expect(branches.count == 2)
        for branch in branches { #expect(try !owner.reissue(branch).dots.isEmpty) }
        for branch in branches { #expect(try owner.reissue(branch).dots.isEmpty) }
        let texts = try owner.texts(fork.world.scope)
        #expect(Set(texts) == [["answer to one", "one", "two"], ["new of one"], ["new of two"]])
        let forks = try owner.write { try $0.forks(of: fork.world.scope, in: $1) }
        #expect(forks.map(\.isSettled) == [true])
        fork.world.owner = owner
        try everybodyAgrees(fork)
    }

    private func everybodyAgrees(_ fork: Fork) throws {
        var fork = fork
        let scope = fork.world.scope
        let rows = try fork.world.owner.store.read { try $0.logs.rows(.scope(scope)) }
        let ranges = try rows.compactMap { try fork.world.owner.range($0.id) }
        var late = try ForkNode(7, hive: fork.world.owner.replica.identity.hive)
        let founding = ScopeFounding(hive: late.replica.identity.hive, name: .main, founder: fork.world.other.node)
        try late.write { try $0.learn(founding, in: $1) }
        for range in ranges.sorted(by: { $0.descriptor.stream < $1.descriptor.stream }) { _ = try late.ingest(range) }
        #expect(try late.projection(scope) == fork.world.owner.projection(scope))
    }

    @Test("Tallies of a branch are added, not set")
    func tallies() throws {
        var world = try ForkWorld(shared: 1)
        let count = Draft(.semantic, at: world.address, changes: [.count(EngramField.verifications, 2)])
        try world.owner.commit([count])
        var twin = world.owner.copy(seed: 9)
        try world.owner.commit([count])
        try world.owner.commit([count])
        try twin.commit([count])
        let evidence = try world.evidence(world.log, between: &world.owner, and: &twin)
        let other = try #require(try twin.range(world.log))
        let log = world.log
        world.owner.beginAnew()
        try world.owner.commit([Replica.evidenceDraft(evidence)])
        _ = try world.owner.ingest(other)
        let replica = world.owner.replica
        for branch in try world.owner.store.read({ try replica.branches(of: log, in: $0) }) {
            _ = try world.owner.reissue(branch)
        }
        let state = try #require(try world.owner.store.read { try $0.documents.state(world.address) })
        guard case .tally(let slots)? = state[.number(EngramField.verifications)] else {
            Issue.record("the tally is gone")
            return
        }
        #expect(slots.map(\.value).reduce(0, +) == 8)
    }
}

extension Array {
    fileprivate func permutations() -> [[Element]] {
        guard let first else { return [[]] }
        return Array(dropFirst()).permutations().flatMap { rest in
            (0...rest.count).map { place in Array(rest[..<place]) + [first] + Array(rest[place...]) }
        }
    }
}
