import HiveCEL

/// A part of the input that an expression looks at, such as `git.branch`. A class, since decisions show what stands there.
final class ValuePath: Sendable, Hashable {
    let root: String
    let fields: [String]
    /// As it is written.
    let text: String
    /// The variable at its root, where the environment has one of that name.
    private let reference: VariableReference?

    init(root: String, fields: [String], reference: VariableReference? = nil) {
        self.root = root
        self.reference = reference
        self.fields = fields
        text = ([root] + fields).joined(separator: ".")
    }

    /// The same path with its root looked up.
    func resolved(in environment: Environment) -> ValuePath {
        ValuePath(root: root, fields: fields, reference: environment.reference(to: root))
    }

    static func == (left: ValuePath, right: ValuePath) -> Bool {
        left.root == right.root && left.fields == right.fields
    }

    func hash(into hasher: inout Hasher) { hasher.combine(text) }

    /// The longest paths in an expression, each once, in the order of the source. Names that macros make are left out.
    static func all(in expression: Expression) -> [ValuePath] {
        var paths: [ValuePath] = []
        collect(expression, locals: [], &paths)
        return paths
    }

    private static func collect(_ expression: Expression, locals: Set<String>, _ paths: inout [ValuePath]) {
        if let path = path(expression, locals) {
            if !paths.contains(path) { paths.append(path) }
            return
        }
        switch expression.form {
        case .presence(let operand, let field):
            if let path = path(operand, locals) {
                let whole = ValuePath(root: path.root, fields: path.fields + [field])
                if !paths.contains(whole) { paths.append(whole) }
            }
        case .comprehension(let comprehension):
            collect(comprehension.range, locals: locals, &paths)
            for part in [comprehension.predicate, comprehension.transform].compactMap(\.self) {
                collect(part, locals: locals.union(comprehension.variables), &paths)
            }
        case .binding(let binding):
            collect(binding.value, locals: locals, &paths)
            collect(binding.body, locals: locals.union([binding.variable]), &paths)
        default: for child in expression.form.children { collect(child, locals: locals, &paths) }
        }
    }

    private static func path(_ expression: Expression, _ locals: Set<String>) -> ValuePath? {
        switch expression.form {
        case .identifier(let name):
            locals.contains(name) || name.hasPrefix("@") ? nil : ValuePath(root: name, fields: [])
        case .select(let operand, let field):
            path(operand, locals).map { ValuePath(root: $0.root, fields: $0.fields + [field]) }
        default: nil
        }
    }

    /// What stands there; nil where nothing does.
    func value(in activation: RuleActivation) -> Value? {
        if root == "variables", let first = fields.first {
            return Self.select(activation.value(named: "variables.\(first)"), fields.dropFirst())
        }
        let value = reference.map { activation.value(of: $0) } ?? activation.value(named: root)
        return Self.select(value, fields[...])
    }

    private static func select(_ value: Value?, _ fields: ArraySlice<String>) -> Value? {
        guard let field = fields.first else { return value }
        switch value {
        case .map(let map)?: return select(map[field], fields.dropFirst())
        case .object(let object)?: return select(object.member(field), fields.dropFirst())
        default: return nil
        }
    }
}
