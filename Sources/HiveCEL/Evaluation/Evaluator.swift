/// Walks an expression. `&&`, `||` and the macros over them absorb errors: where one side decides alone, the other
/// side's error does not matter, whichever comes first.
struct Evaluator<Variables: Activation> {
    let environment: Environment
    let activation: Variables
    private var budget: Int
    private var locals: [(name: String, value: Value)] = []

    init(environment: Environment, activation: Variables, budget: Int) {
        self.environment = environment
        self.activation = activation
        self.budget = budget
    }

    mutating func evaluate(_ expression: Expression) throws(EvaluationError) -> Value {
        budget -= 1
        guard budget >= 0 else {
            throw EvaluationError(.budgetExceeded, "the expression takes more steps than it may")
        }
        switch expression.form {
        case .literal(let value): return value
        case .identifier(let name): return try variable(name)
        case .select(let operand, let field): return try select(try evaluate(operand), field)
        case .presence(let operand, let field): return .bool(try has(try evaluate(operand), field))
        case .call(let function, let target, let arguments): return try call(function, target, arguments)
        case .list(let elements):
            var values: [Value] = []
            for element in elements { values.append(try evaluate(element)) }
            return .list(values)
        case .map(let entries): return try map(entries)
        case .comprehension(let comprehension): return try self.comprehension(comprehension)
        }
    }

    private func variable(_ name: String) throws(EvaluationError) -> Value {
        if let local = locals.last(where: { $0.name == name }) { return local.value }
        if let value = activation.value(named: name) { return value }
        if environment.variables[name] == nil { return .type(name) }
        throw EvaluationError(.unknownVariable, "the variable `\(name)` has no value")
    }

    private func select(_ operand: Value, _ field: String) throws(EvaluationError) -> Value {
        switch operand {
        case .map(let map):
            guard let value = map[field] else { throw EvaluationError(.noSuchKey, "there is no key `\(field)`") }
            return value
        case .object(let object):
            guard let value = object.member(field) else {
                throw EvaluationError(.noSuchField, "`\(object.typeName)` has no `\(field)` here")
            }
            return value
        default: throw EvaluationError(.noSuchOverload, "a value of type \(operand.typeName) has no fields")
        }
    }

    private func has(_ operand: Value, _ field: String) throws(EvaluationError) -> Bool {
        switch operand {
        case .map(let map): map[field] != nil
        case .object(let object): object.member(field) != nil
        default: throw EvaluationError(.noSuchOverload, "a value of type \(operand.typeName) has no fields")
        }
    }

    private mutating func map(_ entries: [(key: Expression, value: Expression)]) throws(EvaluationError) -> Value {
        var map = ValueMap()
        for entry in entries {
            let key = try evaluate(entry.key)
            let value = try evaluate(entry.value)
            guard map.insert(value, for: key) else {
                throw EvaluationError(.duplicateKey, "a map has a key twice, or one of a type that keys may not have")
            }
        }
        return .map(map)
    }

    private mutating func call(
        _ function: String, _ target: Expression?, _ arguments: [Expression]
    ) throws(EvaluationError) -> Value {
        switch function {
        case "_&&_": return try connect(arguments, decidedBy: false)
        case "_||_": return try connect(arguments, decidedBy: true)
        case "_?_:_": return try evaluate(try condition(arguments[0]) ? arguments[1] : arguments[2])
        default: break
        }
        var values: [Value] = []
        for argument in (target.map { [$0] } ?? []) + arguments { values.append(try evaluate(argument)) }
        if let result = try Self.operate(function, values) { return result }
        guard let declaration = environment.function(function, isMember: target != nil) else {
            throw EvaluationError(.noSuchOverload, "there is no function `\(function)`")
        }
        return try declaration.implementation(values)
    }

    private static func operate(_ name: String, _ values: [Value]) throws(EvaluationError) -> Value? {
        switch name {
        case "_==_": .bool(values[0].equals(values[1]))
        case "_!=_": .bool(!values[0].equals(values[1]))
        case "_<_", "_<=_", "_>_", "_>=_": try Arithmetic.compare(name, values[0], values[1])
        case "_+_", "_-_", "_*_", "_/_", "_%_": try Arithmetic.apply(name, values[0], values[1])
        case "-_": try Arithmetic.negate(values[0])
        case "!_": try negate(values[0])
        case "_in_": try isMember(values[0], of: values[1])
        case "_[_]": try element(values[0], at: values[1])
        default: nil
        }
    }

    private static func negate(_ value: Value) throws(EvaluationError) -> Value {
        guard case .bool(let value) = value else { throw FunctionDeclaration.mismatch("!", [value]) }
        return .bool(!value)
    }

    private static func isMember(_ value: Value, of collection: Value) throws(EvaluationError) -> Value {
        switch collection {
        case .list(let values): .bool(values.contains { $0.equals(value) })
        case .map(let map): .bool(map[value] != nil)
        default: throw FunctionDeclaration.mismatch("in", [value, collection])
        }
    }

    private static func element(_ collection: Value, at key: Value) throws(EvaluationError) -> Value {
        switch collection {
        case .map(let map):
            guard let value = map[key] else { throw EvaluationError(.noSuchKey, "the map has no such key") }
            return value
        case .list(let values):
            let index: Int64? =
                switch key {
                case .int(let index): index
                case .uint(let index): Int64(exactly: index)
                case .double(let index): Int64(exactly: index)
                default: throw FunctionDeclaration.mismatch("[]", [collection, key])
                }
            guard let index, index >= 0, index < values.count else {
                throw EvaluationError(.indexOutOfRange, "the index is out of range")
            }
            return values[Int(index)]
        default: throw FunctionDeclaration.mismatch("[]", [collection, key])
        }
    }

    private mutating func condition(_ expression: Expression) throws(EvaluationError) -> Bool {
        guard case .bool(let value) = try evaluate(expression) else {
            throw EvaluationError(.noSuchOverload, "a condition must be true or false")
        }
        return value
    }

    /// Evaluates to a truth or to an error that may yet be absorbed; a spent budget is never absorbed.
    private mutating func attempt(_ expression: Expression) throws(EvaluationError) -> Result<Bool, EvaluationError> {
        do { return .success(try condition(expression)) } catch {
            if error.kind == .budgetExceeded { throw error }
            return .failure(error)
        }
    }

    private mutating func connect(
        _ arguments: [Expression], decidedBy decisive: Bool
    ) throws(EvaluationError) -> Value {
        var failure: EvaluationError?
        for argument in arguments {
            switch try attempt(argument) {
            case .success(decisive): return .bool(decisive)
            case .success: continue
            case .failure(let error): failure = failure ?? error
            }
        }
        if let failure { throw failure }
        return .bool(!decisive)
    }

    private mutating func comprehension(_ comprehension: Comprehension) throws(EvaluationError) -> Value {
        let elements: [Value]
        switch try evaluate(comprehension.range) {
        case .list(let values): elements = values
        case .map(let map): elements = map.entries.map(\.key)
        case let other: throw FunctionDeclaration.mismatch(comprehension.kind.rawValue, [other])
        }
        locals.append((comprehension.variable, .null))
        defer { locals.removeLast() }
        switch comprehension.kind {
        case .all: return try quantify(comprehension, elements, decidedBy: false)
        case .exists: return try quantify(comprehension, elements, decidedBy: true)
        case .existsOne: return .bool(try select(comprehension, from: elements).count == 1)
        case .filter, .map: return .list(try select(comprehension, from: elements))
        }
    }

    private mutating func quantify(
        _ comprehension: Comprehension, _ elements: [Value], decidedBy decisive: Bool
    ) throws(EvaluationError) -> Value {
        var failure: EvaluationError?
        for element in elements {
            locals[locals.count - 1].value = element
            guard let predicate = comprehension.predicate else { continue }
            switch try attempt(predicate) {
            case .success(decisive): return .bool(decisive)
            case .success: continue
            case .failure(let error): failure = failure ?? error
            }
        }
        if let failure { throw failure }
        return .bool(!decisive)
    }

    private mutating func select(
        _ comprehension: Comprehension, from elements: [Value]
    ) throws(EvaluationError) -> [Value] {
        var values: [Value] = []
        for element in elements {
            locals[locals.count - 1].value = element
            if let predicate = comprehension.predicate, try !condition(predicate) { continue }
            if let transform = comprehension.transform {
                values.append(try evaluate(transform))
            } else {
                values.append(element)
            }
        }
        return values
    }
}
