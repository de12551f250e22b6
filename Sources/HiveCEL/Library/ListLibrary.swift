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
            .unary { v throws(EvaluationError) in
                guard case .int(let count) = v else { throw FunctionDeclaration.mismatch("lists.range", [v]) }
                guard count <= longestRange else {
                    throw EvaluationError(.invalidArgument, "`lists.range` makes at most \(longestRange) elements")
                }
                return .list((0..<max(0, count)).map(Value.int))
            }),
        unary("distinct", list) { distinct($0) },
        unary("first", .optional(anything)) { .optional($0.first) },
        unary("last", .optional(anything)) { .optional($0.last) },
        FunctionDeclaration(
            "sort", isMember: true, [Signature([list], list)],
            .unary { v throws(EvaluationError) in
                guard case .list(let values) = v else { throw FunctionDeclaration.mismatch("sort", [v]) }
                return .list(try sorted(values.map { ($0, $0) }).map(\.element))
            }),
        FunctionDeclaration(
            "slice", isMember: true, [Signature([list, .int, .int], list)],
            .variadic { a throws(EvaluationError) in try slice(a) }),
        FunctionDeclaration(
            "flatten", isMember: true, [Signature([list], .list(.dyn)), Signature([list, .int], .list(.dyn))],
            .variadic { a throws(EvaluationError) in
                guard case .list(let values) = a[0] else { throw FunctionDeclaration.mismatch("flatten", a) }
                guard a.count > 1 else { return .list(flattened(values, depth: 1)) }
                guard case .int(let depth) = a[1] else { throw FunctionDeclaration.mismatch("flatten", a) }
                guard depth >= 0 else { throw EvaluationError(.invalidArgument, "`flatten` to a negative depth") }
                return .list(flattened(values, depth: depth))
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

    private static func distinct(_ values: [Value]) -> Value {
        var result: [Value] = []
        var keys = ValueMap()
        for value in values {
            // What may be a key is found by hash, the rest by comparison.
            if ValueMap.mayBeKey(value) {
                if keys.insert(.null, for: value) { result.append(value) }
            } else if !result.contains(where: { $0.equals(value) }) {
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

    private static func flattened(_ values: [Value], depth: Int64) -> [Value] {
        guard depth > 0 else { return values }
        return values.flatMap { value in
            guard case .list(let inner) = value else { return [value] }
            return flattened(inner, depth: depth - 1)
        }
    }

    /// Sorts by keys that can be compared with each other; equal ones stay in their order.
    static func sorted(
        _ pairs: [(key: Value, element: Value)]
    ) throws(EvaluationError) -> [(key: Value, element: Value)] {
        guard let first = pairs.first?.key else { return [] }
        for pair in pairs {
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
        relation("sets.contains") { left, right in right.allSatisfy { contains(left, $0) } },
        relation("sets.equivalent") { left, right in
            right.allSatisfy { contains(left, $0) } && left.allSatisfy { contains(right, $0) }
        },
        relation("sets.intersects") { left, right in right.contains { contains(left, $0) } },
    ]

    private static func contains(_ values: [Value], _ value: Value) -> Bool { values.contains { $0.equals(value) } }

    private static func relation(
        _ name: String, _ body: @escaping @Sendable ([Value], [Value]) -> Bool
    ) -> FunctionDeclaration {
        FunctionDeclaration(
            name, [Signature([list, list], .bool)],
            .binary { a, b throws(EvaluationError) in
                guard case .list(let left) = a, case .list(let right) = b else {
                    throw FunctionDeclaration.mismatch(name, [a, b])
                }
                guard left.count <= 10_000_000 / max(1, right.count) else {
                    throw EvaluationError(.budgetExceeded, "the lists are too long to be compared as sets")
                }
                return .bool(body(left, right))
            })
    }
}
