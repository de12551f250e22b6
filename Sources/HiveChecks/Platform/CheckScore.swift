/// How many rules of each verdict there are, and the share of those that passed among those that were measured.
public struct CheckScore: Sendable, Hashable {
    public let passed: Int
    public let failed: Int
    public let notApplicable: Int
    public let notMeasured: Int

    public init(_ results: [CheckResult]) {
        func count(_ verdict: CheckResult.Verdict) -> Int { results.count { $0.verdict == verdict } }
        passed = count(.pass)
        failed = count(.fail)
        notApplicable = count(.notApplicable)
        notMeasured = count(.notMeasured)
    }

    public var measured: Int { passed + failed }

    /// From 0 to 1; nil where nothing was measured, which is no score at all.
    public var share: Double? { measured == 0 ? nil : Double(passed) / Double(measured) }
}
