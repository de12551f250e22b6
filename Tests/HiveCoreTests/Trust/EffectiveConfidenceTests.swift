import HiveCore
import HiveTesting
import Testing

@Suite struct EffectiveConfidenceTests {
    static let day: Int64 = 86_400

    static func node(_ number: UInt8) -> NodeID { NodeID(.sha256([number])) }
    static func reporter(_ number: UInt8, _ agent: String? = nil) -> Reporter {
        Reporter(node: node(number), agent: agent)
    }
    static func time(days: Int64) -> Timestamp {
        Timestamp(milliseconds: 1_800_000_000_000).advanced(bySeconds: days * day)
    }

    /// What node 1 stated on day 0.
    static func evidence(_ adjust: (inout BeliefEvidence) -> Void = { _ in }) -> BeliefEvidence {
        var evidence = BeliefEvidence(stated: time(days: 0))
        evidence.authors = [.init(reporter(1))]
        adjust(&evidence)
        return evidence
    }

    static func policy(_ adjust: (inout BeliefPolicy) -> Void = { _ in }) -> BeliefPolicy {
        var policy = BeliefPolicy()
        policy.usualAging = .never
        adjust(&policy)
        return policy
    }

    @Test("Without a word of the author the status says how sure", arguments: EpistemicStatus.allCases)
    func statuses(status: EpistemicStatus) {
        let silent = EffectiveConfidence(
            Self.evidence { $0.status = status }, by: Self.policy(), now: Self.time(days: 0))
        #expect(silent.value == status.usualConfidence && silent.isAssumed)
        let certain = Self.evidence {
            $0.status = status
            $0.confidence = 1
        }
        let told = EffectiveConfidence(certain, by: Self.policy(), now: Self.time(days: 0))
        #expect(told.value == status.ceiling && !told.isAssumed && status.usualConfidence <= status.ceiling)
    }

    @Test("Older words of authors are understood, their own are left alone")
    func words() {
        #expect(EpistemicStatus(word: "told") == .reported && EpistemicStatus(word: "verified") == .observed)
        #expect(EpistemicStatus(word: "gut feeling") == nil)
        for status in EpistemicStatus.allCases { #expect(EpistemicStatus(word: status.rawValue) == status) }
    }

    @Test("It fades by the half-life of its category")
    func age() throws {
        let policy = Self.policy {
            $0.usualAging = .halves(every: .days(100))
            $0.halfLives = ["infra": .halves(every: .days(10)), "law": .never]
        }
        func value(_ category: String?, days: Int64) -> Double {
            let evidence = Self.evidence {
                $0.confidence = 0.8
                $0.category = category
            }
            return EffectiveConfidence(evidence, by: policy, now: Self.time(days: days)).value
        }
        #expect(value(nil, days: 100) == 0.4 && value("other", days: 100) == 0.4)
        #expect(value("infra", days: 10) == 0.4 && value("infra", days: 20) == 0.2)
        #expect(value("law", days: 10_000) == 0.8 && value(nil, days: -5) == 0.8)
    }

    @Test("Trust is the least in anybody it rests on, and no chain wears it down")
    func lineage() {
        let policy = Self.policy { $0.nodes = [Self.node(2).description: 0.5, Self.node(3).description: 0.5] }
        func known(_ chain: [UInt8]) -> EffectiveConfidence {
            let evidence = Self.evidence {
                $0.confidence = 0.9
                $0.lineage = chain.map { .init(Self.reporter($0), memory: "m\($0)") }
            }
            return EffectiveConfidence(evidence, by: policy, now: Self.time(days: 0))
        }
        #expect(known([]).value == 0.9 && known([]).trust == 1 && known([]).weakest == nil)
        for chain: [UInt8] in [[2], [2, 3], [3, 2, 2, 3, 1], [9, 2]] {
            #expect(known(chain).value == 0.5 && known(chain).trust == 0.5, "\(chain)")
        }
        #expect(known([9, 2]).weakest?.memory == "m2" && known([2]).untrusting == 0.9)
    }

    @Test("Of what is said of a node and of an agent the lower counts; the longest beginning of an id")
    func trust() {
        let id = Self.node(1).description
        let policy = Self.policy {
            $0.nodes = [String(id.prefix(4)): 0.3, String(id.prefix(8)): 0.8]
            $0.agents = ["ann": 0.9, "bob": 0.1]
            $0.sources = ["gossip": 0.2]
            $0.fallback = 0.6
        }
        #expect(policy.trust(in: Self.reporter(1)) == 0.8 && policy.trust(in: Self.reporter(1, "ann")) == 0.8)
        #expect(policy.trust(in: Self.reporter(1, "bob")) == 0.1 && policy.trust(in: Self.reporter(2, "ann")) == 0.9)
        #expect(policy.trust(in: Self.reporter(2)) == 0.6 && policy.trust(in: Self.reporter(2, "eve")) == 0.6)
        #expect(policy.trust(in: .init(Self.reporter(1), source: "gossip")) == 0.2)
        #expect(policy.trust(in: .init(Self.reporter(1), source: "elsewhere")) == 0.8)
    }

    @Test("Verifying starts the clock anew, but not by whom one does not trust")
    func clock() {
        let policy = Self.policy {
            $0.usualAging = .halves(every: .days(10))
            $0.agents = ["eve": 0.4]
        }
        func since(_ agent: String) -> Timestamp {
            let evidence = Self.evidence {
                $0.assessments = [Assessment(.verified, by: Self.reporter(1, agent), at: Self.time(days: 20))]
            }
            return EffectiveConfidence(evidence, by: policy, now: Self.time(days: 20)).since
        }
        #expect(since("ann") == Self.time(days: 20) && since("eve") == Self.time(days: 0))
    }

    @Test("The last word of each reporter counts, and counts once")
    func lastWord() {
        func value(_ words: [(Assessment.Verdict, Reporter)]) -> Double {
            let evidence = Self.evidence {
                $0.confidence = 0.5
                $0.assessments = words.enumerated().map {
                    Assessment($1.0, by: $1.1, at: Self.time(days: Int64($0)))
                }
            }
            return EffectiveConfidence(evidence, by: Self.policy(), now: Self.time(days: 0)).value
        }
        let (ann, bob) = (Self.reporter(2, "ann"), Self.reporter(3, "bob"))
        #expect(value([(.verified, ann)]) == 0.75 && value([(.verified, ann), (.verified, ann)]) == 0.75)
        #expect(value([(.verified, ann), (.verified, bob)]) == 0.875)
        #expect(value([(.contradicted, ann)]) == 0.25 && value([(.verified, ann), (.contradicted, ann)]) == 0.25)
        #expect(value([(.contradicted, ann), (.withdrawn, ann)]) == 0.5)
        #expect(value([(.verified, Self.reporter(1))]) == 0.5, "an author says nothing new")
        let crowd = (0..<50).map { (Assessment.Verdict.verified, Self.reporter(2, "agent\($0)")) }
        #expect(value(crowd) == 0.875, "all agents of one node weigh no more than two")
    }

    @Test("It lies between 0 and 1, grows with trust and verification, and falls with age and contradiction")
    func property() {
        var random = SeededRandom(seed: 62)
        for _ in 0..<2000 {
            let policy = Self.policy {
                $0.usualAging = .halves(every: .days(UInt16.random(in: 1...400, using: &random)))
                for number: UInt8 in 1...4 {
                    $0.nodes[Self.node(number).description] = Double.random(in: 0...1, using: &random)
                }
            }
            let evidence = Self.evidence { evidence in
                evidence.status = EpistemicStatus.allCases.randomElement(using: &random)
                evidence.confidence = random.chance(50) ? Double.random(in: 0...1, using: &random) : nil
                evidence.lineage = random.chance(50) ? [.init(Self.reporter(2))] : []
                evidence.assessments = (0..<Int.random(in: 0...4, using: &random)).map { _ in
                    Assessment(
                        Assessment.Verdict.allCases.randomElement(using: &random) ?? .verified,
                        by: Self.reporter(UInt8.random(in: 1...4, using: &random)), at: Self.time(days: 0))
                }
            }
            let now = Self.time(days: Int64.random(in: 0...500, using: &random))
            let known = EffectiveConfidence(evidence, by: policy, now: now)
            #expect((0...1).contains(known.value) && known.value <= known.untrusting)
            #expect(
                EffectiveConfidence(evidence, by: policy, now: now.advanced(bySeconds: Self.day)).value <= known.value)
            var verified = evidence
            verified.assessments.append(Assessment(.verified, by: Self.reporter(9), at: Self.time(days: 0)))
            #expect(EffectiveConfidence(verified, by: policy, now: now).value >= known.value)
            var doubted = evidence
            doubted.assessments.append(Assessment(.contradicted, by: Self.reporter(9), at: Self.time(days: 0)))
            #expect(EffectiveConfidence(doubted, by: policy, now: now).value <= known.value)
            var retracted = evidence
            retracted.status = .retracted
            #expect(EffectiveConfidence(retracted, by: policy, now: now).value == 0)
        }
    }
}
