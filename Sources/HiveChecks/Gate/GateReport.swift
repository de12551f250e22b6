/// What the gate found, and what it could not look at.
public struct GateReport: Sendable {
    /// A check and how it went.
    public struct Outcome: Sendable, Hashable {
        public let rule: GateRule
        public let verdict: GateVerdict

        public init(rule: GateRule, verdict: GateVerdict) {
            self.rule = rule
            self.verdict = verdict
        }
    }

    /// A file that was not looked at.
    public struct Skipped: Sendable, Hashable {
        public let path: String
        public let reason: SkipReason
    }

    /// In the order of their places; those that are excused and known too.
    public let findings: [Finding]
    /// One for each check that was asked for.
    public let outcomes: [Outcome]
    /// How many files were read.
    public let fileCount: Int
    public let skipped: [Skipped]
    /// Entries of the baseline whose findings are no more.
    public let stale: [Baseline.Entry]
    /// The baseline under which everything found now is known.
    public let baseline: Baseline

    public var isClean: Bool { !findings.contains(where: \.fails) }
    public var open: [Finding] { findings.filter { $0.state == .open } }

    public func count(_ verdict: GateVerdict) -> Int { outcomes.count { $0.verdict == verdict } }
    public func count(_ reason: SkipReason) -> Int { skipped.count { $0.reason == reason } }
}

/// Why a file was not looked at.
public enum SkipReason: String, Sendable, Hashable, CaseIterable {
    case binary
    case tooLarge = "too-large"
    /// A link that leads out of the folder that is checked.
    case linkOut = "link-out"
}
