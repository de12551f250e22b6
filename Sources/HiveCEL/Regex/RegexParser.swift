/// Reads a pattern. Backreferences and look-around are refused, as in RE2: they cannot be matched in linear time.
struct RegexParser {
    let pattern: [Unicode.Scalar]
    var index = 0
    private var depth = 0
    var flags = Flags()
    /// How many groups capture what they match.
    private(set) var groupCount = 0
    private static let maximumGroups = 100

    struct Flags {
        var ignoresCase = false
        var isMultiline = false
        var dotMatchesNewline = false
        var isUngreedy = false
    }

    init(_ pattern: String) { self.pattern = Array(pattern.unicodeScalars) }

    mutating func parse() throws(RegularExpression.Failure) -> RegexNode {
        let node = try choice()
        guard index == pattern.count else { throw failure("an unmatched `)`") }
        return node
    }

    var current: Unicode.Scalar? { index < pattern.count ? pattern[index] : nil }

    mutating func take(_ text: String) -> Bool {
        let scalars = Array(text.unicodeScalars)
        guard pattern[index...].starts(with: scalars) else { return false }
        index += scalars.count
        return true
    }

    func failure(_ what: String) -> RegularExpression.Failure {
        RegularExpression.Failure(message: "the regular expression has \(what) at position \(index + 1)")
    }

    private mutating func choice() throws(RegularExpression.Failure) -> RegexNode {
        depth += 1
        defer { depth -= 1 }
        guard depth <= 100 else { throw failure("groups that nest too deep") }
        var options = [try sequence()]
        while take("|") { options.append(try sequence()) }
        return options.count == 1 ? options[0] : .choice(options)
    }

    private mutating func sequence() throws(RegularExpression.Failure) -> RegexNode {
        var items: [RegexNode] = []
        while let scalar = current, scalar != "|", scalar != ")" {
            guard !take("\\Q") else {
                // A quantifier after a quotation repeats its last letter only.
                let letters = quotation()
                items += letters.dropLast()
                if let last = letters.last { items.append(try quantified(last)) }
                continue
            }
            let atom = try atom()
            items.append(try quantified(atom))
        }
        return items.count == 1 ? items[0] : .sequence(items)
    }

    private mutating func quantified(_ atom: RegexNode) throws(RegularExpression.Failure) -> RegexNode {
        guard let bounds = try quantifier() else { return atom }
        if case .empty = atom { throw failure("nothing to repeat") }
        let isLazy = take("?") != flags.isUngreedy
        if let maximum = bounds.maximum, maximum < bounds.minimum { throw failure("a repetition that cannot be") }
        guard bounds.minimum <= 1000, bounds.maximum ?? 0 <= 1000 else {
            throw failure("a repetition of more than 1000")
        }
        guard try quantifier() == nil else { throw failure("a repetition of a repetition") }
        return .repeated(atom, minimum: bounds.minimum, maximum: bounds.maximum, isLazy: isLazy)
    }

    private mutating func quantifier() throws(RegularExpression.Failure) -> (minimum: Int, maximum: Int?)? {
        if take("*") { return (0, nil) }
        if take("+") { return (1, nil) }
        if take("?") { return (0, 1) }
        guard current == "{" else { return nil }
        let start = index
        index += 1
        guard let minimum = number() else {
            index = start
            return nil
        }
        var maximum: Int? = minimum
        if take(",") { maximum = number() }
        guard take("}") else {
            index = start
            return nil
        }
        return (minimum, maximum)
    }

    private mutating func number() -> Int? {
        let start = index
        while let scalar = current, ("0"..."9").contains(scalar) { index += 1 }
        return Int(Text.string(pattern[start..<index]))
    }

    private mutating func atom() throws(RegularExpression.Failure) -> RegexNode {
        guard let scalar = current else { throw failure("an unexpected end") }
        index += 1
        switch scalar {
        case ".": return .set(flags.dotMatchesNewline ? .any : .notNewline)
        case "^": return .assertion(flags.isMultiline ? .lineStart : .textStart)
        case "$": return .assertion(flags.isMultiline ? .lineEnd : .textEnd)
        case "(": return try group()
        case "[": return .set(try bracket())
        case "\\": return try escape()
        case "*", "+", "?": throw failure("nothing to repeat")
        case "{" where isQuantifierAhead(): throw failure("nothing to repeat")
        default: return .set(literal(scalar))
        }
    }

    private func isQuantifierAhead() -> Bool {
        guard index < pattern.count, ("0"..."9").contains(pattern[index]) else { return false }
        return pattern[index...].prefix { ("0"..."9").contains($0) || $0 == "," || $0 == "}" }.contains("}")
    }

    private func literal(_ scalar: Unicode.Scalar) -> ScalarSet {
        ScalarSet(ranges: [scalar.value...scalar.value], foldsCase: flags.ignoresCase)
    }

    private mutating func group() throws(RegularExpression.Failure) -> RegexNode {
        let outer = flags
        var captures = true
        if take("?P<") || (peekNamedGroup() && take("?<")) {
            let start = index
            while let scalar = current, scalar != ">" {
                guard scalar == "_" || scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) else {
                    throw failure("a bad group name")
                }
                index += 1
            }
            guard index > start, take(">") else { throw failure("an unfinished group name") }
        } else if take("?") {
            captures = false
            if try inlineFlags() { return .empty }
        }
        if captures { groupCount += 1 }
        let number = groupCount
        guard number <= Self.maximumGroups else { throw failure("more than \(Self.maximumGroups) groups") }
        let node = try choice()
        guard take(")") else { throw failure("a missing `)`") }
        flags = outer
        return captures ? .group(node, number: number) : node
    }

    private func peekNamedGroup() -> Bool {
        guard index + 2 < pattern.count, pattern[index] == "?", pattern[index + 1] == "<" else { return false }
        return pattern[index + 2] != "=" && pattern[index + 2] != "!"
    }

    /// True where the flags stand alone, as in `(?i)`, and so hold for the rest of the group around them.
    private mutating func inlineFlags() throws(RegularExpression.Failure) -> Bool {
        var value = true
        while let scalar = current {
            index += 1
            switch scalar {
            case "i": flags.ignoresCase = value
            case "m": flags.isMultiline = value
            case "s": flags.dotMatchesNewline = value
            case "U": flags.isUngreedy = value
            case "-": value = false
            case ":": return false
            case ")": return true
            default: throw failure("an unsupported group")
            }
        }
        throw failure("a missing `)`")
    }

    private mutating func escape() throws(RegularExpression.Failure) -> RegexNode {
        guard let scalar = current else { throw failure("a backslash at its end") }
        switch scalar {
        case "p", "P": return .set(try unicodeClass())
        case "A": return assertion(.textStart)
        case "z": return assertion(.textEnd)
        case "b": return assertion(.wordBoundary)
        case "B": return assertion(.notWordBoundary)
        default: break
        }
        if let ranges = try classEscape() { return .set(ScalarSet(ranges: ranges, foldsCase: flags.ignoresCase)) }
        return .set(literal(try scalarEscape()))
    }

    /// What stands between `\Q` and `\E`, or the end, stands for itself.
    private mutating func quotation() -> [RegexNode] {
        var letters: [RegexNode] = []
        while let scalar = current, !take("\\E") {
            letters.append(.set(literal(scalar)))
            index += 1
        }
        return letters
    }

    /// `\pL`, `\p{Lu}`, `\P{Lu}`, `\p{^Lu}` or `\p{Greek}`.
    mutating func unicodeClass() throws(RegularExpression.Failure) -> ScalarSet {
        var isNegated = current == "P"
        index += 1
        guard let first = current else { throw failure("an unfinished Unicode class") }
        index += 1
        var name = String(first)
        if first == "{" {
            if take("^") { isNegated.toggle() }
            let start = index
            while let scalar = current, scalar != "}" { _ = scalar; index += 1 }
            name = Text.string(pattern[start..<index])
            guard take("}") else { throw failure("an unfinished Unicode class") }
        }
        if name == "Any" { return ScalarSet(ranges: isNegated ? [] : [0...0x10FFFF]) }
        if let ranges = ScriptRanges.ranges(named: name) {
            return ScalarSet(
                ranges: isNegated ? ScalarSet.complement(ranges) : ranges, foldsCase: flags.ignoresCase)
        }
        guard let categories = CategorySet(named: name) else {
            throw failure(
                "an unknown Unicode class `\(name)`; write a category such as `Lu` or a script such as `Greek`")
        }
        return isNegated
            ? ScalarSet(foldsCase: flags.ignoresCase, otherThan: categories)
            : ScalarSet(foldsCase: flags.ignoresCase, categories: categories)
    }

    private mutating func assertion(_ assertion: RegexNode.Assertion) -> RegexNode {
        index += 1
        return .assertion(assertion)
    }

    mutating func classEscape() throws(RegularExpression.Failure) -> [ClosedRange<UInt32>]? {
        guard let scalar = current else { return nil }
        let ranges: [ClosedRange<UInt32>]
        switch scalar {
        case "d": ranges = ScalarSet.digits
        case "D": ranges = ScalarSet.complement(ScalarSet.digits)
        case "w": ranges = ScalarSet.word
        case "W": ranges = ScalarSet.complement(ScalarSet.word)
        case "s": ranges = ScalarSet.space
        case "S": ranges = ScalarSet.complement(ScalarSet.space)
        default: return nil
        }
        index += 1
        return ranges
    }

    mutating func scalarEscape() throws(RegularExpression.Failure) -> Unicode.Scalar {
        guard let scalar = current else { throw failure("a backslash at its end") }
        index += 1
        switch scalar {
        case "n": return "\n"
        case "r": return "\r"
        case "t": return "\t"
        case "f": return "\u{C}"
        case "v": return "\u{B}"
        case "a": return "\u{7}"
        case "x": return try hexEscape()
        case "0"..."7": return try octalEscape(scalar)
        case "8", "9": throw failure("a backreference, which cannot be matched in linear time")
        default:
            guard scalar.isASCII, !("a"..."z").contains(scalar), !("A"..."Z").contains(scalar) else {
                throw failure("an unknown escape `\\\(scalar)`")
            }
            return scalar
        }
    }

    /// `\0` and up to two more digits, or two or three digits; one other digit would be a backreference.
    private mutating func octalEscape(
        _ first: Unicode.Scalar
    ) throws(RegularExpression.Failure) -> Unicode.Scalar {
        var value = first.value - 48
        var count = 1
        while count < 3, let scalar = current, ("0"..."7").contains(scalar) {
            value = value * 8 + scalar.value - 48
            count += 1
            index += 1
        }
        guard first == "0" || count > 1, let scalar = Unicode.Scalar(value) else {
            throw failure("a backreference, which cannot be matched in linear time")
        }
        return scalar
    }

    private mutating func hexEscape() throws(RegularExpression.Failure) -> Unicode.Scalar {
        var digits = ""
        if take("{") {
            while let scalar = current, scalar != "}" {
                digits.unicodeScalars.append(scalar)
                index += 1
            }
            guard take("}") else { throw failure("an unfinished escape") }
        } else {
            while digits.utf8.count < 2, let scalar = current, scalar.isASCII {
                digits.unicodeScalars.append(scalar)
                index += 1
            }
            guard digits.utf8.count == 2 else { throw failure("an unfinished escape") }
        }
        guard digits.utf8.allSatisfy({ $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "-") }),
            let value = UInt32(digits, radix: 16), let scalar = Unicode.Scalar(value)
        else {
            throw failure("an escape that names no scalar")
        }
        return scalar
    }
}
