import HiveCore
import HiveTesting
import Testing

/// The pure functions under episodes and skills.
@Suite struct StoryFunctionsTests {
    @Test(
        "Wilson's lower bound is that of the tables",
        arguments: [(1, 1, 0.2065), (3, 3, 0.4385), (10, 10, 0.7225), (8, 10, 0.4902), (0, 5, 0), (80, 100, 0.7112)])
    func wilson(successes: Int64, trials: Int64, bound: Double) {
        #expect(abs(WilsonInterval.lowerBound(successes: successes, of: trials) - bound) < 0.0005)
    }

    @Test("The bound lies between 0 and the share, and grows with evidence")
    func wilsonProperties() {
        for trials in 0...60 {
            for successes in 0...trials {
                let bound = WilsonInterval.lowerBound(successes: Int64(successes), of: Int64(trials))
                let share = trials == 0 ? 0 : Double(successes) / Double(trials)
                #expect(bound >= 0 && bound <= share)
                let twice = WilsonInterval.lowerBound(successes: Int64(2 * successes), of: Int64(2 * trials))
                #expect(twice >= bound)
            }
        }
        #expect(WilsonInterval.lowerBound(successes: 9, of: 3) == WilsonInterval.lowerBound(successes: 3, of: 3))
    }

    @Test("Words overlap by what both have, whatever their case and punctuation")
    func overlap() {
        let words = WordOverlap.words(of: "Restart the kube-proxy, on web-3!")
        #expect(words == ["restart", "kube", "proxy", "web", "3"])
        #expect(WordOverlap.of(words, words) == 1)
        #expect(WordOverlap.of(words, WordOverlap.words(of: "invoices")) == 0)
        #expect(WordOverlap.of([], []) == 0)
        #expect(WordOverlap.coverage(of: ["a", "b"], by: ["b", "c", "d"]) == 0.5)
        #expect(WordOverlap.coverage(of: [], by: ["b"]) == 0)
    }

    @Test("Shared steps keep their order and come from enough accounts")
    func sharedSteps() {
        let accounts = [
            ["saw alerts", "drain node web-1", "restart envoy", "went for coffee", "check error rate"],
            ["drain node web-2", "restart envoy", "check the error rate"],
            ["restart envoy", "drain node web-7", "check error rate again"],
        ]
        #expect(
            SharedSteps.of(accounts, inAtLeast: 2) == ["drain node web-1", "restart envoy", "check error rate"])
        // In the third account draining came after restarting, so that one of the two is not shared by all in order.
        #expect(SharedSteps.of(accounts, inAtLeast: 3).count == 2)
        #expect(SharedSteps.of([], inAtLeast: 1).isEmpty)
        #expect(SharedSteps.of([["a b"], []], inAtLeast: 2).isEmpty)
    }

    @Test("Shared steps of any accounts stand in all of them in this order", arguments: 0..<200)
    func sharedStepsProperty(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let words = ["alpha", "beta", "gamma", "delta", "omega"]
        let accounts = (0..<3).map { _ in
            (0..<Int.random(in: 0...6, using: &random)).map { _ in words.randomElement(using: &random) ?? "" }
        }
        let shared = SharedSteps.of(accounts, inAtLeast: 3)
        // Whatever two accounts share with the first in order, each of them holds as a subsequence of its own.
        for account in accounts.dropFirst() {
            var rest = account[...]
            for step in shared {
                let place = rest.firstIndex(of: step)
                #expect(place != nil, "seed \(seed): \(shared) in \(account)")
                rest = place.map { rest[($0 + 1)...] } ?? rest
            }
        }
    }

    @Test("A group is led by its first, and what comes later changes no leader")
    func groups() {
        let values = [0, 10, 1, 11, 2, 30]
        let alike = { (leader: Int, item: Int) in abs(values[leader] - values[item]) <= 2 }
        #expect(LikenessGroups.of(6, areAlike: alike) == [[0, 2, 4], [1, 3], [5]])
        #expect(LikenessGroups.of(3, areAlike: alike) == [[0, 2], [1]])
        #expect(LikenessGroups.of(0, areAlike: alike).isEmpty)
    }

    @Test(
        "Conflicts are told apart by what diverges",
        arguments: [
            (EngramKind.episodic, EngramField.outcome, ConflictKind.episodic),
            (.episodic, EngramField.content, .value), (.episodic, EngramField.significance, .value),
            (.procedural, EngramField.steps, .skill), (.procedural, EngramField.trigger, .skill),
            (.procedural, EngramField.category, .value), (.semantic, EngramField.object, .belief),
            (.semantic, EngramField.content, .value), (.instant, EngramField.content, .value),
        ])
    func conflictKinds(kind: EngramKind, field: UInt64, conflict: ConflictKind) {
        #expect(ConflictKind(kind, field: field) == conflict)
    }
}
