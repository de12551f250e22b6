import HiveCore
import Testing

/// Authority is a function of the set of law operations.
@Suite struct AuthorityTests {
    private let founder = NodeID(.sha256([0]))
    private let b = NodeID(.sha256([1]))
    private let c = NodeID(.sha256([2]))

    private func log(_ node: NodeID) -> LogID { LogID(.sha256(node.digest.bytes)) }

    private func statement(
        _ author: NodeID, _ number: UInt64, _ node: NodeID, _ role: Role?, seen: [Dot] = [],
        limits: VersionVector? = nil
    ) -> LawOperation {
        LawOperation(
            dot: Dot(log: log(author), number: number), author: author, context: VersionVector(seen),
            grant: Grant(node: node, role: role, limits: limits))
    }

    private func authority(_ operations: [LawOperation]) -> Authority {
        let founding = ScopeFounding(hive: HiveID(.zero), name: .main, founder: founder)
        let orders = [operations, operations.reversed()]
        let results = orders.map { Authority(founding: founding, operations: $0) }
        #expect(results[0] == results[1], "the order of operations must not matter")
        return results[0]
    }

    @Test("The founder is steward, and those it grants are what it says")
    func grants() {
        let law = authority([statement(founder, 1, b, .steward), statement(b, 1, c, .writer)])
        #expect(law.role(of: founder) == .steward)
        #expect(law.members[b]?.rank == 1)
        #expect(law.members[c]?.rank == 2)
    }

    @Test("A writer cannot grant")
    func writerCannotGrant() {
        #expect(authority([statement(founder, 1, b, .writer), statement(b, 1, c, .steward)]).role(of: c) == nil)
    }

    @Test("Nobody is revoked by a higher rank")
    func rank() {
        let law = authority([
            statement(founder, 1, b, .steward), statement(founder, 2, c, .steward), statement(c, 1, b, nil),
        ])
        #expect(law.role(of: b) == .steward)
    }

    @Test("A revocation that saw the grant ends it; a concurrent one is stricter and wins too")
    func revocation() {
        let grant = statement(founder, 1, b, .writer)
        #expect(authority([grant, statement(founder, 2, b, nil, seen: [grant.dot])]).role(of: b) == nil)
        #expect(authority([grant, statement(founder, 2, b, nil)]).role(of: b) == nil)
    }

    @Test("What a revoked steward granted beyond the named number is void")
    func limits() {
        let grant = statement(founder, 1, b, .steward)
        let limits = VersionVector([Dot(log: log(b), number: 1)])
        let revoke = statement(founder, 2, b, nil, seen: [grant.dot], limits: limits)
        let d = NodeID(.sha256([3]))
        let law = authority([grant, revoke, statement(b, 1, c, .writer), statement(b, 2, d, .writer)])
        #expect(law.role(of: c) == .writer)
        #expect(law.role(of: d) == nil)
    }

    @Test("What a writer puts into another stream is no law, whatever it calls itself")
    func kindsBelongToStreams() throws {
        let key = try #require(PublicKey(bytes: Digest.sha256([7]).bytes))
        let incarnation = try #require(Incarnation(bytes: Array(repeating: 1, count: 16)))
        let founding = ScopeFounding(hive: HiveID(.zero), name: .main, founder: founder)
        let law = authority([statement(founder, 1, key.nodeID, .writer)])
        for (stream, kind, honoured) in [
            (Stream.knowledge, DocumentKind.semantic, true), (.knowledge, .rule, false), (.knowledge, .grant, false),
            (.law, .rule, false), (.traffic, .semantic, false),
        ] {
            let descriptor = LogDescriptor(scope: founding.scope, stream: stream, author: key, incarnation: incarnation)
            let dot = Dot(log: descriptor.id, number: 1)
            #expect(law.honours(dot, of: descriptor, kind: kind) == honoured, "\(kind) in \(stream)")
        }
    }
}
