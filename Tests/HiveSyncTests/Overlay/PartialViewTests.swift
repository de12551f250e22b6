import HiveCore
import HiveSync
import HiveTesting
import Testing

@Suite("PartialView") struct PartialViewTests {
    private let scope = ScopeID(.sha256([1]))
    private let rare = ScopeID(.sha256([2]))
    private let nodes = (0..<60).map { NodeID(.sha256([7, $0])) }.sorted()
    private var own: NodeID { nodes[0] }

    private func view(of count: Int) -> PartialView {
        var view = PartialView(own: own)
        view.know(Dictionary(uniqueKeysWithValues: nodes[1...count].map { ($0, Set([scope])) }))
        return view
    }

    @Test("up to eight peers all are called")
    func few() {
        var random = SeededRandom(seed: 1)
        var view = view(of: 8)
        #expect(view.choose(now: 0, using: &random) == nodes[1...8].map { .connect($0) })
        #expect(view.choose(now: 1, using: &random) == [])
    }

    @Test("of many, the next two of every scope and some by chance are called")
    func many() {
        var random = SeededRandom(seed: 1)
        var view = view(of: 59)
        var known = Dictionary(uniqueKeysWithValues: nodes[1...59].map { ($0, Set([scope])) })
        for peer in [nodes[40], nodes[41], nodes[42]] { known[peer] = [scope, rare] }
        view.know(known)
        _ = view.choose(now: 0, using: &random)
        #expect(view.wanted.isSuperset(of: [nodes[1], nodes[2], nodes[40], nodes[41]]))
        #expect(view.wanted.count <= 6)
    }

    @Test("one that does not answer is replaced, and called again after a while")
    func replaces() {
        var random = SeededRandom(seed: 1)
        var view = view(of: 59)
        _ = view.choose(now: 0, using: &random)
        view.failed(nodes[1], now: 10)
        #expect(view.choose(now: 20, using: &random).contains(.connect(nodes[3])))
        #expect(!view.wanted.contains(nodes[1]))
        #expect(view.choose(now: 40_000, using: &random).contains(.connect(nodes[1])))
    }

    @Test("nobody is forgotten because it is silent: everyone has a turn, again and again")
    func turns() {
        var random = SeededRandom(seed: 1)
        var view = view(of: 59)
        var called: [NodeID: Int] = [:]
        for step in 0..<(12 * 130) {
            let now = Int64(step) * 5_000
            for case .connect(let peer) in view.choose(now: now, using: &random) {
                called[peer, default: 0] += 1
                view.failed(peer, now: now)
            }
        }
        #expect(nodes[1...59].allSatisfy { called[$0] ?? 0 >= 2 })
    }
}
