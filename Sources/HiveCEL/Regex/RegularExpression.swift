/// A regular expression in the syntax of RE2, matched in time linear in the text: no backtracking, so no pattern and
/// no text can make it run away.
public struct RegularExpression: Sendable {
    private let program: RegexProgram
    private let literal: LiteralPattern?
    private let automaton: ASCIIAutomaton?

    /// How long a pattern may be, in bytes of UTF-8.
    public static let maximumPatternBytes = 16_384

    /// Why a pattern was refused.
    public struct Failure: Error, Sendable, Hashable {
        public let message: String
    }

    public init(_ pattern: String) throws(Failure) {
        guard pattern.utf8.count <= Self.maximumPatternBytes else {
            throw Failure(message: "the regular expression is longer than \(Self.maximumPatternBytes) bytes")
        }
        var parser = RegexParser(pattern)
        let node = try parser.parse()
        program = try RegexProgram(node, groups: parser.groupCount)
        literal = LiteralPattern(node)
        automaton = literal == nil ? AutomatonBuilder.build(program) : nil
    }

    /// How many groups in round brackets capture what they match.
    public var groupCount: Int { program.groups }

    /// What matching costs for each scalar of a text at most, in steps.
    var size: Int { literal == nil ? program.instructions.count : 1 }

    /// Whether the pattern matches anywhere in the text.
    public func matches(_ text: String) -> Bool {
        if let literal { return literal.matches(text) }
        if let answer = automaton?.matches(text) { return answer }
        var run = RegexRun(program, Array(text.unicodeScalars))
        return run.matches()
    }

    /// The same as `matches`, and how many steps the automaton took.
    func matchesCountingSteps(_ text: String) -> (matches: Bool, steps: Int) {
        var run = RegexRun(program, Array(text.unicodeScalars))
        let result = run.matches()
        return (result, run.steps)
    }

    /// The first match at or after a place: of the whole and of each group the range in scalars, nil for a group that
    /// took no part. Pays for the steps that it takes, and throws `budget_exceeded` where they are too many.
    func firstMatch(
        in text: [Unicode.Scalar], from start: Int, _ meter: inout Meter
    ) throws(EvaluationError) -> [Range<Int>?]? {
        let allowance = meter.remaining.multipliedReportingOverflow(by: Self.stepsForOne)
        var run = RegexRun(program, text, allowance: allowance.overflow ? .max : allowance.partialValue)
        let slots = run.firstMatch(from: start)
        try meter.spend(1 + run.steps / Self.stepsForOne)
        guard let slots else { return nil }
        return stride(from: 0, to: slots.count, by: 2).map {
            slots[$0] < 0 || slots[$0 + 1] < 0 ? nil : slots[$0]..<slots[$0 + 1]
        }
    }

    /// How many steps of the automaton cost as much as one of an evaluation.
    private static let stepsForOne = 16
}
