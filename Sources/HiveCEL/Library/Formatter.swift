/// The function `format` on texts.
enum Formatter {
    private static let largestPrecision = 1000

    static func format(
        _ template: String, _ values: [Value], _ meter: inout Meter
    ) throws(EvaluationError) -> String {
        let scalars = Array(template.unicodeScalars)
        var output = ""
        var index = 0
        var next = 0
        while index < scalars.count {
            let scalar = scalars[index]
            index += 1
            guard scalar == "%" else {
                output.unicodeScalars.append(scalar)
                continue
            }
            if index < scalars.count, scalars[index] == "%" {
                output += "%"
                index += 1
                continue
            }
            let precision = try precision(scalars, &index)
            guard index < scalars.count else { throw EvaluationError(.invalidArgument, "the format ends after `%`") }
            let clause = scalars[index]
            index += 1
            guard "sdfexXob".unicodeScalars.contains(clause) else {
                throw EvaluationError(.invalidArgument, "there is no format `%\(clause)`")
            }
            guard next < values.count else {
                throw EvaluationError(
                    .invalidArgument, "the format has more clauses than the \(values.count) values given")
            }
            let part = try text(of: values[next], clause, precision, &meter)
            try meter.spend(through: 16 + part.utf8.count)
            output += part
            next += 1
        }
        return output
    }

    private static func precision(
        _ scalars: [Unicode.Scalar], _ index: inout Int
    ) throws(EvaluationError) -> Int? {
        guard index < scalars.count, scalars[index] == "." else { return nil }
        index += 1
        var number = 0
        var count = 0
        while index < scalars.count, ("0"..."9").contains(scalars[index]) {
            number = min(largestPrecision + 1, number * 10 + Int(scalars[index].value) - 48)
            count += 1
            index += 1
        }
        guard count > 0, number <= largestPrecision else {
            throw EvaluationError(.invalidArgument, "a precision must be a number up to \(largestPrecision)")
        }
        return number
    }

    private static func text(
        of value: Value, _ clause: Unicode.Scalar, _ precision: Int?, _ meter: inout Meter
    ) throws(EvaluationError) -> String {
        switch clause {
        case "s": return try string(value, &meter)
        case "d": return try decimal(value)
        case "f": return try number(value, clause).fixed(precision ?? 6)
        case "e": return try number(value, clause).scientific(precision ?? 6)
        case "x": return try hexadecimal(value)
        case "X": return try hexadecimal(value).uppercased()
        case "o": return try radix(value, 8, clause)
        default:
            if case .bool(let truth) = value { return truth ? "1" : "0" }
            return try radix(value, 2, clause)
        }
    }

    private static func refusal(_ value: Value, _ clause: Unicode.Scalar, _ wanted: String) -> EvaluationError {
        EvaluationError(.invalidArgument, "`%\(clause)` formats \(wanted), not \(value.typeName)")
    }

    private static func decimal(_ value: Value) throws(EvaluationError) -> String {
        switch value {
        case .int(let number): return String(number)
        case .uint(let number): return String(number)
        case .double(let number): return double(number)
        default: throw refusal(value, "d", "numbers")
        }
    }

    private static func double(_ number: Double) -> String {
        number.isFinite ? ShortestDigits(number).plain : special(number)
    }

    private static func special(_ number: Double) -> String {
        number.isNaN ? "NaN" : number < 0 ? "-Infinity" : "Infinity"
    }

    /// What `%f` and `%e` write.
    private enum Number {
        case finite(DecimalExpansion)
        case special(String)

        func fixed(_ precision: Int) -> String {
            switch self {
            case .finite(let digits): digits.fixed(precision)
            case .special(let text): text
            }
        }

        func scientific(_ precision: Int) -> String {
            switch self {
            case .finite(let digits): digits.scientific(precision)
            case .special(let text): text
            }
        }
    }

    private static func number(_ value: Value, _ clause: Unicode.Scalar) throws(EvaluationError) -> Number {
        switch value {
        case .int(let number): return .finite(DecimalExpansion(Double(number)))
        case .uint(let number): return .finite(DecimalExpansion(Double(number)))
        case .double(let number):
            return number.isFinite ? .finite(DecimalExpansion(number)) : .special(special(number))
        default: throw refusal(value, clause, "numbers")
        }
    }

    private static func radix(_ value: Value, _ radix: Int, _ clause: Unicode.Scalar) throws(EvaluationError) -> String
    {
        switch value {
        case .int(let number): return String(number, radix: radix)
        case .uint(let number): return String(number, radix: radix)
        default: throw refusal(value, clause, radix == 2 ? "integers and bools" : "integers")
        }
    }

    private static func hexadecimal(_ value: Value) throws(EvaluationError) -> String {
        switch value {
        case .string(let text): return hexadecimal(Array(text.utf8))
        case .bytes(let bytes): return hexadecimal(bytes)
        case .int(let number): return String(number, radix: 16)
        case .uint(let number): return String(number, radix: 16)
        default: throw refusal(value, "x", "integers, texts and bytes")
        }
    }

    private static func hexadecimal(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// What `%s` writes.
    private static func string(_ value: Value, _ meter: inout Meter) throws(EvaluationError) -> String {
        try meter.spend(1 + value.weight >> 4)
        switch value {
        case .null: return "null"
        case .double(let number): return double(number)
        case .type(let name): return name
        case .bytes(let bytes): return text(of: bytes)
        case .list(let values):
            var parts: [String] = []
            for value in values { parts.append(try string(value, &meter)) }
            return "[" + parts.joined(separator: ", ") + "]"
        case .map(let map):
            var parts: [(key: String, value: String)] = []
            for entry in map.entries {
                parts.append((try string(entry.key, &meter), try string(entry.value, &meter)))
            }
            parts.sort { Text.order($0.key, $1.key) == .less }
            return "{" + parts.map { "\($0.key): \($0.value)" }.joined(separator: ", ") + "}"
        case .object(let object):
            guard let text = object.text else { throw refusal(value, "s", "values that have a text") }
            return text
        default: return try Conversion.string(value)
        }
    }

    /// Bytes as text, with one replacement character for each run of bytes that are none.
    private static func text(of bytes: [UInt8]) -> String {
        var output = String.UnicodeScalarView()
        var codec = UTF8()
        var iterator = bytes.makeIterator()
        var isReplacing = false
        while true {
            switch codec.decode(&iterator) {
            case .scalarValue(let scalar):
                output.append(scalar)
                isReplacing = false
            case .error:
                if !isReplacing { output.append("\u{FFFD}") }
                isReplacing = true
            case .emptyInput: return String(output)
            }
        }
    }
}
