import HiveTesting
import Testing

@testable import HiveCore

/// How alive a memory is depends on stamps alone.
@Suite struct VitalityTests {
    private static let day: Int64 = 86_400
    private static let start = Timestamp(milliseconds: 1_800_000_000_000)

    private func signs(_ adjust: (inout SignsOfLife) -> Void = { _ in }) -> SignsOfLife {
        var signs = SignsOfLife(created: Self.start, changed: Self.start)
        adjust(&signs)
        return signs
    }

    private func value(_ signs: SignsOfLife, after days: Int64, halfLife: Int64 = 10) -> Double {
        Vitality(of: signs, halfLife: halfLife * Self.day, now: Self.start.advanced(bySeconds: days * Self.day)).value
    }

    @Test("It halves with each half-life", arguments: [(0, 1.0), (10, 0.5), (20, 0.25), (100, 0.0009765625)])
    func halves(days: Int64, expected: Double) {
        #expect(abs(value(signs(), after: days) - expected) < 1e-12)
    }

    @Test("What lies in the future has not begun to fade")
    func future() { #expect(value(signs(), after: -5) == 1) }

    @Test("A use, a verification and a change each begin it anew")
    func beginnings() {
        let later = Self.start.advanced(bySeconds: 30 * Self.day)
        for path in [\SignsOfLife.used, \.verified] {
            #expect(value(signs { $0[keyPath: path] = later }, after: 30) == 1)
        }
        #expect(value(signs { $0.changed = later }, after: 30) == 1)
    }

    @Test("What was used often fades slower, up to a bound", arguments: [(1, 20), (3, 30), (7, 40), (1 << 40, 80)])
    func reinforcement(uses: Int, halfLife: Int64) {
        #expect(abs(value(signs { $0.uses = uses }, after: halfLife) - 0.5) < 1e-12)
    }

    @Test("A verification counts as three uses, significance stretches and shortens")
    func verifications() {
        #expect(value(signs { $0.verifications = 1 }, after: 25) == value(signs { $0.uses = 3 }, after: 25))
        #expect(abs(value(signs { $0.significance = 1 }, after: 15) - 0.5) < 1e-12)
        #expect(abs(value(signs { $0.significance = 0 }, after: 5) - 0.5) < 1e-12)
        #expect(value(signs { $0.significance = 9 }, after: 9) == value(signs { $0.significance = 1 }, after: 9))
    }

    @Test("What is pinned or core does not fade")
    func lasting() {
        let vitality = Vitality(
            of: signs { $0.isLasting = true }, halfLife: 1, now: Self.start.advanced(bySeconds: 1000 * Self.day))
        #expect(vitality.value == 1)
        #expect(vitality.halfLife == nil)
    }

    @Test("It never grows by time alone, and never leaves its range")
    func property() {
        var random = SeededRandom(seed: 7)
        for _ in 0..<2000 {
            let signs = signs {
                $0.uses = Int.random(in: -3...500, using: &random)
                $0.significance = Bool.random(using: &random) ? Double.random(in: -1...2, using: &random) : nil
                $0.changed = Self.start.advanced(bySeconds: Int64.random(in: 0...(90 * Self.day), using: &random))
            }
            let halfLife = Int64.random(in: -1...(400 * Self.day), using: &random)
            let first = Int64.random(in: 0...(3000 * Self.day), using: &random)
            let second = first + Int64.random(in: 0...(300 * Self.day), using: &random)
            let values = [first, second].map {
                Vitality(of: signs, halfLife: halfLife, now: Self.start.advanced(bySeconds: $0)).value
            }
            #expect(values.allSatisfy { (0...1).contains($0) })
            #expect(values[0] >= values[1])
        }
    }

    @Test("Extreme stamps do not end the process")
    func extremes() {
        let far = SignsOfLife(created: Timestamp(milliseconds: .min), changed: Timestamp(milliseconds: .min))
        #expect(Vitality(of: far, halfLife: .max, now: Timestamp(milliseconds: .max)).idle == .max)
    }

    @Test("A category's half-life goes before its kind's")
    func halfLives() {
        let lives = HalfLives(byCategory: ["incidents": 5], byKind: [.semantic: 7])
        #expect(lives.seconds(.semantic, category: "incidents") == 5)
        #expect(lives.seconds(.semantic, category: "other") == 7)
        #expect(lives.seconds(.episodic, category: nil) == 30 * Self.day)
    }
}
