/// How two values stand to each other.
enum Ordering {
    case less
    case equal
    case greater
    /// One of them is not a number.
    case unordered

    init<Number: Comparable>(_ left: Number, _ right: Number) {
        self = left < right ? .less : left == right ? .equal : .greater
    }

    init(floating left: Double, _ right: Double) {
        self = left.isNaN || right.isNaN ? .unordered : Ordering(left, right)
    }

    /// Compares in floating point, as the language demands, although not every integer has such a form.
    init<Integer: FixedWidthInteger>(_ left: Double, integer right: Integer) {
        self.init(floating: left, Double(right))
    }

    var reversed: Ordering {
        switch self {
        case .less: .greater
        case .greater: .less
        case .equal, .unordered: self
        }
    }
}
