import HiveTesting
import Testing

@testable import HiveCore

/// Who is to do a task, and why.
@Suite struct TaskChoiceTests {
    private let now = Timestamp(milliseconds: 1_800_000_000_000)

    private func candidate(_ name: String, _ adjust: (inout TaskCandidate) -> Void = { _ in }) -> TaskCandidate {
        var candidate = TaskCandidate(agent: name, capabilities: ["tls", "dns"], lastSeen: now)
        adjust(&candidate)
        return candidate
    }

    @Test("The idle, the trusted, the one seen lately and the specialist are preferred, everything else being equal")
    func preferences() {
        let worse: [(inout TaskCandidate) -> Void] = [
            { $0.load = 0.9 }, { $0.trust = 0.1 },
            { $0.lastSeen = Timestamp(milliseconds: $0.lastSeen!.milliseconds - 7_200_000) },
            { $0.capabilities.formUnion(["a", "b", "c"]) },
        ]
        for adjust in worse {
            let choice = TaskChoice(
                among: [candidate("a-worse", adjust), candidate("better")], needs: ["tls"], now: now)
            #expect(choice.best?.agent == "better", "\(choice.reason)")
        }
    }

    @Test("Whoever lacks something, is away or has enough to do is not chosen, and the reason is told")
    func obstacles() {
        let choice = TaskChoice(
            among: [
                candidate("lacking") { $0.capabilities = ["dns"] },
                candidate("away") { ($0.state, $0.isAvailable) = ("suspended", false) },
                candidate("busy") { ($0.running, $0.limit) = (2, 2) },
            ], needs: ["tls", "http"].filter { $0 == "tls" }, now: now)
        #expect(choice.best == nil)
        let told = Dictionary(uniqueKeysWithValues: choice.judgements.map { ($0.agent, $0.obstacle) })
        #expect(told == ["lacking": "lacks tls", "away": "is suspended", "busy": "has 2 tasks already"])
        #expect(choice.reason.hasPrefix("nobody is suitable: "))
        #expect(TaskChoice(among: [], needs: [], now: now).reason == "no agents are registered")
    }

    @Test("Whoever had it before gets it again only where there is nobody else")
    func passedOver() {
        let both = [candidate("ava"), candidate("bob") { $0.load = 0.9 }]
        #expect(TaskChoice(among: both, needs: [], passedOver: ["ava"], now: now).best?.agent == "bob")
        #expect(TaskChoice(among: [both[0]], needs: [], passedOver: ["ava"], now: now).best?.agent == "ava")
    }

    @Test("Weights decide, and the same question has the same answer in any order", arguments: 0..<50 as Range<UInt64>)
    func deterministic(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let candidates = (0..<8).map { number in
            candidate("agent\(number)") {
                $0.load = Double(Int.random(in: 0...4, using: &random)) / 4
                $0.trust = Double(Int.random(in: 0...4, using: &random)) / 4
            }
        }
        var weights = TaskChoice.Weights()
        (weights.load, weights.capability, weights.recency, weights.trust) = (1, 0, 0, 0)
        let choice = TaskChoice(among: candidates, needs: ["tls"], weights: weights, now: now)
        #expect(choice.best?.score == 1 - (candidates.map(\.load).min() ?? 0))
        let shuffled = TaskChoice(
            among: candidates.shuffled(using: &random), needs: ["tls"], weights: weights, now: now)
        #expect(shuffled == choice)
    }
}
