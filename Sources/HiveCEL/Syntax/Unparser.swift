/// Writes an expression in its one canonical form: parsing it again gives the same expression.
public func unparse(_ expression: Expression) -> String {
    var unparser = Unparser()
    unparser.write(expression, above: 0)
    return unparser.output
}

/// Writes expressions with as few brackets as their meaning needs.
struct Unparser {
    private(set) var output = ""

    private static let operators: [String: (symbol: String, precedence: Int)] = [
        "_||_": ("||", 1), "_&&_": ("&&", 2), "_<_": ("<", 3), "_<=_": ("<=", 3), "_>=_": (">=", 3), "_>_": (">", 3),
        "_==_": ("==", 3), "_!=_": ("!=", 3), "_in_": ("in", 3), "_+_": ("+", 4), "_-_": ("-", 4), "_*_": ("*", 5),
        "_/_": ("/", 5), "_%_": ("%", 5),
    ]
    private static let unaryPrecedence = 6
    private static let memberPrecedence = 7

    /// How an operator looks in the source.
    static func symbol(of function: String) -> String {
        operators[function]?.symbol ?? String(function.unicodeScalars.filter { $0 != "_" }.map(Character.init))
    }

    /// Brackets stand around what binds less tightly than its surroundings ask.
    mutating func write(_ expression: Expression, above minimum: Int) {
        let needsBrackets = Self.precedence(of: expression) < minimum
        if needsBrackets { output += "(" }
        write(expression.form)
        if needsBrackets { output += ")" }
    }

    private static func precedence(of expression: Expression) -> Int {
        guard case .call(let name, nil, _) = expression.form else { return memberPrecedence }
        if name == "_?_:_" { return 0 }
        if name == "!_" || name == "-_" { return unaryPrecedence }
        return operators[name]?.precedence ?? memberPrecedence
    }

    private mutating func write(_ form: ExpressionForm) {
        switch form {
        case .literal(let value): output += Literal.text(value)
        case .identifier(let name): output += Self.source(ofName: name)
        case .select(let operand, let field): select(operand, ".", field)
        case .optionalSelect(let operand, let field): select(operand, ".?", field)
        case .presence(let operand, let field):
            output += "has("
            select(operand, ".", field)
            output += ")"
        case .call(let function, let target, let arguments): call(function, target, arguments)
        case .list(let elements):
            output += "["
            separated(elements) { writer, element in
                if element.isOptional { writer.output += "?" }
                writer.write(element.expression, above: 0)
            }
            output += "]"
        case .map(let entries):
            output += "{"
            separated(entries) { writer, entry in
                if entry.isOptional { writer.output += "?" }
                writer.write(entry.key, above: 0)
                writer.output += ": "
                writer.write(entry.value, above: 0)
            }
            output += "}"
        case .comprehension(let comprehension): self.comprehension(comprehension)
        case .binding(let binding): self.binding(binding)
        case .block(let parts, let result):
            output += "cel.block(["
            separated(parts) { $0.write($1, above: 0) }
            output += "], "
            write(result, above: 0)
            output += ")"
        }
    }

    private mutating func separated<Element>(_ elements: [Element], _ body: (inout Unparser, Element) -> Void) {
        for (index, element) in elements.enumerated() {
            if index > 0 { output += ", " }
            body(&self, element)
        }
    }

    private mutating func select(_ operand: Expression, _ dot: String, _ field: String) {
        write(operand, above: Self.memberPrecedence)
        output += dot + (Self.isPlain(field) ? field : "`\(field)`")
    }

    private static func isPlain(_ field: String) -> Bool {
        guard let first = field.utf8.first, !(48...57).contains(first) else { return false }
        let isWord = field.utf8.allSatisfy {
            (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || $0 == 95
        }
        return isWord && !["in", "true", "false", "null"].contains(field)
    }

    /// Names that macros make are written as the macros that make them.
    private static func source(ofName name: String) -> String {
        guard name.hasPrefix("@") else { return name }
        if name.hasPrefix("@index") { return "cel.index(\(name.dropFirst(6)))" }
        let parts = name.dropFirst().split(separator: ":")
        return "cel.\(parts[0])(\(parts.dropFirst().joined(separator: ", ")))"
    }

    private mutating func call(_ function: String, _ target: Expression?, _ arguments: [Expression]) {
        if target == nil, operatorCall(function, arguments) { return }
        if let target {
            write(target, above: Self.memberPrecedence)
            output += "."
        }
        output += function + "("
        separated(arguments) { $0.write($1, above: 0) }
        output += ")"
    }

    /// False for what is no operator.
    private mutating func operatorCall(_ function: String, _ arguments: [Expression]) -> Bool {
        switch function {
        case "_?_:_":
            write(arguments[0], above: 1)
            output += " ? "
            write(arguments[1], above: 1)
            output += " : "
            write(arguments[2], above: 0)
        case "!_", "-_":
            output += function == "!_" ? "!" : "-"
            var operand = Unparser()
            operand.write(arguments[0], above: Self.unaryPrecedence)
            // `-1` is a literal; the negation of the literal 1 is written `-(1)`.
            let isNumber = function == "-_" && operand.output.utf8.first.map { (48...57).contains($0) } == true
            output += isNumber ? "(" + operand.output + ")" : operand.output
        case "_[_]", "_[?_]":
            write(arguments[0], above: Self.memberPrecedence)
            output += function == "_[_]" ? "[" : "[?"
            write(arguments[1], above: 0)
            output += "]"
        default:
            guard let (symbol, precedence) = Self.operators[function] else { return false }
            let isChain = function == "_&&_" || function == "_||_"
            for (index, argument) in arguments.enumerated() {
                if index > 0 { output += " \(symbol) " }
                write(argument, above: index == 0 && !isChain ? precedence : precedence + 1)
            }
        }
        return true
    }

    private mutating func comprehension(_ comprehension: Comprehension) {
        write(comprehension.range, above: Self.memberPrecedence)
        let isPair = comprehension.kind == .existsOne && comprehension.variables.count == 2
        output += "." + (isPair ? "existsOne" : comprehension.kind.rawValue) + "("
        output += comprehension.variables.map(Self.source).joined(separator: ", ")
        for part in [comprehension.predicate, comprehension.transform].compactMap(\.self) {
            output += ", "
            write(part, above: 0)
        }
        output += ")"
    }

    private mutating func binding(_ binding: Binding) {
        if binding.kind == .bind {
            output += "cel.bind(" + Self.source(ofName: binding.variable) + ", "
            write(binding.value, above: 0)
        } else {
            write(binding.value, above: Self.memberPrecedence)
            output += "." + binding.kind.rawValue + "(" + Self.source(ofName: binding.variable)
        }
        output += ", "
        write(binding.body, above: 0)
        output += ")"
    }
}
