/// One expression with all that its evaluation needs, as a line of JSON brings it:
/// `{"expr", "container", "typeEnv", "bindings", "disableMacros", "disableCheck"}`, all but `expr` optional, values and
/// types as in ``ProtoJSON``. Other keys are ignored.
public struct EvaluationCase: Sendable {
    public let expression: String
    public let environment: Environment
    public let bindings: [String: Value]
    public let expandsMacros: Bool
    public let isChecked: Bool

    /// Reads a case. Variables with a value and without a declaration are `dyn`.
    public init(_ json: Value, in base: Environment = .standard) throws(ProtoJSON.Failure) {
        guard case .map(let map) = json, case .string(let expression)? = map["expr"] else {
            throw ProtoJSON.Failure("a case must be an object with a text as its `expr`")
        }
        var environment = base
        if case .string(let container)? = map["container"] { environment = environment.inside(container: container) }
        var declared: Set<String> = []
        if case .list(let declarations)? = map["typeEnv"] {
            for declaration in declarations {
                guard case .map(let declaration) = declaration, case .string(let name)? = declaration["name"] else {
                    throw ProtoJSON.Failure("a declaration in `typeEnv` needs a `name`")
                }
                if case .map(let function)? = declaration["function"] {
                    for function in try ProtoJSON.functions(name, function) {
                        environment = environment.declaring(function: function)
                    }
                } else {
                    let type = try ProtoJSON.type(declaration["type"] ?? .map(ValueMap()))
                    environment = environment.declaring(variable: name, as: type)
                    declared.insert(name)
                }
            }
        }
        var bindings: [String: Value] = [:]
        if case .map(let entries)? = map["bindings"] {
            for entry in entries.entries {
                guard case .string(let name) = entry.key else { continue }
                bindings[name] = try ProtoJSON.value(entry.value)
                if !declared.contains(name) { environment = environment.declaring(variable: name, as: .dyn) }
            }
        }
        self.expression = expression
        self.environment = environment
        self.bindings = bindings
        expandsMacros = if case .bool(true)? = map["disableMacros"] { false } else { true }
        isChecked = if case .bool(true)? = map["disableCheck"] { false } else { true }
    }

    public func compile() throws(CompilationError) -> Program {
        guard isChecked else { return try .compileUnchecked(expression, in: environment, macros: expandsMacros) }
        return try .compile(expression, in: environment, macros: expandsMacros)
    }

    /// The value, or what went wrong while compiling or evaluating.
    public func evaluate() -> Result<Value, EvaluationError> {
        do {
            return try compile().evaluate(DictionaryActivation(bindings))
        } catch {
            return .failure(EvaluationError(error.kind, error.message, at: error.position))
        }
    }

    /// The answer to one line: `{"value": …}` or `{"error": {"kind": …, "message": …}}`.
    public static func answer(_ line: String, in base: Environment = .standard) -> String {
        let result: Result<Value, EvaluationError>
        do {
            result = try EvaluationCase(try JSONText.parse(line), in: base).evaluate()
        } catch let failure as ProtoJSON.Failure {
            result = .failure(EvaluationError(.invalidArgument, failure.message))
        } catch {
            result = .failure(EvaluationError(.invalidArgument, "the line is not JSON: \(error)"))
        }
        switch result {
        case .success(let value): return JSONText.render(.map(ValueMap(["value": ProtoJSON.json(value)])))
        case .failure(let error):
            let content: Value = .map(
                ValueMap(["kind": .string(error.kind.rawValue), "message": .string(error.message)]))
            return JSONText.render(.map(ValueMap(["error": content])))
        }
    }
}
