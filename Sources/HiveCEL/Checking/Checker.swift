/// Finds out the type of every part of an expression, as far as it can be known, and refuses what cannot work. Goes on
/// after a problem, so that all of them are reported at once.
struct Checker {
    private let environment: Environment
    private let names: NameResolution
    private var unifier = Unifier()
    private var locals: [(name: String, type: CELType)] = []
    private var diagnostics: [Diagnostic] = []

    private init(_ environment: Environment) {
        self.environment = environment
        names = NameResolution(environment: environment)
    }

    static func type(of expression: Expression, in environment: Environment) throws(CompilationError) -> CELType {
        var checker = Checker(environment)
        let type = checker.type(of: expression)
        guard checker.diagnostics.isEmpty else {
            throw CompilationError(checker.diagnostics.sorted { $0.position < $1.position })
        }
        return checker.unifier.settled(type)
    }

    /// Notes a problem; `dyn` keeps it from causing others.
    private mutating func report(
        _ message: String, at position: SourcePosition, hint: String = "", _ kind: EvaluationError.Kind
    ) -> CELType {
        diagnostics.append(Diagnostic(message, at: position, hint: hint, kind: kind))
        return .dyn
    }

    private mutating func type(of expression: Expression) -> CELType {
        switch expression.form {
        case .literal(let value): return Self.type(of: value)
        case .identifier(let name): return identifier(name, at: expression.position)
        case .select(let operand, let field):
            return qualified(expression) ?? select(field, of: type(of: operand), at: expression.position)
        case .optionalSelect(let operand, let field):
            let type = select(field, of: type(of: operand), at: expression.position)
            return isOptional(type) ? type : .optional(type)
        case .presence(let operand, let field):
            _ = select(field, of: type(of: operand), at: expression.position)
            return .bool
        case .call(let function, let target, let arguments):
            return call(function, target, arguments, at: expression.position)
        case .list(let elements):
            return .list(common(elements.map { ($0.expression, $0.isOptional) }) ?? unifier.fresh())
        case .map(let entries): return map(entries)
        case .comprehension(let comprehension): return self.comprehension(comprehension)
        case .binding(let binding): return self.binding(binding)
        case .block(let parts, let result):
            let count = locals.count
            for (index, part) in parts.enumerated() {
                locals.append((Macro.blockName(Int64(index)), type(of: part)))
            }
            defer { locals.removeSubrange(count...) }
            return type(of: result)
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

    // MARK: Names

    private func isLocal(_ name: String) -> Bool { locals.contains { $0.name == name } }

    private mutating func identifier(_ name: String, at position: SourcePosition) -> CELType {
        if let local = locals.last(where: { $0.name == name }) { return local.type }
        switch names.meaning(of: name) {
        case .variable(_, let type): return type
        case .type(_, let type): return .typeOf(type)
        case nil:
            let known = environment.variables.keys.sorted() + locals.map(\.name).filter { !$0.hasPrefix("@") }
            let list = known.isEmpty ? "none is declared" : "known are \(known.prefix(20).joined(separator: ", "))"
            return report(
                "there is no variable `\(name)`", at: position,
                hint: Suggestion.nearest(to: name, among: known) ?? list, .unknownVariable)
        }
    }

    /// The type of `a.b.c` where that is one name.
    private func qualified(_ expression: Expression) -> CELType? {
        guard let name = NameResolution.qualifiedName(expression, isLocal: isLocal) else { return nil }
        return switch names.meaning(of: name) {
        case .variable(_, let type): type
        case .type(_, let type): .typeOf(type)
        case nil: nil
        }
    }

    // MARK: Fields

    private func isOptional(_ type: CELType) -> Bool {
        if case .optional = unifier.resolved(type) { return true }
        return false
    }

    private mutating func select(_ field: String, of type: CELType, at position: SourcePosition) -> CELType {
        let operand = unifier.resolved(type)
        switch operand {
        case .dyn: return .dyn
        case .unknown:
            // Whatever it turns out to be must not depend on one field.
            _ = unifier.assign([.dyn], to: [operand])
            return .dyn
        case .optional(let inner):
            let field = select(field, of: inner, at: position)
            return isOptional(field) ? field : .optional(field)
        case .map(_, let value): return value
        case .object(let name):
            guard let fields = environment.objects[name] else { return .dyn }
            if let type = fields[field] { return type }
            let known = fields.keys.sorted()
            return report(
                "`\(name)` has no field `\(field)`", at: position,
                hint: Suggestion.nearest(to: field, among: known) ?? "it has \(known.joined(separator: ", "))",
                .noSuchField)
        default:
            return report("a value of type \(unifier.settled(operand)) has no fields", at: position, .noSuchOverload)
        }
    }

    // MARK: Lists, maps and macros

    /// The type that all of them have; nil where there are none.
    private mutating func common(_ expressions: [(expression: Expression, isOptional: Bool)]) -> CELType? {
        var result: CELType?
        for (expression, isOptional) in expressions {
            var type = type(of: expression)
            if isOptional {
                let inner = unifier.fresh()
                if unifier.assign([type], to: [.optional(inner)]) {
                    type = unifier.resolved(type) == .dyn ? .dyn : inner
                } else {
                    type = report(
                        "`?` needs an optional value, not \(unifier.settled(type))", at: expression.position,
                        hint: "use a.?b, a[?b] or optional.of(a)", .noSuchOverload)
                }
            }
            result = unifier.join(result, type)
        }
        return result
    }

    private mutating func map(_ entries: [MapEntry]) -> CELType {
        var keys: CELType?
        for entry in entries {
            let type = unifier.resolved(type(of: entry.key))
            switch type {
            case .bool, .int, .uint, .string, .dyn, .unknown: break
            default:
                _ = report(
                    "a key must be a bool, int, uint or string, not \(unifier.settled(type))", at: entry.key.position,
                    .unsupportedKeyType)
            }
            keys = unifier.join(keys, type)
        }
        let values = common(entries.map { ($0.value, $0.isOptional) })
        return .map(keys ?? unifier.fresh(), values ?? unifier.fresh())
    }

    private mutating func comprehension(_ comprehension: Comprehension) -> CELType {
        let range = unifier.resolved(type(of: comprehension.range))
        let first: CELType
        let second: CELType
        switch range {
        case .list(let element): (first, second) = (comprehension.variables.count == 1 ? element : .int, element)
        case .map(let key, let value): (first, second) = (key, value)
        case .dyn, .unknown: (first, second) = (.dyn, .dyn)
        default:
            first = report(
                "`\(comprehension.kind.rawValue)` needs a list or a map, not \(unifier.settled(range))",
                at: comprehension.range.position, .noSuchOverload)
            second = .dyn
        }
        let count = locals.count
        for (name, type) in zip(comprehension.variables, [first, second]) { locals.append((name, type)) }
        defer { locals.removeSubrange(count...) }
        if let predicate = comprehension.predicate { demandBool(predicate) }
        let transformed = comprehension.transform.map { (type(of: $0), $0.position) }
        return result(of: comprehension.kind, first, transformed)
    }

    private mutating func result(
        of kind: Comprehension.Kind, _ first: CELType, _ transformed: (type: CELType, position: SourcePosition)?
    ) -> CELType {
        switch kind {
        case .all, .exists, .existsOne: return .bool
        case .filter, .sortBy: return .list(first)
        case .map, .transformList: return .list(transformed?.type ?? .dyn)
        case .transformMap: return .map(first, transformed?.type ?? .dyn)
        case .transformMapEntry:
            guard let (type, position) = transformed else { return .map(.dyn, .dyn) }
            let map = CELType.map(unifier.fresh(), unifier.fresh())
            if unifier.assign([type], to: [map]) { return unifier.resolved(type) == .dyn ? .map(.dyn, .dyn) : map }
            return report(
                "`transformMapEntry` makes maps, not \(unifier.settled(type))", at: position,
                hint: "write {key: value}", .noSuchOverload)
        }
    }

    private mutating func demandBool(_ expression: Expression) {
        let type = type(of: expression)
        guard !unifier.assign([type], to: [.bool]) else { return }
        _ = report(
            "a condition must be true or false, not \(unifier.settled(type))", at: expression.position,
            .noSuchOverload)
    }

    private mutating func binding(_ binding: Binding) -> CELType {
        var type = type(of: binding.value)
        if binding.kind != .bind {
            let inner = unifier.fresh()
            if unifier.assign([type], to: [.optional(inner)]) {
                type = unifier.resolved(type) == .dyn ? .dyn : inner
            } else {
                type = report(
                    "`\(binding.kind.rawValue)` needs an optional value, not \(unifier.settled(type))",
                    at: binding.value.position, .noSuchOverload)
            }
        }
        locals.append((binding.variable, type))
        defer { locals.removeLast() }
        let result = self.type(of: binding.body)
        switch binding.kind {
        case .bind: return result
        case .optMap: return .optional(result)
        case .optFlatMap:
            let inner = unifier.fresh()
            if unifier.assign([result], to: [.optional(inner)]) {
                return unifier.resolved(result) == .dyn ? .optional(.dyn) : .optional(inner)
            }
            return report(
                "`optFlatMap` makes optional values, not \(unifier.settled(result))", at: binding.body.position,
                hint: "use optMap", .noSuchOverload)
        }
    }

    // MARK: Calls

    private mutating func call(
        _ name: String, _ target: Expression?, _ arguments: [Expression], at position: SourcePosition
    ) -> CELType {
        if target == nil, name == "_&&_" || name == "_||_" {
            for argument in arguments { demandBool(argument) }
            return .bool
        }
        if target == nil, let signatures = OperatorSignatures.all[name] {
            let types = arguments.map { type(of: $0) }
            let symbol = Unparser.symbol(of: name)
            return resolve(symbol, signatures, types, at: position)
        }
        let (declaration, isMember) = names.callee(name, target: target, isLocal: isLocal)
        let operands = (isMember ? [target].compactMap(\.self) : []) + arguments
        let types = operands.map { type(of: $0) }
        guard let declaration else { return unknownFunction(name, isMember: isMember, at: position) }
        if let result = MathLibrary.extremeType(declaration.name, types.map { unifier.settled($0) }) { return result }
        guard declaration.arity.contains(types.count) else {
            return report(
                "`\(name)` does not take \(arguments.count) arguments", at: position, .noSuchOverload)
        }
        guard !declaration.signatures.isEmpty else { return declaration.result }
        return resolve(declaration.name, declaration.signatures, types, at: position)
    }

    private mutating func unknownFunction(_ name: String, isMember: Bool, at position: SourcePosition) -> CELType {
        let known = environment.functions.keys.filter { $0.isMember == isMember }.map(\.name).sorted()
        let other = environment.function(name, isMember: !isMember)
        let usage = other.map { _ in isMember ? "write it as \(name)(…)" : "write it as value.\(name)(…)" }
        return report(
            "there is no function `\(name)`" + (isMember ? " on values" : ""), at: position,
            hint: usage ?? Suggestion.nearest(to: name, among: known) ?? "", .unknownFunction)
    }

    /// The result of the signatures that fit; `dyn` where several do and differ.
    private mutating func resolve(
        _ name: String, _ signatures: [FunctionDeclaration.Signature], _ types: [CELType], at position: SourcePosition
    ) -> CELType {
        var result: CELType?
        for signature in signatures where signature.parameters.count == types.count {
            let instance = unifier.instance(of: signature)
            guard unifier.assign(types, to: instance.parameters) else { continue }
            let type = unifier.resolved(instance.result)
            result = result == nil || result == type ? type : .dyn
        }
        if let result { return result }
        let list = types.map { unifier.settled($0).description }.joined(separator: ", ")
        return report(
            "`\(name)` does not take (\(list))", at: position,
            hint: types.count == 2 ? "convert one side, as in string(x), int(x) or dyn(x)" : "", .noSuchOverload)
    }
}
