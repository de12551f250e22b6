/// A document of its own that keeps rules of the same set from applying to some inputs, for a time and with a reason.
public struct RuleException: Sendable {
    public var name: String
    public var version: Int64 = 1
    public var set = ""
    /// Names of the rules that do not apply.
    public var rules: [String]
    public var match = RuleMatch()
    /// A condition in CEL; nil holds always.
    public var when: String?
    /// Ends at some time: an exception without an end would be another rule.
    public var effective: EffectivePeriod
    public var reason: String
    public var approvedBy: String?
    public var tests: [RuleTest] = []
    public var location: RuleLocation
    /// Which of several versions of its set that are in force at once it is from.
    var edition = 0
    var home: String { "\(set)#\(edition)" }
    /// The document as it was written.
    public var text: String
}
