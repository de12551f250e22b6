/// The operators on numbers, texts and lists. Overflow is an error, never a trap and never a wrong number.
enum Arithmetic {
    static func apply(_ name: String, _ left: Value, _ right: Value) throws(EvaluationError) -> Value {
        switch (left, right) {
        case (.int(let left), .int(let right)): .int(try integer(name, left, right))
        case (.uint(let left), .uint(let right)): .uint(try integer(name, left, right))
        case (.double(let left), .double(let right)): try floating(name, left, right)
        case (.string(let left), .string(let right)) where name == "_+_": .string(left + right)
        case (.bytes(let left), .bytes(let right)) where name == "_+_": .bytes(left + right)
        case (.list(let left), .list(let right)) where name == "_+_": .list(left + right)
        default: throw FunctionDeclaration.mismatch(name, [left, right])
        }
    }

    private static func integer<Number: FixedWidthInteger>(
        _ name: String, _ left: Number, _ right: Number
    ) throws(EvaluationError) -> Number {
        let outcome: (partialValue: Number, overflow: Bool)
        switch name {
        case "_+_": outcome = left.addingReportingOverflow(right)
        case "_-_": outcome = left.subtractingReportingOverflow(right)
        case "_*_": outcome = left.multipliedReportingOverflow(by: right)
        case "_/_", "_%_":
            guard right != 0 else {
                throw EvaluationError(.divideByZero, name == "_/_" ? "division by zero" : "modulus by zero")
            }
            outcome =
                name == "_/_" ? left.dividedReportingOverflow(by: right) : left.remainderReportingOverflow(dividingBy: right)
        default: throw EvaluationError(.noSuchOverload, "`\(name)` is no operator on integers")
        }
        guard !outcome.overflow else { throw EvaluationError(.overflow, "the result does not fit into 64 bits") }
        return outcome.partialValue
    }

    private static func floating(_ name: String, _ left: Double, _ right: Double) throws(EvaluationError) -> Value {
        switch name {
        case "_+_": .double(left + right)
        case "_-_": .double(left - right)
        case "_*_": .double(left * right)
        case "_/_": .double(left / right)
        default: throw FunctionDeclaration.mismatch(name, [.double(left), .double(right)])
        }
    }

    static func negate(_ value: Value) throws(EvaluationError) -> Value {
        switch value {
        case .int(let value):
            guard value != .min else { throw EvaluationError(.overflow, "the result does not fit into 64 bits") }
            return .int(-value)
        case .double(let value): return .double(-value)
        default: throw FunctionDeclaration.mismatch("-_", [value])
        }
    }

    static func compare(_ name: String, _ left: Value, _ right: Value) throws(EvaluationError) -> Value {
        let ordering: Ordering
        switch (left, right) {
        case (.bool(let left), .bool(let right)): ordering = Ordering(left ? 1 : 0, right ? 1 : 0)
        case (.string(let left), .string(let right)): ordering = bytewise(left.utf8, right.utf8)
        case (.bytes(let left), .bytes(let right)): ordering = bytewise(left, right)
        default:
            guard let numbers = left.compareNumbers(with: right) else {
                throw FunctionDeclaration.mismatch(name, [left, right])
            }
            ordering = numbers
        }
        return switch name {
        case "_<_": .bool(ordering == .less)
        case "_<=_": .bool(ordering == .less || ordering == .equal)
        case "_>_": .bool(ordering == .greater)
        default: .bool(ordering == .greater || ordering == .equal)
        }
    }

    private static func bytewise(_ left: some Collection<UInt8>, _ right: some Collection<UInt8>) -> Ordering {
        left.elementsEqual(right) ? .equal : left.lexicographicallyPrecedes(right) ? .less : .greater
    }
}
