/// Literals, names, calls, lists and maps.
extension Parser {
    mutating func primary() throws(CompilationError) -> Expression {
        let token = current
        let position = token.position
        switch token.kind {
        case .end, .quotedIdentifier: throw unexpected(hint: "expected a value")
        default: index += 1
        }
        switch token.kind {
        case .int(let value):
            guard let value = Int64(exactly: value) else {
                throw CompilationError("the number does not fit into 64 bits", at: position)
            }
            return try make(.literal(.int(value)), at: position)
        case .uint(let value): return try make(.literal(.uint(value)), at: position)
        case .double(let value): return try make(.literal(.double(value)), at: position)
        case .string(let value): return try make(.literal(.string(value)), at: position)
        case .bytes(let value): return try make(.literal(.bytes(value)), at: position)
        case .identifier(let name): return try named(name, at: position)
        case .symbol("."):
            guard case .identifier(let name) = current.kind else { throw unexpected(hint: "expected a name") }
            index += 1
            return try named("." + name, at: position)
        case .symbol("("):
            let inner = try expression()
            try expect(")")
            return inner
        case .symbol("["): return try make(.list(try elements()), at: position)
        case .symbol("{"): return try make(.map(try entries()), at: position)
        default:
            index -= 1
            throw unexpected(hint: "expected a value")
        }
    }

    /// Words that no name may be, but that may be fields and functions.
    private static let reserved: Set<String> = [
        "as", "break", "const", "continue", "else", "for", "function", "if", "import", "let", "loop", "package",
        "namespace", "return", "var", "void", "while", "in",
    ]

    private mutating func named(_ name: String, at position: SourcePosition) throws(CompilationError) -> Expression {
        switch name {
        case "true": return try make(.literal(.bool(true)), at: position)
        case "false": return try make(.literal(.bool(false)), at: position)
        case "null": return try make(.literal(.null), at: position)
        default: break
        }
        let word = name.first == "." ? String(name.dropFirst()) : name
        guard !Self.reserved.contains(word) else {
            throw CompilationError("`\(word)` is a reserved word", at: position, hint: "choose another name")
        }
        guard take("(") else { return try make(.identifier(name), at: position) }
        let arguments = try arguments()
        if expandsMacros, let form = try Macro.expand(name, target: nil, arguments: arguments, at: position) {
            return try make(form, at: position)
        }
        return try make(.call(function: name, target: nil, arguments: arguments), at: position)
    }

    mutating func arguments() throws(CompilationError) -> [Expression] {
        var arguments: [Expression] = []
        guard !take(")") else { return arguments }
        while true {
            arguments.append(try expression())
            if take(")") { return arguments }
            try expect(",")
        }
    }

    private mutating func elements() throws(CompilationError) -> [ListElement] {
        var elements: [ListElement] = []
        if try isEmptyWithComma("]") { return elements }
        while !take("]") {
            let isOptional = take("?")
            elements.append(ListElement(try expression(), isOptional: isOptional))
            if take("]") { break }
            try expect(",")
        }
        return elements
    }

    private mutating func entries() throws(CompilationError) -> [MapEntry] {
        var entries: [MapEntry] = []
        if try isEmptyWithComma("}") { return entries }
        while !take("}") {
            let isOptional = take("?")
            let key = try expression()
            try expect(":")
            entries.append(MapEntry(key, try expression(), isOptional: isOptional))
            if take("}") { break }
            try expect(",")
        }
        return entries
    }

    /// Whether a list or a map is empty but for a comma, which the grammar allows.
    private mutating func isEmptyWithComma(_ end: String) throws(CompilationError) -> Bool {
        guard take(",") else { return false }
        try expect(end)
        return true
    }
}
