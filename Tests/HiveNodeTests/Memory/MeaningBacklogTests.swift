import HiveCore
import HiveTesting
import Testing

@testable import HiveNode

/// What waits to be embedded is taken once, the newest first, in its last state.
@Suite struct MeaningBacklogTests {
    private static func address(_ number: Int) -> DocumentAddress {
        DocumentAddress(
            scope: ScopeID(.zero), document: .derived(kind: 34, key: [UInt8(number)], generation: 0))
    }

    @Test("The newest are taken first, also where older ones were put back")
    func order() {
        var backlog = MeaningBacklog()
        for number in 0..<6 { backlog.note(Self.address(number)) }
        backlog.miss(backlog.takeNoted(3))
        backlog.miss(backlog.takeNoted(3))
        let first = backlog.takeMissing(2)
        #expect(first.map(\.address) == [5, 4].map(Self.address))
        backlog.miss(first)
        backlog.note(Self.address(0))
        backlog.miss(backlog.takeNoted(9))
        #expect(backlog.takeMissing(9).map(\.address) == [0, 5, 4, 3, 2, 1].map(Self.address))
        #expect(backlog.takeMissing(9).isEmpty && backlog.count == 6)
    }

    @Test(
        "Whatever happens in whatever order, every document is settled in its last state",
        arguments: 0..<50 as Range<UInt64>)
    func anyOrder(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        var backlog = MeaningBacklog()
        var states: [DocumentAddress: Int] = [:]
        var settled: [DocumentAddress: Int] = [:]
        var taken: [(entry: MeaningBacklog.Entry, state: Int)] = []
        for step in 0..<500 {
            switch Int.random(in: 0..<5, using: &random) {
            case 0, 1:
                let address = Self.address(Int.random(in: 0..<20, using: &random))
                states[address] = step
                backlog.note(address)
            case 2: backlog.miss(backlog.takeNoted(Int.random(in: 1...8, using: &random)))
            case 3:
                for entry in backlog.takeMissing(Int.random(in: 1...8, using: &random)) {
                    taken.append((entry, states[entry.address] ?? -1))
                }
            default:
                for (entry, state) in taken {
                    if random.chance(30) {
                        backlog.miss([entry])
                    } else if backlog.settle(entry) {
                        settled[entry.address] = state
                    }
                }
                taken = []
            }
        }
        backlog.miss(taken.map(\.entry) + backlog.takeNoted(.max))
        for entry in backlog.takeMissing(.max) where backlog.settle(entry) {
            settled[entry.address] = states[entry.address]
        }
        #expect(settled == states && backlog.count == 0)
    }

    @Test("A document that changes again and again while nobody embeds takes no more room")
    func room() {
        var backlog = MeaningBacklog()
        for _ in 0..<20_000 {
            backlog.note(Self.address(1))
            backlog.miss(backlog.takeNoted(9))
        }
        #expect(backlog.count == 1 && backlog.held <= 1010)
    }
}
