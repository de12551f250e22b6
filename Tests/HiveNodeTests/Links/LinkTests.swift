import HiveAPI
import HiveCore
import HiveTesting
import Testing

@testable import HiveNode

/// Memories are linked, circles that must not be are refused, and what lies around a memory is found from both ends.
@Suite struct LinkTests {
    private func chain(_ lone: LoneNode, _ count: Int) async throws -> [String] {
        var ids: [String] = []
        for number in 0..<count { ids.append(try await lone.store("memory \(number)")) }
        return ids
    }

    private func link(_ lone: LoneNode, _ from: String, _ relation: String, _ to: String) async throws -> MemoryAnswer {
        try await lone.node.link(from, with: LinkMemory(relation: relation, target: to), as: .agent)
    }

    private func around(_ lone: LoneNode, _ id: String, _ adjust: (inout NeighbourQuery) -> Void = { _ in })
        async throws
        -> Neighbourhood
    {
        var query = NeighbourQuery()
        adjust(&query)
        return try await lone.node.neighbours(id, query, as: .agent)
    }

    @Test("A link holds the whole id of its target, is made once, and can be taken away")
    func linking() async throws {
        let lone = try LoneNode()
        let ids = try await chain(lone, 2)
        let linked = try await link(lone, ids[0], "see-also", String(ids[1].prefix(8)))
        #expect(linked.memory.links == [MemoryLink(relation: "see-also", target: ids[1])] && linked.basedOn != nil)
        let again = try await link(lone, ids[0], "see-also", ids[1])
        #expect(again.memory.version == linked.memory.version, "nothing is written twice")
        #expect(try await around(lone, ids[1]).items.map(\.id) == [ids[0]])
        let request = LinkMemory(relation: "see-also", target: String(ids[1].prefix(6)))
        #expect(try await lone.node.unlink(ids[0], with: request, as: .agent).memory.links.isEmpty)
        #expect(try await around(lone, ids[1]).items.isEmpty)
        await #expect(throws: HiveError(.notFound, "")) {
            try await lone.node.unlink(ids[0], with: request, as: .agent)
        }
    }

    @Test("A version that was read is honoured")
    func versions() async throws {
        let lone = try LoneNode()
        let ids = try await chain(lone, 3)
        let old = try await lone.node.memory(ids[0], as: .agent).version
        _ = try await link(lone, ids[0], "see-also", ids[1])
        let stale = LinkMemory(relation: "see-also", target: ids[2], version: old, requireCurrent: true)
        await #expect(throws: HiveError(.staleVersion, "")) {
            try await lone.node.link(ids[0], with: stale, as: .agent)
        }
        let concurrent = LinkMemory(relation: "see-also", target: ids[2], version: old)
        #expect(try await lone.node.link(ids[0], with: concurrent, as: .agent).memory.links.count == 2)
    }

    @Test("The target must be there: unknown, forgotten, erased and itself are refused")
    func targets() async throws {
        let lone = try LoneNode()
        let ids = try await chain(lone, 3)
        _ = try await lone.node.remove(ids[1], RemoveMemory(mode: .forget), as: .agent)
        _ = try await lone.node.remove(ids[2], RemoveMemory(mode: .erase), as: .operator)
        let refusals: [(String, HiveError.Code)] = [
            ("ffffffff", .notFound), ("zz", .notFound), ("", .notFound), (ids[1], .forgotten), (ids[2], .erased),
            (ids[0], .invalidInput),
        ]
        for (target, code) in refusals {
            await #expect(throws: HiveError(code, "")) { try await link(lone, ids[0], "see-also", target) }
        }
        for relation in ["", "two words", "ä", String(repeating: "r", count: 65)] {
            await #expect(throws: HiveError(.invalidInput, "")) { try await link(lone, ids[0], relation, ids[1]) }
        }
        #expect(try await lone.node.memory(ids[0], as: .agent).links.isEmpty)
    }

    @Test("A circle is refused with its path where the relation must not have one, by every door")
    func circles() async throws {
        let lone = try LoneNode()
        let ids = try await chain(lone, 4)
        for (from, to) in [(0, 1), (1, 2), (2, 3)] { _ = try await link(lone, ids[from], "part_of", ids[to]) }
        let path = [3, 0, 1, 2, 3].map { String(ids[$0].prefix(8)) }.joined(separator: " → ")
        for relation in ["part_of", "Part-Of"] {
            let error = await #expect(throws: HiveError.self) { try await link(lone, ids[3], relation, ids[0]) }
            #expect(
                error?.code == .invalidInput && error?.message.contains(path) == true, "\(String(describing: error))")
        }
        let update = UpdateMemory(addLinks: [MemoryLink(relation: "part_of", target: String(ids[0].prefix(8)))])
        await #expect(throws: HiveError(.invalidInput, "")) {
            try await lone.node.update(ids[3], with: update, as: .agent)
        }
        _ = try await link(lone, ids[3], "see-also", ids[0])
        _ = try await link(lone, ids[3], "caused_by", ids[0])
        #expect(try await lone.node.memory(ids[3], as: .agent).links.count == 2, "other relations may go round")
        // What was forgotten is on the way, since it may come back.
        _ = try await lone.node.remove(ids[1], RemoveMemory(mode: .forget), as: .agent)
        await #expect(throws: HiveError(.invalidInput, "")) { try await link(lone, ids[3], "part_of", ids[0]) }
    }

    @Test("A chain that is too long to be looked through is refused, not trusted")
    func longChains() async throws {
        let lone = try LoneNode()
        let ids = try await chain(lone, 6)
        for (from, to) in zip(ids, ids.dropFirst()) { _ = try await link(lone, from, "part_of", to) }
        try lone.node.kernel.consult { replica, transaction in
            let view = MemoryView(transaction: transaction, lookup: try ScopeLookup(&replica, transaction))
            let now = Timestamp(milliseconds: 0)
            func graph(_ limit: Int) -> LinkGraph { LinkGraph(view: view, now: now, mostVisited: limit) }
            #expect(try graph(6).path(from: ids[0], to: ids[5], relation: "part_of") == ids)
            #expect(try graph(6).path(from: ids[0], to: "other", relation: "part_of") == nil)
            #expect(throws: HiveError(.tooLarge, "")) {
                try graph(4).path(from: ids[0], to: ids[5], relation: "part_of")
            }
        }
    }

    @Test("No sequence of links makes a circle of a relation that must not have one")
    func circleProperty() async throws {
        let lone = try LoneNode()
        let ids = try await chain(lone, 8)
        var random = SeededRandom(seed: 5)
        var edges: [Int: Set<Int>] = [:]
        func reaches(_ from: Int, _ to: Int) -> Bool {
            from == to || edges[from, default: []].contains { reaches($0, to) }
        }
        for _ in 0..<120 {
            let (from, to) = (Int.random(in: 0..<8, using: &random), Int.random(in: 0..<8, using: &random))
            let mayBe = !reaches(to, from)
            do {
                _ = try await link(lone, ids[from], "supersedes", ids[to])
                #expect(mayBe)
                edges[from, default: []].insert(to)
            } catch let error as HiveError where error.code == .invalidInput { #expect(!mayBe, "\(error)") }
        }
        #expect(edges.values.reduce(0) { $0 + $1.count } > 10)
    }

    @Test("Around a memory lies what it is linked with in both directions, to the depth asked for")
    func neighbourhood() async throws {
        let lone = try LoneNode()
        let ids = try await chain(lone, 6)
        // 0 → 1 → 2 → 0 goes round; 3 → 0; 4 → 3; 5 stands alone.
        for (from, relation, to) in [
            (0, "see-also", 1), (1, "see-also", 2), (2, "see-also", 0), (3, "part_of", 0), (4, "part_of", 3),
        ] {
            _ = try await link(lone, ids[from], relation, ids[to])
        }
        func found(_ adjust: (inout NeighbourQuery) -> Void = { _ in }) async throws -> [Int: Int] {
            let answer = try await around(lone, ids[0], adjust)
            let items = answer.items
            #expect(
                Set(items.map(\.id)).count == items.count && items.map(\.distance) == items.map(\.distance).sorted())
            return Dictionary(
                uniqueKeysWithValues: items.compactMap { item in
                    ids.firstIndex(of: item.id).map { ($0, item.distance) }
                })
        }
        #expect(try await found() == [1: 1, 2: 1, 3: 1])
        #expect(try await found { $0.depth = 8 } == [1: 1, 2: 1, 3: 1, 4: 2])
        #expect(try await found { $0.direction = .out } == [1: 1])
        #expect(
            try await found {
                $0.direction = .out; $0.depth = 8
            } == [1: 1, 2: 2])
        #expect(
            try await found {
                $0.direction = .in; $0.depth = 2
            } == [2: 1, 3: 1, 1: 2, 4: 2])
        #expect(
            try await found {
                $0.relation = "part-of"; $0.depth = 8
            } == [3: 1, 4: 2])
        let all = try await around(lone, ids[0]) { $0.depth = 8 }
        #expect(Set(all.links).count == 5 && all.links.count == 5 && !all.truncated)
        let few = try await around(lone, ids[0]) {
            $0.depth = 8; $0.limit = 2
        }
        #expect(few.items.count == 2 && few.truncated)
    }

    @Test("A hub is told within the limit, and says that there is more")
    func hub() async throws {
        let lone = try LoneNode()
        let hub = try await lone.store("hub")
        for number in 0..<40 {
            try await lone.store("spoke \(number)") { $0.links = [MemoryLink(relation: "part_of", target: hub)] }
        }
        let some = try await around(lone, hub) { $0.limit = 10 }
        #expect(some.items.count == 10 && some.truncated)
        let all = try await around(lone, hub) { $0.limit = 40 }
        #expect(all.items.count == 40 && !all.truncated)
    }

    @Test("What is behind a link and cannot be shown says so, and nothing else")
    func closed() async throws {
        let lone = try LoneNode()
        let ids = try await chain(lone, 4)
        let passing = try await lone.store("soon over") { $0.expiresIn = 60 }
        for target in ids[1...] + [passing] { _ = try await link(lone, ids[0], "see-also", target) }
        let elsewhere = String(repeating: "ab", count: 16)
        let update = UpdateMemory(addLinks: [
            MemoryLink(relation: "see-also", target: elsewhere), MemoryLink(relation: "see-also", target: "no id"),
        ])
        _ = try await lone.node.update(ids[0], with: update, as: .agent)
        _ = try await lone.node.remove(ids[1], RemoveMemory(mode: .forget), as: .agent)
        _ = try await lone.node.remove(ids[2], RemoveMemory(mode: .erase, now: true), as: .operator)
        lone.advance(seconds: 61)
        let items = try await around(lone, ids[0]).items
        let status = Dictionary(uniqueKeysWithValues: items.map { ($0.id, $0.status) })
        #expect(
            status == [
                ids[1]: .forgotten, ids[2]: .erased, ids[3]: .present, passing: .expired, elsewhere: .unavailable,
                "no id": .unavailable,
            ])
        for item in items where item.status != .present {
            #expect(item.excerpt == nil && item.scope == nil && item.kind == nil && item.updatedAt == nil)
        }
        #expect(items.first { $0.status == .present }?.excerpt == "memory 3")
    }

    @Test("What is not in a scope of this node looks like what is not there")
    func unreadable() async throws {
        let lone = try LoneNode()
        let id = try await lone.store("mine")
        let hidden = String(repeating: "cd", count: 16)
        let address = DocumentAddress(
            scope: ScopeID(Digest.sha256([1])), document: try #require(DocumentID(hex: hidden)))
        let update = UpdateMemory(addLinks: [MemoryLink(relation: "see-also", target: hidden)])
        _ = try await lone.node.update(id, with: update, as: .agent)
        let before = try await around(lone, id)
        // A memory in a scope that this node has no part in, which links back.
        try await lone.node.kernel.write { context in
            let transaction = context.transaction
            let state = try #require(try transaction.documents.list(.prefix(id)).first)
            let operation = try #require(try transaction.logs.operations(.document(state.address)).first)
            let foreign = DocumentState.opening(with: operation, at: address)
            try transaction.documents.save(foreign)
            var entry = try #require(try transaction.indexEntry(of: foreign))
            entry.facets = [.link(to: id), .link(to: id, relation: "see-also")]
            try transaction.index.put(entry)
        }
        #expect(try await around(lone, id) == before)
        #expect(before.items.map(\.status) == [.unavailable])
    }

    @Test("Depths and limits that lead nowhere or too far are refused", arguments: [0, -1, 9, 1000])
    func badDepth(depth: Int) async throws {
        let lone = try LoneNode()
        let id = try await lone.store("a")
        await #expect(throws: HiveError(.invalidInput, "")) { try await around(lone, id) { $0.depth = depth } }
        await #expect(throws: HiveError(.invalidInput, "")) {
            try await around(lone, id) { $0.limit = depth == 9 ? 501 : depth }
        }
        await #expect(throws: HiveError(.notFound, "")) { try await around(lone, "ffffffff") }
    }

    @Test("A new memory may bring links before their targets, written by a prefix where they are here")
    func storing() async throws {
        let lone = try LoneNode()
        let ids = try await chain(lone, 1)
        let later = String(repeating: "12", count: 16)
        let id = try await lone.store("new") {
            $0.links = [
                MemoryLink(relation: "works at", target: String(ids[0].prefix(6))),
                MemoryLink(relation: "follows", target: later.uppercased()),
            ]
        }
        let links = try await lone.node.memory(id, as: .agent).links.map(\.target)
        #expect(Set(links) == [ids[0], later])
    }
}
