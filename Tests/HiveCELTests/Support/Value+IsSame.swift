import HiveCEL

extension Value {
    /// Equal and of the same type; any not-a-number is as good as another.
    func isSame(as other: Value) -> Bool {
        switch (self, other) {
        case (.double(let left), .double(let right)):
            return left.isNaN ? right.isNaN : left == right && left.sign == right.sign
        case (.list(let left), .list(let right)):
            return left.count == right.count && zip(left, right).allSatisfy { $0.isSame(as: $1) }
        case (.map(let left), .map(let right)):
            return left.count == right.count
                && left.entries.allSatisfy { entry in
                    right.entries.contains { $0.key.isSame(as: entry.key) && $0.value.isSame(as: entry.value) }
                }
        default: return typeName == other.typeName && equals(other)
        }
    }
}
