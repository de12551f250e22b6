import HiveCEL

/// An expression as a text of brackets that shows all of it but ids and positions.
enum Shape {
    static func text(_ expression: Expression) -> String {
        switch expression.form {
        case .literal(let value): literal(value)
        case .identifier(let name): "name<\(name)>"
        case .select(let operand, let field): "(select \(text(operand)) \(field))"
        case .optionalSelect(let operand, let field): "(optional-select \(text(operand)) \(field))"
        case .presence(let operand, let field): "(has \(text(operand)) \(field))"
        case .call(let function, let target, let arguments):
            "(call \(function) \(target.map(text) ?? "-") \(list(arguments)))"
        case .list(let elements):
            "[" + elements.map { ($0.isOptional ? "?" : "") + text($0.expression) }.joined(separator: " ") + "]"
        case .map(let entries):
            "{"
                + entries.map { ($0.isOptional ? "?" : "") + text($0.key) + ":" + text($0.value) }.joined(
                    separator: " ")
                + "}"
        case .comprehension(let macro):
            "(\(macro.kind.rawValue) \(text(macro.range)) \(macro.variables) \(macro.predicate.map(text) ?? "-") "
                + "\(macro.transform.map(text) ?? "-"))"
        case .binding(let binding):
            "(\(binding.kind.rawValue) \(binding.variable) \(text(binding.value)) \(text(binding.body)))"
        case .block(let parts, let result): "(block \(list(parts)) \(text(result)))"
        }
    }

    private static func list(_ expressions: [Expression]) -> String { expressions.map(text).joined(separator: " ") }

    private static func literal(_ value: Value) -> String {
        switch value {
        case .double(let number): "double<\(number.bitPattern)>"
        case .string(let text): "string<\(Array(text.utf8))>"
        case .bytes(let bytes): "bytes<\(bytes)>"
        default: "\(value.typeName)<\(JSONText.render(value))>"
        }
    }
}
