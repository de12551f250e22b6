/// The forms that look like calls and are expanded when they are read.
enum Macro {
    /// Nil for what is no macro, and so is a call.
    static func expand(
        _ name: String, target: Expression?, arguments: [Expression], at position: SourcePosition
    ) throws(CompilationError) -> Expression? {
        switch (name, target, arguments.count) {
        case ("has", nil, 1):
            guard case .select(let operand, let field) = arguments[0].form else {
                throw CompilationError("`has` needs a field selection, as in `has(a.b)`", at: position)
            }
            return Expression(.presence(operand, field: field), at: position)
        case ("all", let range?, 2), ("exists", let range?, 2), ("exists_one", let range?, 2),
            ("existsOne", let range?, 2), ("filter", let range?, 2):
            let kind = Comprehension.Kind(rawValue: name) ?? .existsOne
            return try comprehension(kind, range, arguments, predicate: arguments[1], transform: nil, at: position)
        case ("map", let range?, 2):
            return try comprehension(.map, range, arguments, predicate: nil, transform: arguments[1], at: position)
        case ("map", let range?, 3):
            return try comprehension(
                .map, range, arguments, predicate: arguments[1], transform: arguments[2], at: position)
        default: return nil
        }
    }

    private static func comprehension(
        _ kind: Comprehension.Kind, _ range: Expression, _ arguments: [Expression], predicate: Expression?,
        transform: Expression?, at position: SourcePosition
    ) throws(CompilationError) -> Expression {
        guard case .identifier(let variable) = arguments[0].form else {
            throw CompilationError(
                "the first argument of `\(kind.rawValue)` must be a plain name", at: arguments[0].position)
        }
        let comprehension = Comprehension(
            kind: kind, range: range, variable: variable, predicate: predicate, transform: transform)
        return Expression(.comprehension(comprehension), at: position)
    }
}
