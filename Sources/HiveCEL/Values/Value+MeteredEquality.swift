extension Value {
    /// The same as ``equals(_:)``, paid for: lists may hold one list many times over, and so be far larger than the
    /// memory that they take.
    func equals(_ other: Value, _ meter: inout Meter) throws(EvaluationError) -> Bool {
        try meter.spend(1 + min(weight, other.weight) >> 4)
        switch (self, other) {
        case (.list(let left), .list(let right)):
            guard left.count == right.count else { return false }
            for index in left.indices where try !left[index].equals(right[index], &meter) { return false }
            return true
        case (.map(let left), .map(let right)):
            guard left.count == right.count else { return false }
            for entry in left.entries {
                guard let value = right[entry.key], try entry.value.equals(value, &meter) else { return false }
            }
            return true
        case (.object, .object):
            guard let left = optional, let right = other.optional else { return equals(other) }
            guard let inner = left.value, let value = right.value else {
                return left.value == nil && right.value == nil
            }
            return try inner.equals(value, &meter)
        default: return equals(other)
        }
    }

    /// Whether a list holds it.
    func isElement(of values: [Value], _ meter: inout Meter) throws(EvaluationError) -> Bool {
        for value in values where try value.equals(self, &meter) { return true }
        return false
    }
}
