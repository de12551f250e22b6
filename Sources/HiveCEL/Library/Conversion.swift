/// Turning values of one type into another.
enum Conversion {
    static func integer<Number: FixedWidthInteger>(
        _ value: Value, as type: Number.Type
    ) throws(EvaluationError) -> Number {
        let result: Number?
        switch value {
        case .int(let number): result = Number(exactly: number)
        case .uint(let number): result = Number(exactly: number)
        case .double(let number): result = Number(exactly: number.rounded(.towardZero))
        case .string(let text):
            guard let number = Number(text), !text.hasPrefix("+") else {
                throw EvaluationError(.invalidArgument, "`\(text)` is no integer")
            }
            result = number
        default: throw FunctionDeclaration.mismatch("int", [value])
        }
        guard let result else { throw EvaluationError(.overflow, "the number does not fit into the type") }
        return result
    }

    static func double(_ value: Value) throws(EvaluationError) -> Double {
        switch value {
        case .int(let number): return Double(number)
        case .uint(let number): return Double(number)
        case .double(let number): return number
        case .string(let text):
            guard let number = Double(text) else { throw EvaluationError(.invalidArgument, "`\(text)` is no number") }
            return number
        default: throw FunctionDeclaration.mismatch("double", [value])
        }
    }

    static func bool(_ value: Value) throws(EvaluationError) -> Bool {
        switch value {
        case .bool(let value): return value
        case .string("true"), .string("True"), .string("TRUE"), .string("t"), .string("1"): return true
        case .string("false"), .string("False"), .string("FALSE"), .string("f"), .string("0"): return false
        default: throw FunctionDeclaration.mismatch("bool", [value])
        }
    }

    static func string(_ value: Value) throws(EvaluationError) -> String {
        switch value {
        case .string(let text): return text
        case .bool(let value): return value ? "true" : "false"
        case .int(let number): return String(number)
        case .uint(let number): return String(number)
        case .double(let number): return text(of: number)
        case .bytes(let bytes):
            guard let text = String(validating: bytes, as: UTF8.self) else {
                throw EvaluationError(.invalidArgument, "the bytes are not valid UTF-8")
            }
            return text
        default: throw FunctionDeclaration.mismatch("string", [value])
        }
    }

    private static func text(of number: Double) -> String {
        if number.isNaN { return "NaN" }
        if number.isInfinite { return number < 0 ? "-Infinity" : "+Infinity" }
        let text = "\(number)"
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
}
