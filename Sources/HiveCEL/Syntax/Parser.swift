/// Reads tokens into an expression by precedence, with a limit on how deep it may nest.
struct Parser {
    private let tokens: [Token]
    private var index = 0
    private var depth = 0

    static let maximumDepth = 120

    static func parse(_ source: String) throws(CompilationError) -> Expression {
        guard source.utf8.count <= 100_000 else {
            throw CompilationError(
                "the expression is longer than 100000 bytes", at: SourcePosition(line: 1, column: 1),
                hint: "split it into several rules")
        }
        var parser = Parser(tokens: try Lexer.tokens(of: source))
        let expression = try parser.expression()
        guard parser.current.kind == .end else { throw parser.unexpected() }
        return expression
    }

    private init(tokens: [Token]) { self.tokens = tokens }

    private var current: Token { tokens[index] }

    private mutating func take(_ symbol: String) -> Bool {
        guard current.kind == .symbol(symbol) else { return false }
        index += 1
        return true
    }

    private mutating func expect(_ symbol: String) throws(CompilationError) {
        guard take(symbol) else { throw unexpected(hint: "expected `\(symbol)`") }
    }

    private func unexpected(hint: String = "") -> CompilationError {
        let what =
            switch current.kind {
            case .end: "the end of the expression"
            case .identifier(let name): "`\(name)`"
            case .symbol(let symbol): "`\(symbol)`"
            default: "a literal"
            }
        return CompilationError("unexpected \(what)", at: current.position, hint: hint)
    }

    private mutating func expression() throws(CompilationError) -> Expression {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.maximumDepth else {
            throw CompilationError("the expression nests too deep", at: current.position, hint: "split it up")
        }
        let position = current.position
        let condition = try binary(0)
        guard take("?") else { return condition }
        let yes = try binary(0)
        try expect(":")
        let no = try expression()
        return Expression(.call(function: "_?_:_", target: nil, arguments: [condition, yes, no]), at: position)
    }

    private static let levels: [[String]] = [
        ["||"], ["&&"], ["<", "<=", ">=", ">", "==", "!=", "in"], ["+", "-"], ["*", "/", "%"],
    ]

    private mutating func binary(_ level: Int) throws(CompilationError) -> Expression {
        guard level < Self.levels.count else { return try unary() }
        var left = try binary(level + 1)
        var count = 0
        while let name = binaryOperator(level) {
            let position = current.position
            index += 1
            count += 1
            guard count <= 2000 else {
                throw CompilationError("too many operators in a row", at: position, hint: "use a list and `in`, or a macro")
            }
            let right = try binary(level + 1)
            left = Expression(.call(function: "_\(name)_", target: nil, arguments: [left, right]), at: position)
        }
        return left
    }

    private func binaryOperator(_ level: Int) -> String? {
        switch current.kind {
        case .symbol(let symbol) where Self.levels[level].contains(symbol): symbol
        case .identifier("in") where level == 2: "in"
        default: nil
        }
    }

    private mutating func unary() throws(CompilationError) -> Expression {
        let position = current.position
        if take("!") {
            return Expression(.call(function: "!_", target: nil, arguments: [try nested { p throws(CompilationError) in try p.unary() }]), at: position)
        }
        guard take("-") else { return try member() }
        switch current.kind {
        case .int(let magnitude):
            guard magnitude <= 1 << 63 else { throw CompilationError("the number does not fit into 64 bits", at: position) }
            index += 1
            let value = Int64(truncatingIfNeeded: 0 &- magnitude)
            return try members(of: Expression(.literal(.int(value)), at: position))
        case .double(let value):
            index += 1
            return try members(of: Expression(.literal(.double(-value)), at: position))
        default:
            return Expression(.call(function: "-_", target: nil, arguments: [try nested { p throws(CompilationError) in try p.unary() }]), at: position)
        }
    }

    private mutating func nested(
        _ body: (inout Parser) throws(CompilationError) -> Expression
    ) throws(CompilationError) -> Expression {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.maximumDepth else {
            throw CompilationError("the expression nests too deep", at: current.position, hint: "split it up")
        }
        return try body(&self)
    }

    private mutating func member() throws(CompilationError) -> Expression { try members(of: try primary()) }

    private mutating func members(of start: Expression) throws(CompilationError) -> Expression {
        var operand = start
        while true {
            let position = current.position
            if take(".") {
                guard case .identifier(let name) = current.kind else { throw unexpected(hint: "expected a field name") }
                index += 1
                guard take("(") else {
                    operand = Expression(.select(operand, field: name), at: position)
                    continue
                }
                let arguments = try list(until: ")")
                operand = try Macro.expand(name, target: operand, arguments: arguments, at: position)
                    ?? Expression(.call(function: name, target: operand, arguments: arguments), at: position)
            } else if take("[") {
                let key = try expression()
                try expect("]")
                operand = Expression(.call(function: "_[_]", target: nil, arguments: [operand, key]), at: position)
            } else {
                return operand
            }
        }
    }

    private mutating func primary() throws(CompilationError) -> Expression {
        let token = current
        let position = token.position
        index += token.kind == .end ? 0 : 1
        switch token.kind {
        case .int(let value):
            guard let value = Int64(exactly: value) else {
                throw CompilationError("the number does not fit into 64 bits", at: position)
            }
            return Expression(.literal(.int(value)), at: position)
        case .uint(let value): return Expression(.literal(.uint(value)), at: position)
        case .double(let value): return Expression(.literal(.double(value)), at: position)
        case .string(let value): return Expression(.literal(.string(value)), at: position)
        case .bytes(let value): return Expression(.literal(.bytes(value)), at: position)
        case .identifier(let name): return try named(name, at: position)
        case .symbol("("):
            let inner = try expression()
            try expect(")")
            return inner
        case .symbol("["): return Expression(.list(try list(until: "]")), at: position)
        case .symbol("{"): return Expression(.map(try entries()), at: position)
        default:
            index -= token.kind == .end ? 0 : 1
            throw unexpected(hint: "expected a value")
        }
    }

    private static let reserved: Set<String> = [
        "as", "break", "const", "continue", "else", "for", "function", "if", "import", "let", "loop", "package",
        "namespace", "return", "var", "void", "while", "in",
    ]

    private mutating func named(_ name: String, at position: SourcePosition) throws(CompilationError) -> Expression {
        switch name {
        case "true": return Expression(.literal(.bool(true)), at: position)
        case "false": return Expression(.literal(.bool(false)), at: position)
        case "null": return Expression(.literal(.null), at: position)
        default: break
        }
        guard !Self.reserved.contains(name) else {
            throw CompilationError("`\(name)` is a reserved word", at: position, hint: "choose another name")
        }
        guard take("(") else { return Expression(.identifier(name), at: position) }
        let arguments = try list(until: ")")
        return try Macro.expand(name, target: nil, arguments: arguments, at: position)
            ?? Expression(.call(function: name, target: nil, arguments: arguments), at: position)
    }

    private mutating func list(until end: String) throws(CompilationError) -> [Expression] {
        var elements: [Expression] = []
        while !take(end) {
            elements.append(try expression())
            if take(end) { break }
            try expect(",")
            if end == ")", current.kind == .symbol(end) { throw unexpected(hint: "expected an argument") }
        }
        return elements
    }

    private mutating func entries() throws(CompilationError) -> [(key: Expression, value: Expression)] {
        var entries: [(key: Expression, value: Expression)] = []
        while !take("}") {
            let key = try expression()
            try expect(":")
            entries.append((key, try expression()))
            if take("}") { break }
            try expect(",")
        }
        return entries
    }
}
