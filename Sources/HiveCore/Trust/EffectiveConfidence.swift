/// How far to believe a memory, with everything that went into the number. Derived when read, never stored.
///
/// What the author said, no higher than the status allows, fades with its age. It is held no higher than the least
/// trusted of those it rests on: trust is a bound and never a factor, so that no chain of reporters wears it down.
/// Readers who verified it then take away doubt, and readers who contradict it take away belief.
public struct EffectiveConfidence: Sendable, Hashable {
    /// From 0 to 1.
    public let value: Double
    /// What the author said, or is taken to have said.
    public let stated: Double
    /// Whether the author said nothing, and the status was asked.
    public let isAssumed: Bool
    /// What the status allows.
    public let ceiling: Double
    /// When the clock was started last: by the author, or by who verified it.
    public let since: Timestamp
    /// In seconds.
    public let age: Int64
    public let aging: BeliefPolicy.Aging
    /// The share that age has left.
    public let freshness: Double
    /// The least trust in anybody that it rests on.
    public let trust: Double
    /// Who that is; nil where everybody is trusted fully.
    public let weakest: BeliefEvidence.Testimony?
    /// The share of doubt that verifications took away.
    public let support: Double
    /// The share of belief that contradictions took away.
    public let doubt: Double
    /// What counts of the readers' assessments: the last word of each.
    public let assessments: [Assessment]
    /// The same number where everybody were trusted fully.
    public let untrusting: Double

    public init(_ evidence: BeliefEvidence, by policy: BeliefPolicy, now: Timestamp) {
        stated = min(
            1, max(0, evidence.confidence ?? evidence.status?.usualConfidence ?? EpistemicStatus.usualConfidence))
        isAssumed = evidence.confidence == nil
        let contested = evidence.isContested ? EpistemicStatus.contested.ceiling : 1
        ceiling = min(evidence.status?.ceiling ?? 1, contested)
        assessments = Assessment.standing(evidence.assessments)
        since = Self.start(of: evidence, assessments, policy)
        age = max(0, (now.milliseconds - since.milliseconds) / 1000)
        aging = policy.aging(of: evidence.category)
        freshness = aging.share(after: age)
        let bounds = (evidence.authors + evidence.lineage).map { (testimony: $0, trust: policy.trust(in: $0)) }
        let lowest = bounds.min { $0.trust < $1.trust }
        trust = lowest?.trust ?? policy.fallback
        weakest = trust < 1 ? lowest?.testimony : nil
        let authors = Set(evidence.authors.map(\.reporter))
        support = Self.weight(
            of: assessments.filter { $0.verdict == .verified && !authors.contains($0.reporter) }, policy)
        doubt = Self.weight(of: assessments.filter { $0.verdict == .contradicted }, policy)
        let aged = min(stated, ceiling) * freshness
        let isRetracted = evidence.status == .retracted
        let (support, doubt) = (support, doubt)
        func assessed(_ held: Double) -> Double { isRetracted ? 0 : (held + (1 - held) * support) * (1 - doubt) }
        value = assessed(min(aged, trust))
        untrusting = assessed(aged)
    }

    /// Who is trusted less than this does not start the clock anew.
    private static let clockTrust = 0.5

    private static func start(
        of evidence: BeliefEvidence, _ assessments: [Assessment], _ policy: BeliefPolicy
    ) -> Timestamp {
        let verified = assessments.filter {
            $0.verdict == .verified && policy.trust(in: $0.reporter) >= clockTrust
        }
        return verified.map(\.time).reduce(evidence.stated, max)
    }

    /// What readers weigh together: each takes away half of what is left, as far as they are trusted. Names of agents are
    /// claimed and not proven, so all agents of one node weigh no more than two.
    private static func weight(of assessments: [Assessment], _ policy: BeliefPolicy) -> Double {
        let byNode = Dictionary(grouping: assessments, by: \.reporter.node)
        let left = byNode.sorted { $0.key < $1.key }.reduce(1.0) { left, node in
            let heaviest = node.value.map { policy.trust(in: $0.reporter) }.sorted(by: >).prefix(2)
            return heaviest.reduce(left) { $0 * (1 - $1 / 2) }
        }
        return 1 - left
    }
}
