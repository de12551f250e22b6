/// A regular expression in the syntax of RE2, matched in time linear in the text: no backtracking, so no pattern and
/// no text can make it run away.
public struct RegularExpression: Sendable {
    private let program: RegexProgram

    /// Why a pattern was refused.
    public struct Failure: Error, Sendable, Hashable {
        public let message: String
    }

    public init(_ pattern: String) throws(Failure) {
        var parser = RegexParser(pattern)
        program = try RegexProgram(try parser.parse())
    }

    /// Whether the pattern matches anywhere in the text.
    public func matches(_ text: String) -> Bool {
        var run = RegexRun(program)
        return run.matches(Array(text.unicodeScalars))
    }
}

/// The form of a pattern.
indirect enum RegexNode {
    case empty
    case set(ScalarSet)
    case sequence([RegexNode])
    case choice([RegexNode])
    case repeated(RegexNode, minimum: Int, maximum: Int?)
    case assertion(Assertion)

    enum Assertion {
        case textStart
        case textEnd
        case lineStart
        case lineEnd
        case wordBoundary
        case notWordBoundary
    }
}

/// A set of Unicode scalars: ranges, general properties, or everything but those.
struct ScalarSet: Sendable {
    var ranges: [ClosedRange<UInt32>] = []
    var isNegated = false
    var foldsCase = false

    static let any = ScalarSet(ranges: [0...0x10FFFF])
    static let notNewline = ScalarSet(ranges: [10...10], isNegated: true)
    static let digits: [ClosedRange<UInt32>] = [48...57]
    static let word: [ClosedRange<UInt32>] = [48...57, 65...90, 95...95, 97...122]
    static let space: [ClosedRange<UInt32>] = [9...10, 12...13, 32...32]

    func contains(_ scalar: Unicode.Scalar) -> Bool {
        var found = ranges.contains { $0.contains(scalar.value) }
        if !found, foldsCase {
            let others = [scalar.properties.lowercaseMapping, scalar.properties.uppercaseMapping]
            found = others.contains { other in
                guard let first = other.unicodeScalars.first, other.unicodeScalars.count == 1 else { return false }
                return ranges.contains { $0.contains(first.value) }
            }
        }
        return found != isNegated
    }

    /// Everything that is in none of these ranges.
    static func complement(_ ranges: [ClosedRange<UInt32>]) -> [ClosedRange<UInt32>] {
        var result: [ClosedRange<UInt32>] = []
        var next: UInt32 = 0
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if range.lowerBound > next { result.append(next...(range.lowerBound - 1)) }
            next = max(next, range.upperBound + 1)
        }
        if next <= 0x10FFFF { result.append(next...0x10FFFF) }
        return result
    }
}
