/// A set of Unicode scalars: ranges, general categories, or everything but those.
struct ScalarSet: Sendable {
    var ranges: [ClosedRange<UInt32>] = []
    /// Scalars of these general categories belong to it too.
    var categories: CategorySet = []
    /// Scalars outside these do as well.
    var otherThan: CategorySet?
    var isNegated = false
    var foldsCase = false
    /// Which of the first 128 scalars belong to it; made by ``prepared()``.
    private var ascii: (low: UInt64, high: UInt64)?

    init(
        ranges: [ClosedRange<UInt32>] = [], isNegated: Bool = false, foldsCase: Bool = false,
        categories: CategorySet = [], otherThan: CategorySet? = nil
    ) {
        self.ranges = ranges
        self.isNegated = isNegated
        self.foldsCase = foldsCase
        self.categories = categories
        self.otherThan = otherThan
    }

    static let any = ScalarSet(ranges: [0...0x10FFFF])
    static let notNewline = ScalarSet(ranges: [10...10], isNegated: true)
    static let digits: [ClosedRange<UInt32>] = [48...57]
    static let word: [ClosedRange<UInt32>] = [48...57, 65...90, 95...95, 97...122]
    static let space: [ClosedRange<UInt32>] = [9...10, 12...13, 32...32]

    /// The one scalar that it holds, if it is one.
    var single: Unicode.Scalar? {
        guard ranges.count == 1, ranges[0].count == 1, !isNegated, !foldsCase, categories.isEmpty, otherThan == nil
        else {
            return nil
        }
        return Unicode.Scalar(ranges[0].lowerBound)
    }

    /// The same set, faster.
    func prepared() -> ScalarSet {
        var copy = self
        var masks: (low: UInt64, high: UInt64) = (0, 0)
        for value in UInt8(0)..<128 where find(Unicode.Scalar(value)) {
            if value < 64 { masks.low |= 1 << UInt64(value) } else { masks.high |= 1 << UInt64(value - 64) }
        }
        copy.ascii = masks
        return copy
    }

    @inline(__always)
    func contains(_ scalar: Unicode.Scalar) -> Bool {
        guard scalar.value < 128, let ascii else { return find(scalar) }
        return (scalar.value < 64 ? ascii.low >> UInt64(scalar.value) : ascii.high >> UInt64(scalar.value - 64)) & 1
            == 1
    }

    /// Whether it may hold a scalar outside ASCII.
    var holdsBeyondASCII: Bool {
        isNegated || foldsCase || !categories.isEmpty || otherThan != nil || ranges.contains { $0.upperBound > 127 }
    }

    private func find(_ scalar: Unicode.Scalar) -> Bool {
        if holds(scalar) { return !isNegated }
        guard foldsCase else { return isNegated }
        let lower = Self.lowercase(scalar)
        let upper = Self.uppercase(scalar)
        // The last two find letters that share a case with others, such as the Kelvin sign with k.
        let isFolded = [lower, upper, Self.uppercase(lower), Self.lowercase(upper)].contains { holds($0) }
        return isFolded != isNegated
    }

    /// The lower case of a scalar where that is one scalar, else itself.
    private static func lowercase(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        if scalar.isASCII { return ("A"..."Z").contains(scalar) ? Unicode.Scalar(UInt8(scalar.value) + 32) : scalar }
        let mapping = scalar.properties.lowercaseMapping.unicodeScalars
        return mapping.count == 1 ? mapping.first ?? scalar : scalar
    }

    private static func uppercase(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        if scalar.isASCII { return ("a"..."z").contains(scalar) ? Unicode.Scalar(UInt8(scalar.value) - 32) : scalar }
        let mapping = scalar.properties.uppercaseMapping.unicodeScalars
        return mapping.count == 1 ? mapping.first ?? scalar : scalar
    }

    private func holds(_ scalar: Unicode.Scalar) -> Bool {
        if ranges.contains(where: { $0.contains(scalar.value) }) { return true }
        guard !categories.isEmpty || otherThan != nil else { return false }
        let category = CategorySet(scalar.properties.generalCategory)
        return categories.contains(category) || otherThan.map { !$0.contains(category) } == true
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
