/// Finds out the type of every part of an expression, as far as it can be known, and refuses what cannot work.
struct Checker {
    private let environment: Environment
    private var locals: [(name: String, type: CELType)] = []

    init(_ environment: Environment) { self.environment = environment }

    mutating func type(of expression: Expression) throws(CompilationError) -> CELType {
        switch expression.form {
        case .literal(let value): return Self.type(of: value)
        case .identifier(let name): return try identifier(name, at: expression.position)
        case .select(let operand, let field):
            return try select(try type(of: operand), field, at: expression.position)
        case .presence(let operand, let field):
            _ = try select(try type(of: operand), field, at: expression.position)
            return .bool
        case .call(let function, let target, let arguments):
            return try call(function, target, arguments, at: expression.position)
        case .list(let elements): return .list(try common(elements))
        case .map(let entries):
            return .map(try common(entries.map(\.key)), try common(entries.map(\.value)))
        case .comprehension(let comprehension): return try self.comprehension(comprehension)
        }
    }

    private static func type(of value: Value) -> CELType {
        switch value {
        case .null: .null
        case .bool: .bool
        case .int: .int
        case .uint: .uint
        case .double: .double
        case .string: .string
        case .bytes: .bytes
        default: .dyn
        }
    }

    private static let typeNames: Set<String> = [
        "bool", "int", "uint", "double", "string", "bytes", "list", "map", "null_type", "type",
    ]

    private func identifier(_ name: String, at position: SourcePosition) throws(CompilationError) -> CELType {
        if let local = locals.last(where: { $0.name == name }) { return local.type }
        if let type = environment.variables[name] { return type }
        if Self.typeNames.contains(name) { return .type }
        let known = environment.variables.keys.sorted()
        throw CompilationError(
            "there is no variable `\(name)`", at: position,
            hint: Suggestion.nearest(to: name, among: known) ?? "known are \(known.joined(separator: ", "))")
    }

    private func select(
        _ operand: CELType, _ field: String, at position: SourcePosition
    ) throws(CompilationError) -> CELType {
        switch operand {
        case .dyn: return .dyn
        case .map(let key, let value):
            guard key.fits(.string) else { throw CompilationError("a map with \(key) keys has no fields", at: position) }
            return value
        case .object(let name):
            guard let fields = environment.objects[name] else { return .dyn }
            if let type = fields[field] { return type }
            let known = fields.keys.sorted()
            throw CompilationError(
                "`\(name)` has no field `\(field)`", at: position,
                hint: Suggestion.nearest(to: field, among: known) ?? "it has \(known.joined(separator: ", "))")
        default: throw CompilationError("a value of type \(operand) has no fields", at: position)
        }
    }

    private mutating func common(_ expressions: [Expression]) throws(CompilationError) -> CELType {
        var result: CELType?
        for expression in expressions {
            let type = try type(of: expression)
            result = result == nil || result == type ? type : .dyn
        }
        return result ?? .dyn
    }

    private mutating func comprehension(_ comprehension: Comprehension) throws(CompilationError) -> CELType {
        let element: CELType
        switch try type(of: comprehension.range) {
        case .list(let type): element = type
        case .map(let key, _): element = key
        case .dyn: element = .dyn
        case let other:
            throw CompilationError("`\(comprehension.kind.rawValue)` needs a list or a map, not \(other)",
                at: comprehension.range.position)
        }
        locals.append((comprehension.variable, element))
        defer { locals.removeLast() }
        if let predicate = comprehension.predicate {
            let type = try type(of: predicate)
            guard type.fits(.bool) else {
                throw CompilationError("a condition must be true or false, not \(type)", at: predicate.position)
            }
        }
        let transformed = try comprehension.transform.map { e throws(CompilationError) in try type(of: e) }
        return switch comprehension.kind {
        case .all, .exists, .existsOne: .bool
        case .filter: .list(element)
        case .map: .list(transformed ?? .dyn)
        }
    }

    private mutating func call(
        _ function: String, _ target: Expression?, _ arguments: [Expression], at position: SourcePosition
    ) throws(CompilationError) -> CELType {
        var types: [CELType] = []
        for argument in (target.map { [$0] } ?? []) + arguments { types.append(try type(of: argument)) }
        if let result = try OperatorTypes.result(of: function, types, at: position) { return result }
        guard let declaration = environment.function(function, isMember: target != nil) else {
            let known = environment.functions.keys.filter { $0.isMember == (target != nil) }.map(\.name).sorted()
            throw CompilationError(
                "there is no function `\(function)`", at: position,
                hint: Suggestion.nearest(to: function, among: known) ?? "")
        }
        guard declaration.arity.contains(types.count) else {
            throw CompilationError(
                "`\(function)` does not take \(types.count - (target == nil ? 0 : 1)) arguments", at: position)
        }
        return declaration.result
    }
}

/// The types of operators.
private enum OperatorTypes {
    /// Nil for what is no operator.
    static func result(
        of name: String, _ types: [CELType], at position: SourcePosition
    ) throws(CompilationError) -> CELType? {
        switch name {
        case "_&&_", "_||_":
            for type in types { try demand(type, .bool, name, at: position) }
            return .bool
        case "!_":
            try demand(types[0], .bool, name, at: position)
            return .bool
        case "_?_:_":
            try demand(types[0], .bool, name, at: position)
            return types[1] == types[2] ? types[1] : .dyn
        case "_==_", "_!=_": return .bool
        case "_<_", "_<=_", "_>_", "_>=_":
            guard types[0].fits(types[1]) || (types[0].isNumber && types[1].isNumber) else {
                throw mismatch(name, types, at: position)
            }
            return .bool
        case "_in_":
            if case .string = types[1] { throw mismatch(name, types, at: position, hint: "use contains for texts") }
            return .bool
        case "_+_", "_-_", "_*_", "_/_", "_%_": return try arithmetic(name, types, at: position)
        case "-_": return types[0]
        case "_[_]": return element(of: types[0])
        default: return nil
        }
    }

    private static func arithmetic(
        _ name: String, _ types: [CELType], at position: SourcePosition
    ) throws(CompilationError) -> CELType {
        guard types[0].fits(types[1]), types[0] != .bool, types[1] != .bool else {
            throw mismatch(name, types, at: position, hint: "convert one side, as in string(x) or int(x)")
        }
        return types[0] == .dyn ? types[1] : types[0]
    }

    private static func element(of type: CELType) -> CELType {
        switch type {
        case .list(let element): element
        case .map(_, let value): value
        default: .dyn
        }
    }

    private static func demand(
        _ type: CELType, _ expected: CELType, _ name: String, at position: SourcePosition
    ) throws(CompilationError) {
        guard type.fits(expected) else { throw mismatch(name, [type], at: position, hint: "expected \(expected)") }
    }

    private static func mismatch(
        _ name: String, _ types: [CELType], at position: SourcePosition, hint: String = ""
    ) -> CompilationError {
        let list = types.map(\.description).joined(separator: ", ")
        return CompilationError("`\(name.filter { $0 != "_" })` does not take (\(list))", at: position, hint: hint)
    }
}

/// Proposes the known word that a mistyped one is nearest to.
public enum Suggestion {
    /// Nil where nothing is near.
    public static func nearest(to word: String, among known: [String]) -> String? {
        let scored = known.map { (word: $0, distance: distance(Array(word), Array($0))) }
        guard let best = scored.min(by: { $0.distance < $1.distance }), best.distance <= max(1, word.count / 3) else {
            return nil
        }
        return "did you mean `\(best.word)`?"
    }

    private static func distance(_ left: [Character], _ right: [Character]) -> Int {
        var row = Array(0...right.count)
        for (i, a) in left.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, b) in right.enumerated() {
                let next = min(row[j] + 1, row[j + 1] + 1, diagonal + (a == b ? 0 : 1))
                diagonal = row[j + 1]
                row[j + 1] = next
            }
        }
        return row[right.count]
    }
}
