/// The forms that look like calls and are expanded when they are read.
enum Macro {
    /// Nil for what is no macro, and so is a call.
    static func expand(
        _ name: String, target: Expression?, arguments: [Expression], at position: SourcePosition
    ) throws(CompilationError) -> ExpressionForm? {
        guard let target else { return name == "has" ? try presence(arguments, at: position) : nil }
        if case .identifier("cel") = target.form { return try namespaced(name, arguments, at: position) }
        switch (name, arguments.count) {
        case ("optMap", 2), ("optFlatMap", 2):
            return .binding(
                Binding(
                    name == "optMap" ? .optMap : .optFlatMap, variable: try variable(arguments[0], of: name),
                    value: target, body: arguments[1]))
        case ("sortBy", 2):
            let names = [try variable(arguments[0], of: name)]
            return .comprehension(Comprehension(.sortBy, range: target, variables: names, transform: arguments[1]))
        default: return try comprehension(name, over: target, arguments)
        }
    }

    private static func presence(
        _ arguments: [Expression], at position: SourcePosition
    ) throws(CompilationError) -> ExpressionForm? {
        guard arguments.count == 1 else { return nil }
        guard case .select(let operand, let field) = arguments[0].form else {
            throw CompilationError("`has` needs a field selection, as in `has(a.b)`", at: arguments[0].position)
        }
        return .presence(operand, field: field)
    }

    private static let kinds: [String: Comprehension.Kind] = [
        "all": .all, "exists": .exists, "exists_one": .existsOne, "existsOne": .existsOne, "map": .map,
        "filter": .filter, "transformList": .transformList, "transformMap": .transformMap,
        "transformMapEntry": .transformMapEntry,
    ]

    private static func comprehension(
        _ name: String, over range: Expression, _ arguments: [Expression]
    ) throws(CompilationError) -> ExpressionForm? {
        guard let kind = kinds[name] else { return nil }
        let count = arguments.count
        switch kind {
        case .all, .exists, .existsOne:
            guard count == 2 || count == 3 else { return nil }
            let names = try variables(arguments.prefix(count - 1), of: name)
            return .comprehension(Comprehension(kind, range: range, variables: names, predicate: arguments[count - 1]))
        case .filter:
            guard count == 2 else { return nil }
            let names = try variables(arguments.prefix(1), of: name)
            return .comprehension(Comprehension(kind, range: range, variables: names, predicate: arguments[1]))
        default:
            let named = kind == .map ? 1 : 2
            guard count == named + 1 || count == named + 2 else { return nil }
            let names = try variables(arguments.prefix(named), of: name)
            return .comprehension(
                Comprehension(
                    kind, range: range, variables: names, predicate: count == named + 2 ? arguments[named] : nil,
                    transform: arguments[count - 1]))
        }
    }

    private static func variables(
        _ arguments: ArraySlice<Expression>, of macro: String
    ) throws(CompilationError) -> [String] {
        var names: [String] = []
        for argument in arguments {
            let name = try variable(argument, of: macro)
            guard !names.contains(name) else {
                throw CompilationError(
                    "the two variables of `\(macro)` have the same name `\(name)`", at: argument.position,
                    hint: "rename one of them")
            }
            names.append(name)
        }
        return names
    }

    private static func variable(_ argument: Expression, of macro: String) throws(CompilationError) -> String {
        if case .identifier(let name) = argument.form, !name.hasPrefix(".") { return name }
        throw CompilationError(
            "`\(macro)` needs a plain name here", at: argument.position, hint: "write it as in [1, 2].exists(e, e > 1)")
    }

    // MARK: cel.…

    private static func namespaced(
        _ name: String, _ arguments: [Expression], at position: SourcePosition
    ) throws(CompilationError) -> ExpressionForm? {
        switch (name, arguments.count) {
        case ("bind", 3):
            return .binding(
                Binding(
                    .bind, variable: try variable(arguments[0], of: "cel.bind"), value: arguments[1],
                    body: arguments[2]))
        case ("block", 2):
            guard case .list(let elements) = arguments[0].form, elements.allSatisfy({ !$0.isOptional }) else {
                throw CompilationError("`cel.block` needs a list of expressions first", at: arguments[0].position)
            }
            return .block(elements.map(\.expression), result: arguments[1])
        case ("index", 1): return .identifier(blockName(try number(arguments[0])))
        case ("iterVar", 2), ("accuVar", 2):
            return .identifier("@\(name):\(try number(arguments[0])):\(try number(arguments[1]))")
        default: return nil
        }
    }

    /// The name, which no source can contain, of a part of a block.
    static func blockName(_ index: Int64) -> String { "@index\(index)" }

    private static func number(_ argument: Expression) throws(CompilationError) -> Int64 {
        if case .literal(.int(let number)) = argument.form, number >= 0 { return number }
        throw CompilationError("a plain number is needed here", at: argument.position)
    }
}
