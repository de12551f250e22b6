import Configuration
import HiveAPI
import HiveCore
import HiveNode

/// `working` and `links` of `hive.yaml`.
extension DaemonSettings {
    /// By which numbers working sets work. Throws `invalid_input` for numbers that make no sense.
    static func working(_ reader: ConfigReader) throws -> WorkingSet.Policy {
        var policy = WorkingSet.Policy()
        if let budget = try number("budget", in: reader) {
            guard let whole = Int(exactly: budget), WorkingLimits.budgets.contains(whole) else {
                throw wrong(
                    "budget", "\(budget)",
                    "use \(WorkingLimits.budgets.lowerBound) to \(WorkingLimits.budgets.upperBound) tokens")
            }
            policy.budget = whole
        }
        if let threshold = try number("threshold", in: reader) {
            guard threshold > 0, threshold < policy.weight else {
                throw wrong("threshold", "\(threshold)", "use a number above 0 and below \(policy.weight)")
            }
            policy.threshold = threshold
        }
        if let seconds = try duration("halfLife", in: reader) {
            let (milliseconds, isTooLong) = seconds.multipliedReportingOverflow(by: 1000)
            guard !isTooLong, let halfLife = HalfLife(milliseconds: milliseconds) else {
                throw wrong("halfLife", "\(seconds)s", "use a shorter time")
            }
            policy.halfLife = halfLife
        }
        policy.retention = try duration("retention", in: reader) ?? policy.retention
        return policy
    }

    /// Relations whose links must not run in a circle.
    static func acyclicRelations(_ reader: ConfigReader) throws -> [String] {
        let relations = reader.stringArray(forKey: ConfigKey(["links", "acyclic"])) ?? LinkGraph.acyclicRelations
        for relation in relations { try LinkMemory(relation: relation, target: "").checkLimits() }
        return relations
    }

    private static func key(_ name: String) -> ConfigKey { ConfigKey(["working", name]) }

    private static func number(_ name: String, in reader: ConfigReader) throws -> Double? {
        guard let text = reader.string(forKey: key(name)) else {
            return reader.int(forKey: key(name)).map(Double.init) ?? reader.double(forKey: key(name))
        }
        guard let number = Double(text) else { throw wrong(name, text, "use a number") }
        return number
    }

    private static func duration(_ name: String, in reader: ConfigReader) throws -> Int64? {
        guard let text = reader.string(forKey: key(name)) else { return nil }
        guard let seconds = DurationText.seconds(text) else { throw wrong(name, text, DurationText.advice) }
        return seconds
    }

    private static func wrong(_ name: String, _ value: String, _ advice: String) -> HiveError {
        HiveError(.invalidInput, "`\(value)` is no value of working.\(name)", hint: advice)
    }
}
