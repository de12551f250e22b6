/// Classes between square brackets, as in `[^a-z\\d[:space:]]`.
extension RegexParser {
    mutating func bracket() throws(RegularExpression.Failure) -> ScalarSet {
        var set = ScalarSet(foldsCase: flags.ignoresCase)
        set.isNegated = take("^")
        var isFirst = true
        while true {
            guard let scalar = current else { throw failure("an unfinished `[`") }
            if scalar == "]", !isFirst {
                index += 1
                return set
            }
            isFirst = false
            if let named = try namedClass() {
                set.ranges += named
                continue
            }
            if scalar == "\\" {
                index += 1
                if current == "p" || current == "P" {
                    add(try unicodeClass(), to: &set)
                    continue
                }
                if let ranges = try classEscape() {
                    set.ranges += ranges
                    continue
                }
                index -= 1
            }
            let low = try bracketScalar()
            guard current == "-", index + 1 < pattern.count, pattern[index + 1] != "]" else {
                set.ranges.append(low.value...low.value)
                continue
            }
            index += 1
            let high = try bracketScalar()
            guard low <= high else { throw failure("a range that runs backwards") }
            set.ranges.append(low.value...high.value)
        }
    }

    private func add(_ other: ScalarSet, to set: inout ScalarSet) {
        set.ranges += other.ranges
        set.categories.formUnion(other.categories)
        if let excluded = other.otherThan {
            // Outside one or outside the other is outside both.
            set.otherThan = set.otherThan.map { $0.intersection(excluded) } ?? excluded
        }
    }

    private mutating func bracketScalar() throws(RegularExpression.Failure) -> Unicode.Scalar {
        guard let scalar = current else { throw failure("an unfinished `[`") }
        index += 1
        return scalar == "\\" ? try scalarEscape() : scalar
    }

    private mutating func namedClass() throws(RegularExpression.Failure) -> [ClosedRange<UInt32>]? {
        for (name, ranges) in Self.namedClasses {
            if take("[:\(name):]") { return ranges }
            if take("[:^\(name):]") { return ScalarSet.complement(ranges) }
        }
        let rest = pattern[index...]
        if rest.starts(with: "[:".unicodeScalars), PartSearch(Array(":]".unicodeScalars)).first(in: rest) != nil {
            throw failure("an unknown class of characters")
        }
        return nil
    }

    private static let namedClasses: [(String, [ClosedRange<UInt32>])] = [
        ("alnum", [48...57, 65...90, 97...122]), ("alpha", [65...90, 97...122]), ("ascii", [0...127]),
        ("blank", [9...9, 32...32]), ("cntrl", [0...31, 127...127]), ("digit", [48...57]), ("graph", [33...126]),
        ("lower", [97...122]), ("print", [32...126]), ("punct", [33...47, 58...64, 91...96, 123...126]),
        ("space", [9...13, 32...32]), ("upper", [65...90]), ("word", ScalarSet.word),
        ("xdigit", [48...57, 65...70, 97...102]),
    ]
}
