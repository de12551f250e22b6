/// The form of a pattern.
indirect enum RegexNode {
    case empty
    case set(ScalarSet)
    case sequence([RegexNode])
    case choice([RegexNode])
    /// Lazily: as few times as possible instead of as many.
    case repeated(RegexNode, minimum: Int, maximum: Int?, isLazy: Bool)
    /// A group that remembers what it matched, counted from 1.
    case group(RegexNode, number: Int)
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
