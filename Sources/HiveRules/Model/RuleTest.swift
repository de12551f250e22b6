public import HiveCEL

/// A case beside a rule: an input, and what must come of it.
public struct RuleTest: Sendable {
    public var name: String
    public var input: Value
    /// The time of the question in Unix milliseconds; nil for that of the run.
    public var time: Int64?
    /// The effect that the whole set must decide; nil leaves it open.
    public var effect: String?
    public var allowed: Bool?
    /// The rule that must have decided; an empty name means that none must.
    public var rule: String?
    /// Rules that must be among those that applied.
    public var matched: [String] = []
    public var message: String?
    public var settings: [String: Value] = [:]
    /// Fields of the input as a transformation must have left them.
    public var transformed: [String: Value] = [:]
    public var location: RuleLocation
}

extension RuleTest {
    /// A case that somebody asks in code.
    package init(_ name: String, input: Value, effect: RuleEffect, rule: String?, settings: [String: Value]) {
        self.name = name
        self.input = input
        self.effect = effect.rawValue
        self.rule = rule
        self.settings = settings
        location = RuleLocation(path: name, line: 1, column: 1)
    }
}
