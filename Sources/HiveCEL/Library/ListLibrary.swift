/// The extensions `lists` and `sets`.
enum ListLibrary {
    typealias Signature = FunctionDeclaration.Signature

    private static let anything = CELType.parameter("A")
    private static let list = CELType.list(anything)

    static let functions: [FunctionDeclaration] = lists + sets

    /// The longest list that `lists.range` makes.
    private static let longestRange: Int64 = 100_000

    private static let lists: [FunctionDeclaration] = [
        FunctionDeclaration(
            "lists.range", [Signature([.int], .list(.int))],
            .metered { a, meter throws(EvaluationError) in
                guard case .int(let count) = a[0] else { throw FunctionDeclaration.mismatch("lists.range", a) }
                guard count <= longestRange else {
                    throw EvaluationError(.invalidArgument, "`lists.range` makes at most \(longestRange) elements")
                }
                try meter.spend(through: max(0, Int(count)))
                return .list((0..<max(0, count)).map(Value.int))
            }),
        FunctionDeclaration(
            "distinct", isMember: true, [Signature([list], list)],
            .metered { a, meter throws(EvaluationError) in
                guard case .list(let values) = a[0] else { throw FunctionDeclaration.mismatch("distinct", a) }
                return try distinct(values, &meter)
            }),
        unary("first", .optional(anything)) { .optional($0.first) },
        unary("last", .optional(anything)) { .optional($0.last) },
        FunctionDeclaration(
            "sort", isMember: true, [Signature([list], list)],
            .metered { a, meter throws(EvaluationError) in
                guard case .list(let values) = a[0] else { throw FunctionDeclaration.mismatch("sort", a) }
                return .list(try sorted(values.map { ($0, $0) }, &meter).map(\.element))
            }),
        FunctionDeclaration(
            "slice", isMember: true, [Signature([list, .int, .int], list)],
            .variadic { a throws(EvaluationError) in try slice(a) }),
        FunctionDeclaration(
            "flatten", isMember: true, [Signature([list], .list(.dyn)), Signature([list, .int], .list(.dyn))],
            .metered { a, meter throws(EvaluationError) in
                guard case .list(let values) = a[0] else { throw FunctionDeclaration.mismatch("flatten", a) }
                var depth: Int64 = 1
                if a.count > 1 {
                    guard case .int(let number) = a[1] else { throw FunctionDeclaration.mismatch("flatten", a) }
                    depth = number
                }
                guard depth >= 0 else { throw EvaluationError(.invalidArgument, "`flatten` to a negative depth") }
                var output: [Value] = []
                try flatten(values, depth: depth, into: &output, &meter)
                return .list(output)
            }),
    ]

    private static func unary(
        _ name: String, _ result: CELType, _ body: @escaping @Sendable ([Value]) -> Value
    ) -> FunctionDeclaration {
        FunctionDeclaration(
            name, isMember: true, [Signature([list], result)],
            .unary { v throws(EvaluationError) in
                guard case .list(let values) = v else { throw FunctionDeclaration.mismatch(name, [v]) }
                return body(values)
            })
    }

    private static func distinct(_ values: [Value], _ meter: inout Meter) throws(EvaluationError) -> Value {
        var result: [Value] = []
        var keys = ValueMap()
        for value in values {
            // What may be a key is found by hash, the rest by comparison.
            if ValueMap.mayBeKey(value) {
                if keys.insert(.null, for: value) { result.append(value) }
            } else if try !value.isElement(of: result, &meter) {
                result.append(value)
            }
        }
        return .list(result)
    }

    private static func slice(_ arguments: [Value]) throws(EvaluationError) -> Value {
        guard case .list(let values) = arguments[0], case .int(let start) = arguments[1],
            case .int(let end) = arguments[2]
        else { throw FunctionDeclaration.mismatch("slice", arguments) }
        guard start >= 0, start <= end, end <= values.count else {
            throw EvaluationError(
                .indexOutOfRange, "the slice from \(start) to \(end) is not within the \(values.count) elements")
        }
        return .list(Array(values[Int(start)..<Int(end)]))
    }

    private static func flatten(
        _ values: [Value], depth: Int64, into output: inout [Value], _ meter: inout Meter
    ) throws(EvaluationError) {
        try meter.spend(through: 16 + values.count)
        for value in values {
            if depth > 0, case .list(let inner) = value {
                try flatten(inner, depth: depth - 1, into: &output, &meter)
            } else {
                output.append(value)
            }
        }
    }

    /// Sorts by keys that can be compared with each other; equal ones stay in their order.
    static func sorted(
        _ pairs: [(key: Value, element: Value)], _ meter: inout Meter
    ) throws(EvaluationError) -> [(key: Value, element: Value)] {
        guard let first = pairs.first?.key else { return [] }
        let rounds = Int.bitWidth - pairs.count.leadingZeroBitCount
        for pair in pairs {
            try meter.spend(through: rounds * (4 + pair.key.weight))
            guard pair.key.typeName == first.typeName else {
                throw EvaluationError(
                    .invalidArgument,
                    "to be sorted, elements need keys of one type, not \(first.typeName) and \(pair.key.typeName)")
            }
            _ = try Arithmetic.order("sort", first, pair.key)
        }
        var failure: EvaluationError?
        let order = pairs.indices.sorted { left, right in
            do throws(EvaluationError) {
                let ordering = try Arithmetic.order("sort", pairs[left].key, pairs[right].key)
                return ordering == .less || (ordering != .greater && left < right)
            } catch {
                failure = error
                return left < right
            }
        }
        if let failure { throw failure }
        return order.map { pairs[$0] }
    }

    // MARK: Sets

    private static let sets: [FunctionDeclaration] = [
        relation("sets.contains") { left, right, meter throws(EvaluationError) in
            try contains(left, right, &meter)
        },
        relation("sets.equivalent") { left, right, meter throws(EvaluationError) in
            guard try contains(left, right, &meter) else { return false }
            return try contains(right, left, &meter)
        },
        relation("sets.intersects") { left, right, meter throws(EvaluationError) in
            for value in right where try value.isElement(of: left, &meter) { return true }
            return false
        },
    ]

    /// Whether every one of the others is among the values.
    private static func contains(
        _ values: [Value], _ others: [Value], _ meter: inout Meter
    ) throws(EvaluationError) -> Bool {
        for other in others where try !other.isElement(of: values, &meter) { return false }
        return true
    }

    private static func relation(
        _ name: String, _ body: @escaping @Sendable ([Value], [Value], inout Meter) throws(EvaluationError) -> Bool
    ) -> FunctionDeclaration {
        FunctionDeclaration(
            name, [Signature([list, list], .bool)],
            .metered { a, meter throws(EvaluationError) in
                guard case .list(let left) = a[0], case .list(let right) = a[1] else {
                    throw FunctionDeclaration.mismatch(name, a)
                }
                return .bool(try body(left, right, &meter))
            })
    }
}
