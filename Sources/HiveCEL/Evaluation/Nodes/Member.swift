/// What fields and elements of values are.
enum Member {
    enum Element {
        case found(Value)
        case missing(EvaluationError)

        var value: Value? {
            if case .found(let value) = self { return value }
            return nil
        }
    }

    /// An optional value with a value inside; one that is optional already stays as it is.
    static func wrapped(_ value: Value) -> Value { value.optional == nil ? .optional(value) : value }

    /// Nil where a map or an object has no such field.
    static func find(_ field: String, in operand: Value, isChained: Bool) throws(EvaluationError) -> Value? {
        switch operand {
        case .map(let map): return map[field]
        case .object(let object): return object.member(field)
        default:
            throw EvaluationError(
                isChained ? .noSuchKey : .noSuchOverload,
                "a value of type \(operand.typeName) has no field `\(field)`")
        }
    }

    static func missing(_ field: String, in operand: Value) -> EvaluationError {
        if case .object(let object) = operand {
            return EvaluationError(.noSuchField, "`\(object.typeName)` has no `\(field)` here")
        }
        return EvaluationError(.noSuchKey, "there is no key `\(field)`")
    }

    static func element(of collection: Value, at key: Value) throws(EvaluationError) -> Element {
        switch collection {
        case .map(let map):
            if let value = map[key] { return .found(value) }
            if case .null = key { throw EvaluationError(.unsupportedKeyType, "null is never a key") }
            return .missing(EvaluationError(.noSuchKey, "there is no key `\(JSONText.render(key))`"))
        case .list(let values):
            let index: Int64? =
                switch key {
                case .int(let index): index
                case .uint(let index): Int64(exactly: index) ?? .max
                case .double(let index): Int64(exactly: index)
                default: throw EvaluationError(.invalidArgument, "a list has no element `\(JSONText.render(key))`")
                }
            guard let index else { throw EvaluationError(.invalidArgument, "an index must be a whole number") }
            guard index >= 0, index < values.count else {
                let error = EvaluationError(
                    .indexOutOfRange, "the index \(index) is out of range; the list has \(values.count) elements")
                return .missing(error)
            }
            return .found(values[Int(index)])
        default: throw FunctionDeclaration.mismatch("[]", [collection, key])
        }
    }
}
