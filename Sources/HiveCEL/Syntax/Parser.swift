/// Reads tokens into an expression by precedence, within limits on how deep it may nest and how large it may be.
struct Parser {
    private let tokens: [Token]
    private let limits: CompilationLimits
    let expandsMacros: Bool
    var index = 0
    private var depth = 0
    private var lastID = 0

    static func parse(
        _ source: String, limits: CompilationLimits = .default, macros: Bool = true
    ) throws(CompilationError) -> Expression {
        guard source.utf8.count <= limits.bytes else {
            throw CompilationError(
                "the expression is longer than \(limits.bytes) bytes", at: SourcePosition(line: 1, column: 1),
                hint: "split it into several expressions")
        }
        var parser = Parser(tokens: try Lexer.tokens(of: source), limits: limits, macros: macros)
        let expression = try parser.expression()
        guard parser.current.kind == .end else { throw parser.unexpected() }
        return expression
    }

    private init(tokens: [Token], limits: CompilationLimits, macros: Bool) {
        self.tokens = tokens
        self.limits = limits
        expandsMacros = macros
    }

    // MARK: Tokens

    var current: Token { tokens[index] }

    mutating func take(_ symbol: String) -> Bool {
        guard current.kind == .symbol(symbol) else { return false }
        index += 1
        return true
    }

    mutating func expect(_ symbol: String) throws(CompilationError) {
        guard take(symbol) else { throw unexpected(hint: "expected `\(symbol)`") }
    }

    func unexpected(hint: String = "") -> CompilationError {
        let what =
            switch current.kind {
            case .end: "the end of the expression"
            case .identifier(let name): "`\(name)`"
            case .quotedIdentifier: "a name between backticks"
            case .symbol(let symbol): "`\(symbol)`"
            default: "a literal"
            }
        return CompilationError("unexpected \(what)", at: current.position, hint: hint)
    }

    mutating func make(
        _ form: ExpressionForm, at position: SourcePosition
    ) throws(CompilationError) -> Expression {
        lastID += 1
        let expression = Expression(form, id: lastID, at: position)
        guard expression.depth <= limits.depth else { throw tooDeep(at: position) }
        guard lastID <= limits.nodes else {
            throw CompilationError(
                "the expression has more than \(limits.nodes) parts", at: position,
                hint: "pass large data as a variable")
        }
        return expression
    }

    private func tooDeep(at position: SourcePosition) -> CompilationError {
        CompilationError(
            "the expression nests deeper than \(limits.depth) levels", at: position,
            hint: "split it up, or use a list and a macro")
    }

    private mutating func enter() throws(CompilationError) {
        depth += 1
        guard depth <= limits.depth else { throw tooDeep(at: current.position) }
    }

    private mutating func call(
        _ function: String, _ arguments: [Expression], at position: SourcePosition
    ) throws(CompilationError) -> Expression {
        try make(.call(function: function, target: nil, arguments: arguments), at: position)
    }

    // MARK: Operators

    mutating func expression() throws(CompilationError) -> Expression {
        try enter()
        defer { depth -= 1 }
        let condition = try binary(above: 0)
        let position = current.position
        guard take("?") else { return condition }
        let yes = try binary(above: 0)
        try expect(":")
        let no = try expression()
        return try call("_?_:_", [condition, yes, no], at: position)
    }

    private static let precedence: [String: Int] = [
        "||": 1, "&&": 2, "<": 3, "<=": 3, ">=": 3, ">": 3, "==": 3, "!=": 3, "in": 3, "+": 4, "-": 4, "*": 5, "/": 5,
        "%": 5,
    ]

    private var binaryOperator: (name: String, precedence: Int)? {
        let name: String
        switch current.kind {
        case .symbol(let symbol): name = symbol
        case .identifier("in"): name = "in"
        default: return nil
        }
        return Self.precedence[name].map { (name, $0) }
    }

    private mutating func binary(above minimum: Int) throws(CompilationError) -> Expression {
        var left = try unary()
        while let (name, precedence) = binaryOperator, precedence > minimum {
            let position = current.position
            index += 1
            let right = try binary(above: precedence)
            guard name == "&&" || name == "||" else {
                left = try call("_\(name)_", [left, right], at: position)
                continue
            }
            // Long chains of conditions are lists of arguments, so that they do not nest.
            var operands = [left, right]
            while binaryOperator?.name == name {
                index += 1
                operands.append(try binary(above: precedence))
            }
            left = try call("_\(name)_", operands, at: position)
        }
        return left
    }

    private mutating func unary() throws(CompilationError) -> Expression {
        let position = current.position
        if take("!") {
            try enter()
            defer { depth -= 1 }
            return try call("!_", [try unary()], at: position)
        }
        guard take("-") else { return try member() }
        switch current.kind {
        case .int(let magnitude):
            guard magnitude <= 1 << 63 else {
                throw CompilationError("the number does not fit into 64 bits", at: position)
            }
            index += 1
            let value = Int64(truncatingIfNeeded: 0 &- magnitude)
            return try members(of: try make(.literal(.int(value)), at: position))
        case .double(let value):
            index += 1
            return try members(of: try make(.literal(.double(-value)), at: position))
        default:
            try enter()
            defer { depth -= 1 }
            return try call("-_", [try unary()], at: position)
        }
    }

    // MARK: Members

    private mutating func member() throws(CompilationError) -> Expression { try members(of: try primary()) }

    private mutating func members(of start: Expression) throws(CompilationError) -> Expression {
        var operand = start
        while true {
            let position = current.position
            if take(".") {
                operand = try selection(from: operand, at: position)
            } else if take("[") {
                let function = take("?") ? "_[?_]" : "_[_]"
                let key = try expression()
                try expect("]")
                operand = try call(function, [operand, key], at: position)
            } else {
                return operand
            }
        }
    }

    private mutating func selection(
        from operand: Expression, at position: SourcePosition
    ) throws(CompilationError) -> Expression {
        let isOptional = take("?")
        switch current.kind {
        case .identifier(let name):
            index += 1
            if !isOptional, take("(") { return try memberCall(name, of: operand, at: position) }
            guard name != "in", name != "true", name != "false", name != "null" else {
                index -= 1
                throw unexpected(hint: "expected a field name; write a[\"\(name)\"] for a key like this")
            }
            return try make(
                isOptional ? .optionalSelect(operand, field: name) : .select(operand, field: name), at: position)
        case .quotedIdentifier(let name):
            index += 1
            return try make(
                isOptional ? .optionalSelect(operand, field: name) : .select(operand, field: name), at: position)
        default: throw unexpected(hint: "expected a field name")
        }
    }

    private mutating func memberCall(
        _ name: String, of target: Expression, at position: SourcePosition
    ) throws(CompilationError) -> Expression {
        let arguments = try arguments()
        if expandsMacros, let form = try Macro.expand(name, target: target, arguments: arguments, at: position) {
            return try make(form, at: position)
        }
        return try make(.call(function: name, target: target, arguments: arguments), at: position)
    }
}
