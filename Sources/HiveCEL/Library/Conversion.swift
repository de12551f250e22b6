/// Turning values of one type into another.
enum Conversion {
    static func integer<Number: FixedWidthInteger>(
        _ value: Value, as type: Number.Type
    ) throws(EvaluationError) -> Number {
        let name = Number.isSigned ? "int" : "uint"
        let result: Number?
        switch value {
        case .int(let number): result = Number(exactly: number)
        case .uint(let number): result = Number(exactly: number)
        case .double(let number): result = whole(number)
        case .string(let text):
            let sign = text.utf8.first
            let isSigned = Number.isSigned && (sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+"))
            let digits = isSigned ? text.utf8.dropFirst() : text.utf8[...]
            guard !digits.isEmpty, digits.allSatisfy({ (48...57).contains($0) }) else {
                throw EvaluationError(.typeConversion, "`\(text)` is no \(name)")
            }
            result = Number(text)
        default: throw FunctionDeclaration.mismatch(name, [value])
        }
        guard let result else { throw EvaluationError(.overflow, "the number is out of range of \(name)") }
        return result
    }

    /// Rounds towards zero. The bounds themselves are refused: what lies beyond them is rounded to the same double.
    private static func whole<Number: FixedWidthInteger>(_ number: Double) -> Number? {
        guard Number.isSigned ? number > Double(Number.min) : number >= 0 else { return nil }
        return Number(exactly: number.rounded(.towardZero))
    }

    static func double(_ value: Value) throws(EvaluationError) -> Double {
        switch value {
        case .int(let number): return Double(number)
        case .uint(let number): return Double(number)
        case .double(let number): return number
        case .string(let text):
            guard let number = Double(text) else { throw EvaluationError(.typeConversion, "`\(text)` is no double") }
            return number
        default: throw FunctionDeclaration.mismatch("double", [value])
        }
    }

    static func bool(_ value: Value) throws(EvaluationError) -> Bool {
        switch value {
        case .bool(let value): return value
        case .string("true"), .string("True"), .string("TRUE"), .string("t"), .string("1"): return true
        case .string("false"), .string("False"), .string("FALSE"), .string("f"), .string("0"): return false
        case .string(let text): throw EvaluationError(.typeConversion, "`\(text)` is neither true nor false")
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
                throw EvaluationError(.typeConversion, "the bytes are not valid UTF-8")
            }
            return text
        case .object(let object):
            if let text = object.text { return text }
        default: break
        }
        throw FunctionDeclaration.mismatch("string", [value])
    }

    /// The shortest digits that denote the number, with an exponent where the number is large or small.
    static func text(of number: Double) -> String {
        if number.isNaN { return "NaN" }
        if number.isInfinite { return number < 0 ? "-Infinity" : "+Infinity" }
        return ShortestDigits(number).general
    }
}
