/// The operators on numbers, texts, lists and times. Overflow is an error, never a trap and never a wrong number.
enum Arithmetic {
    static func add(_ left: Value, _ right: Value) throws(EvaluationError) -> Value {
        switch (left, right) {
        case (.int(let left), .int(let right)): .int(try whole(left.addingReportingOverflow(right)))
        case (.uint(let left), .uint(let right)): .uint(try whole(left.addingReportingOverflow(right)))
        case (.double(let left), .double(let right)): .double(left + right)
        case (.string(let left), .string(let right)): .string(left + right)
        case (.bytes(let left), .bytes(let right)): .bytes(left + right)
        case (.list(let left), .list(let right)): .list(left + right)
        case (.object, .object):
            if let moment = left.timestamp, let length = right.duration {
                try timestamp(moment.advanced(by: length))
            } else if let length = left.duration, let moment = right.timestamp {
                try timestamp(moment.advanced(by: length))
            } else {
                try durations("+", left, right) { $0.addingReportingOverflow($1) }
            }
        default: throw FunctionDeclaration.mismatch("+", [left, right])
        }
    }

    static func subtract(_ left: Value, _ right: Value) throws(EvaluationError) -> Value {
        switch (left, right) {
        case (.int(let left), .int(let right)): .int(try whole(left.subtractingReportingOverflow(right)))
        case (.uint(let left), .uint(let right)): .uint(try whole(left.subtractingReportingOverflow(right)))
        case (.double(let left), .double(let right)): .double(left - right)
        case (.object, .object):
            if let moment = left.timestamp, let other = right.timestamp {
                try duration(moment.duration(since: other))
            } else if let moment = left.timestamp, let length = right.duration {
                // The least number has no opposite; no timestamp can be moved as far anyway.
                try timestamp(
                    length.nanoseconds == .min
                        ? nil : moment.advanced(by: Duration64(nanoseconds: -length.nanoseconds)))
            } else {
                try durations("-", left, right) { $0.subtractingReportingOverflow($1) }
            }
        default: throw FunctionDeclaration.mismatch("-", [left, right])
        }
    }

    static func multiply(_ left: Value, _ right: Value) throws(EvaluationError) -> Value {
        switch (left, right) {
        case (.int(let left), .int(let right)): .int(try whole(left.multipliedReportingOverflow(by: right)))
        case (.uint(let left), .uint(let right)): .uint(try whole(left.multipliedReportingOverflow(by: right)))
        case (.double(let left), .double(let right)): .double(left * right)
        default: throw FunctionDeclaration.mismatch("*", [left, right])
        }
    }

    static func divide(_ left: Value, _ right: Value) throws(EvaluationError) -> Value {
        switch (left, right) {
        case (.int, .int(0)), (.uint, .uint(0)): throw EvaluationError(.divideByZero, "division by zero")
        case (.int(let left), .int(let right)): .int(try whole(left.dividedReportingOverflow(by: right)))
        case (.uint(let left), .uint(let right)): .uint(left / right)
        case (.double(let left), .double(let right)): .double(left / right)
        default: throw FunctionDeclaration.mismatch("/", [left, right])
        }
    }

    static func remainder(_ left: Value, _ right: Value) throws(EvaluationError) -> Value {
        switch (left, right) {
        case (.int, .int(0)), (.uint, .uint(0)): throw EvaluationError(.divideByZero, "modulus by zero")
        case (.int(let left), .int(let right)): .int(try whole(left.remainderReportingOverflow(dividingBy: right)))
        case (.uint(let left), .uint(let right)): .uint(left % right)
        default: throw FunctionDeclaration.mismatch("%", [left, right])
        }
    }

    static func negate(_ value: Value) throws(EvaluationError) -> Value {
        switch value {
        case .int(let value): .int(try whole(Int64(0).subtractingReportingOverflow(value)))
        case .double(let value): .double(-value)
        default: throw FunctionDeclaration.mismatch("-", [value])
        }
    }

    private static func whole<Number>(
        _ outcome: (partialValue: Number, overflow: Bool)
    ) throws(EvaluationError) -> Number {
        guard !outcome.overflow else { throw EvaluationError(.overflow, "the result does not fit into 64 bits") }
        return outcome.partialValue
    }

    private static func durations(
        _ name: String, _ left: Value, _ right: Value, _ body: (Int64, Int64) -> (partialValue: Int64, overflow: Bool)
    ) throws(EvaluationError) -> Value {
        guard let first = left.duration, let second = right.duration else {
            throw FunctionDeclaration.mismatch(name, [left, right])
        }
        let (sum, overflow) = body(first.nanoseconds, second.nanoseconds)
        return try duration(overflow ? nil : Duration64(nanoseconds: sum))
    }

    private static func duration(_ duration: Duration64?) throws(EvaluationError) -> Value {
        guard let duration else { throw EvaluationError(.overflow, "the duration is out of range") }
        return .duration(duration)
    }

    private static func timestamp(_ timestamp: Timestamp?) throws(EvaluationError) -> Value {
        guard let timestamp else { throw EvaluationError(.overflow, "the timestamp is out of range") }
        return .timestamp(timestamp)
    }

    /// The order of two values; throws where they have none.
    static func order(_ name: String, _ left: Value, _ right: Value) throws(EvaluationError) -> Ordering {
        switch (left, right) {
        case (.bool(let left), .bool(let right)): return Ordering(left ? 1 : 0, right ? 1 : 0)
        case (.string(let left), .string(let right)): return Text.order(left, right)
        case (.bytes(let left), .bytes(let right)):
            return left == right ? .equal : left.lexicographicallyPrecedes(right) ? .less : .greater
        case (.object(let first), .object(let second)):
            guard let isLess = first.isLess(than: second) else { break }
            return isLess ? .less : first.isEqual(to: second) ? .equal : .greater
        default:
            if let numbers = left.compareNumbers(with: right) { return numbers }
        }
        throw FunctionDeclaration.mismatch(name, [left, right])
    }
}
