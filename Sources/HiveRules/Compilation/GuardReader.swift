import HiveCEL

/// Reads guards out of a condition: from the parts that all must hold, and from alternatives that ask the same field.
/// A part that cannot be read gives no guard; the condition itself is asked in the end.
struct GuardReader {
    let schema: InputSchema
    let params: [String: Value]
    /// What the rule's variables stand for, and the guards of each, read once.
    private var variables: [String: (expression: Expression, guards: [Draft])] = [:]
    /// What the names of macros stand for.
    private var locals: [String: Local] = [:]

    private enum Local {
        case anyCommand
        case element(of: Subject)
    }

    /// A field, and whether it is asked of all sub-commands together.
    private struct Subject: Hashable {
        let field: InputField
        let isAboutAnyCommand: Bool
    }

    /// Guards beyond these numbers are left out, which costs time and changes nothing: conditions that repeat
    /// themselves through variables would have more of them than memory.
    private static let maximumGuards = 64
    private static let maximumTests = 1_000

    /// A guard before its field has a number.
    struct Draft: Hashable {
        let field: InputField
        let tests: [FieldTest]
        var absence = Guard.Absence.open
        var isAboutAnyCommand = false
    }

    /// `variables` in the order in which each may use those before it.
    init(schema: InputSchema, params: [String: Value], variables: [(name: String, expression: Expression)] = []) {
        self.schema = schema
        self.params = params
        for (name, expression) in variables { self.variables[name] = (expression, guards(of: expression)) }
    }

    func guards(of expression: Expression) -> [Draft] {
        if let variable = variable(expression) { return variable.guards }
        return switch expression.form {
        case .call("_&&_", nil, let parts): conjunction(parts)
        case .call("_||_", nil, let parts): disjunction(parts)
        case .call(let function, let target, let arguments): test(function, target, arguments).map { [$0] } ?? []
        case .comprehension(let comprehension) where comprehension.kind == .exists: exists(comprehension)
        default: []
        }
    }

    private func variable(_ expression: Expression) -> (expression: Expression, guards: [Draft])? {
        guard case .select(let operand, let name) = expression.form, case .identifier("variables") = operand.form,
            locals["variables"] == nil
        else { return nil }
        return variables[name]
    }

    /// What an expression stands for, to be read where no macro is around it; nil where that is itself.
    private func meaning(_ expression: Expression) -> (Expression, GuardReader)? {
        guard let variable = variable(expression) else { return nil }
        var reader = self
        reader.locals = [:]
        return (variable.expression, reader)
    }

    private func conjunction(_ parts: [Expression]) -> [Draft] {
        let present = Set(parts.compactMap(presence))
        var drafts: [Draft] = []
        for part in parts {
            for var draft in guards(of: part) where drafts.count < Self.maximumGuards {
                if present.contains(draft.field) { draft.absence = .fails }
                if !drafts.contains(draft) { drafts.append(draft) }
            }
        }
        return drafts
    }

    /// The field that `has` asks for.
    private func presence(_ expression: Expression) -> InputField? {
        if let (meaning, reader) = meaning(expression) { return reader.presence(meaning) }
        guard case .presence(let operand, let name) = expression.form, case .identifier(let object) = operand.form,
            locals[object] == nil, schema.isObject(object)
        else { return nil }
        return .nested(object, name)
    }

    /// Fields that every alternative asks for: the texts of all of them together.
    private func disjunction(_ parts: [Expression]) -> [Draft] {
        let alternatives = parts.map(guards)
        guard let first = alternatives.first else { return [] }
        return first.compactMap { candidate in
            var joined = candidate
            for others in alternatives.dropFirst() {
                let other = others.first {
                    $0.field == candidate.field && $0.isAboutAnyCommand == candidate.isAboutAnyCommand
                }
                guard let other, joined.tests.count + other.tests.count <= Self.maximumTests else { return nil }
                joined = Draft(
                    field: candidate.field, tests: joined.tests + other.tests.filter { !joined.tests.contains($0) },
                    absence: joined.absence == .fails && other.absence == .fails ? .fails : .open,
                    isAboutAnyCommand: candidate.isAboutAnyCommand)
            }
            return joined
        }
    }

    private func exists(_ comprehension: Comprehension) -> [Draft] {
        guard comprehension.variables.count == 1, let predicate = comprehension.predicate else { return [] }
        var inner = self
        if case .identifier("commands") = comprehension.range.form, locals["commands"] == nil {
            inner.locals[comprehension.variables[0]] = .anyCommand
            return inner.guards(of: predicate)
        }
        guard let subject = list(comprehension.range) else { return [] }
        inner.locals[comprehension.variables[0]] = .element(of: subject)
        if subject.field.isOfCommand { return inner.guards(of: predicate) }
        // Without the list there is an error, whatever the other fields hold.
        return inner.guards(of: predicate).filter { $0.field == subject.field }.map { draft in
            Draft(field: draft.field, tests: draft.tests)
        }
    }

    private func test(_ function: String, _ target: Expression?, _ arguments: [Expression]) -> Draft? {
        switch (function, target) {
        case ("_==_", nil): equality(arguments[0], arguments[1]) ?? equality(arguments[1], arguments[0])
        case ("_in_", nil): membership(arguments[0], arguments[1])
        case ("hasFlag", let target?): flags(target, arguments)
        case (_, let target?) where arguments.count == 1: search(function, target, arguments[0])
        default: nil
        }
    }

    private func equality(_ field: Expression, _ constant: Expression) -> Draft? {
        guard let subject = text(field), let needle = string(constant) else { return nil }
        return draft(subject, [.equals(needle)])
    }

    private func membership(_ element: Expression, _ collection: Expression) -> Draft? {
        if let subject = text(element), let needles = strings(collection) {
            return draft(subject, needles.map { .equals($0) })
        }
        guard let subject = list(collection), let needle = string(element) else { return nil }
        return draft(subject, [.equals(needle)])
    }

    private func flags(_ target: Expression, _ arguments: [Expression]) -> Draft? {
        guard let isAny = command(target) else { return nil }
        let flags = arguments.compactMap(string)
        guard flags.count == arguments.count else { return nil }
        return Draft(field: .flag, tests: flags.map { .flag($0) }, absence: .fails, isAboutAnyCommand: isAny)
    }

    private func search(_ function: String, _ target: Expression, _ argument: Expression) -> Draft? {
        guard let subject = text(target), let needle = string(argument), !needle.isEmpty else { return nil }
        switch function {
        case "startsWith": return draft(subject, [.prefix(needle)])
        case "endsWith": return draft(subject, [.suffix(needle)])
        case "contains": return draft(subject, [.contains(needle)])
        case "matches": return RegexLiteral.required(by: needle).map { draft(subject, [.contains($0)]) }
        default: return nil
        }
    }

    /// A command is never without its program and its arguments.
    private func draft(_ subject: Subject, _ tests: [FieldTest]) -> Draft {
        Draft(
            field: subject.field, tests: tests, absence: subject.field.isOfCommand ? .fails : .open,
            isAboutAnyCommand: subject.isAboutAnyCommand)
    }
}

/// What expressions denote.
extension GuardReader {
    /// For a command: whether it is any of them; nil for everything else.
    private func command(_ expression: Expression) -> Bool? {
        guard case .identifier(let name) = expression.form else { return nil }
        switch locals[name] {
        case .anyCommand: return true
        case nil where name == "cmd": return false
        default: return nil
        }
    }

    private func text(_ expression: Expression) -> Subject? {
        if let (meaning, reader) = meaning(expression) { return reader.text(meaning) }
        switch expression.form {
        case .identifier(let name):
            if case .element(let subject)? = locals[name] { return subject }
            guard locals[name] == nil, schema.type(of: name) == .string else { return nil }
            return Subject(field: .top(name), isAboutAnyCommand: false)
        case .select(let operand, let name):
            if let isAny = command(operand) {
                switch name {
                case "program": return Subject(field: .program, isAboutAnyCommand: isAny)
                case "text": return Subject(field: .commandText, isAboutAnyCommand: isAny)
                default: return nil
                }
            }
            return member(operand, name, of: .string)
        default: return nil
        }
    }

    private func list(_ expression: Expression) -> Subject? {
        if let (meaning, reader) = meaning(expression) { return reader.list(meaning) }
        switch expression.form {
        case .identifier(let name):
            guard locals[name] == nil, schema.type(of: name) == .list(.string) else { return nil }
            return Subject(field: .top(name), isAboutAnyCommand: false)
        case .select(let operand, "args"):
            return command(operand).map { Subject(field: .argument, isAboutAnyCommand: $0) }
        case .select(let operand, let name): return member(operand, name, of: .list(.string))
        case .call("flatten", let wrapped?, let arguments) where arguments.isEmpty: return optionalField(wrapped)
        default: return nil
        }
    }

    /// `[input.?a.?b.orValue([])].flatten()`: the values of a field that may be missing, one or several. What is no text
    /// leaves the guard open.
    private func optionalField(_ wrapped: Expression) -> Subject? {
        guard case .list(let elements) = wrapped.form, elements.count == 1, !elements[0].isOptional,
            case .call("orValue", let optional?, let defaults) = elements[0].expression.form, defaults.count == 1,
            case .list(let none) = defaults[0].form, none.isEmpty,
            case .optionalSelect(let operand, let name) = optional.form
        else { return nil }
        if isInput(operand) { return Subject(field: .top(name), isAboutAnyCommand: false) }
        guard case .optionalSelect(let input, let object) = operand.form, isInput(input) else { return nil }
        return Subject(field: .nested(object, name), isAboutAnyCommand: false)
    }

    private func isInput(_ expression: Expression) -> Bool {
        guard case .identifier("input") = expression.form else { return false }
        return locals["input"] == nil
    }

    private func member(_ operand: Expression, _ name: String, of type: CELType) -> Subject? {
        guard case .identifier(let object) = operand.form, locals[object] == nil,
            schema.type(of: object, name) == type
        else { return nil }
        return Subject(field: .nested(object, name), isAboutAnyCommand: false)
    }

    /// A text that is the same for every input.
    private func string(_ expression: Expression) -> String? {
        guard case .string(let text)? = constant(expression) else { return nil }
        return text
    }

    private func strings(_ expression: Expression) -> [String]? {
        if case .list(let elements) = expression.form {
            let texts = elements.compactMap { $0.isOptional ? nil : string($0.expression) }
            return texts.count == elements.count ? texts : nil
        }
        guard case .list(let values)? = constant(expression) else { return nil }
        // What is no text equals no text.
        return values.compactMap { value in
            guard case .string(let text) = value else { return nil }
            return text
        }
    }

    private func constant(_ expression: Expression) -> Value? {
        if let (meaning, reader) = meaning(expression) { return reader.constant(meaning) }
        switch expression.form {
        case .literal(let value): return value
        case .select(let operand, let name):
            guard case .identifier("params") = operand.form, locals["params"] == nil else { return nil }
            return params[name]
        default: return nil
        }
    }
}
