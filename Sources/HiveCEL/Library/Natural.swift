/// A natural number of any size.
struct Natural {
    /// Groups of nine decimal digits, the lowest first.
    private var groups: [UInt32]
    private static let base: UInt64 = 1_000_000_000

    init(_ number: UInt64) {
        groups = []
        var rest = number
        while rest > 0 {
            groups.append(UInt32(rest % Self.base))
            rest /= Self.base
        }
    }

    mutating func multiply(by factor: UInt64) {
        var carry: UInt64 = 0
        for index in groups.indices {
            let product = UInt64(groups[index]) * factor + carry
            groups[index] = UInt32(product % Self.base)
            carry = product / Self.base
        }
        if carry > 0 { groups.append(UInt32(carry)) }
    }

    var decimalDigits: [UInt8] {
        var text = String(groups.last ?? 0)
        for group in groups.dropLast().reversed() { text += TimestampText.pad(Int64(group), 9) }
        return text.utf8.map { $0 - 48 }
    }
}
