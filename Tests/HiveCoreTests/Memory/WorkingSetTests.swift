import HiveCore
import HiveTesting
import Testing

/// What an agent has in mind fades, is renewed, and stays within its budget.
@Suite struct WorkingSetTests {
    private let policy = WorkingSet.Policy(budget: 100, shortest: 10, maximumEntries: 8)
    private let start = Timestamp(milliseconds: 1_800_000_000_000)

    private func address(_ number: UInt8) throws -> DocumentAddress {
        let scope = ScopeID(Digest.sha256([1]))
        return DocumentAddress(
            scope: scope, document: try #require(DocumentID(bytes: [number] + Array(repeating: UInt8(0), count: 15))))
    }

    private func later(_ hours: Double) -> Timestamp { start.advanced(bySeconds: Int64(hours * 3600)) }

    @Test("Attention rises by looks, without ever passing 1, and halves in each half-life")
    func attention() throws {
        var set = WorkingSet()
        let one = try address(1)
        set.attend(one, at: start, policy)
        #expect(try WorkingSet.attention(of: #require(set[one]), at: start, policy) == 0.5)
        set.attend(one, at: start, policy)
        #expect(try WorkingSet.attention(of: #require(set[one]), at: start, policy) == 0.75)
        #expect(try WorkingSet.attention(of: #require(set[one]), at: later(1), policy) == 0.375)
        for _ in 0..<100 { set.attend(one, weight: 1, at: start, policy) }
        #expect(try #require(set[one]).level == 1)
        set.refresh(at: later(2), policy)
        #expect(try WorkingSet.attention(of: #require(set[one]), at: later(2), policy) == 1)
    }

    @Test("A clock that is set back takes nothing away")
    func clockSetBack() throws {
        var set = WorkingSet()
        let one = try address(1)
        set.attend(one, at: later(5), policy)
        set.attend(one, at: start, policy)
        #expect(try #require(set[one]).attended == later(5))
        #expect(try #require(set[one]).level == 0.75)
        set.refresh(at: start, policy)
        #expect(try #require(set[one]).attended == later(5))
    }

    @Test("What faded leaves, what is gone leaves, the rest stays whole")
    func fading() throws {
        var set = WorkingSet()
        let (old, fresh, gone) = (try address(1), try address(2), try address(3))
        set.attend(old, at: start, policy)
        for address in [fresh, gone] { set.attend(address, at: later(3), policy) }
        let left = set.settle(at: later(3.2), sizes: [old: 5, fresh: 5], policy)
        #expect(left.map(\.address) == [gone] && left.map(\.why) == [.gone])
        let then = set.settle(at: later(4.5), sizes: [old: 5, fresh: 5], policy)
        #expect(then.map(\.address) == [old] && then.map(\.why) == [.faded])
        #expect(set.entries.map(\.address) == [fresh] && set[fresh]?.limit == nil)
    }

    @Test("For want of room the least attended are shortened first, and leave only when all are short")
    func crowding() throws {
        var set = WorkingSet()
        var sizes: [DocumentAddress: Int] = [:]
        for number in UInt8(1)...4 {
            set.attend(try address(number), weight: Double(number) / 4, at: start, policy)
            sizes[try address(number)] = 40
        }
        #expect(set.settle(at: start, sizes: sizes, policy).isEmpty)
        #expect(try (UInt8(1)...4).map { try set[address($0)]?.limit } == [10, 10, nil, nil])
        #expect(set.tokens(sizes) == 100)
        set.budget = 25
        let left = set.settle(at: start, sizes: sizes, policy)
        #expect(try left.map(\.address) == [address(1), address(2)] && left.allSatisfy { $0.why == .crowded })
        #expect(set.tokens(sizes) == 20)
        set.budget = 1000
        #expect(set.settle(at: start, sizes: sizes, policy).isEmpty)
        #expect(set.entries.allSatisfy { $0.limit == nil }, "what has room again is whole again")
    }

    @Test("However it is used, a settled set keeps its budget, its size and its threshold, and repeats itself")
    func properties() throws {
        var random = SeededRandom(seed: 21)
        for _ in 0..<300 {
            var (set, twin) = (WorkingSet(), WorkingSet())
            var sizes: [DocumentAddress: Int] = [:]
            var now = start
            for _ in 0..<30 {
                now = now.advanced(bySeconds: Int64.random(in: 0..<2000, using: &random))
                let one = try address(UInt8.random(in: 0..<12, using: &random))
                sizes[one] = Int.random(in: 0..<120, using: &random)
                let weight = Double(Int.random(in: 1...10, using: &random)) / 10
                set.attend(one, weight: weight, at: now, policy)
                twin.attend(one, weight: weight, at: now, policy)
                if Int.random(in: 0..<4, using: &random) == 0 { set.budget = Int.random(in: 0..<200, using: &random) }
                twin.budget = set.budget
                let (left, right) = (
                    set.settle(at: now, sizes: sizes, policy), twin.settle(at: now, sizes: sizes, policy)
                )
                #expect(set == twin && left.map(\.address) == right.map(\.address))
                #expect(set.tokens(sizes) <= set.budget ?? policy.budget)
                #expect(set.entries.count <= policy.maximumEntries)
                #expect(set.entries.allSatisfy { WorkingSet.attention(of: $0, at: now, policy) >= policy.threshold })
                #expect(set.settle(at: now, sizes: sizes, policy).isEmpty, "settling twice changes nothing")
            }
        }
    }

    @Test("Evicting says whether there was anything to evict")
    func evicting() throws {
        var set = WorkingSet()
        set.attend(try address(1), at: start, policy)
        let one = try address(1)
        let (first, second) = (set.evict(one), set.evict(one))
        #expect(first && !second)
        #expect(set.entries.isEmpty)
    }
}
