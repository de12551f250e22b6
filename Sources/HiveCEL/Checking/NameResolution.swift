/// What names mean in an environment: the checker and the planner ask the same questions and so get the same answers.
struct NameResolution {
    let environment: Environment

    enum Meaning {
        case variable(String, CELType)
        case type(String, CELType)
    }

    /// The qualified names that a name may stand for, the innermost namespace first.
    private func candidates(_ name: String) -> [String] {
        if name.hasPrefix(".") { return [String(name.dropFirst())] }
        guard !environment.container.isEmpty else { return [name] }
        var parts = environment.container.split(separator: ".").map(String.init)
        var result: [String] = []
        while !parts.isEmpty {
            result.append(parts.joined(separator: ".") + "." + name)
            parts.removeLast()
        }
        return result + [name]
    }

    func meaning(of name: String) -> Meaning? {
        for candidate in candidates(name) {
            if let type = environment.variables[candidate] { return .variable(candidate, type) }
            if let type = environment.types[candidate] { return .type(candidate, type) }
        }
        return nil
    }

    func function(_ name: String) -> FunctionDeclaration? {
        for candidate in candidates(name) {
            if let function = environment.function(candidate, isMember: false) { return function }
        }
        return nil
    }

    /// `a.b.c` as one name, or nil where an expression is not a chain of names or begins with a local one.
    static func qualifiedName(_ expression: Expression, isLocal: (String) -> Bool) -> String? {
        var fields: [String] = []
        var current = expression
        while true {
            switch current.form {
            case .identifier(let name):
                guard !isLocal(name) else { return nil }
                return ([name] + fields.reversed()).joined(separator: ".")
            case .select(let operand, let field):
                fields.append(field)
                current = operand
            default: return nil
            }
        }
    }

    /// The function that a call means: a global one, one in a namespace (`math.abs(x)`), or a member.
    func callee(
        _ name: String, target: Expression?, isLocal: (String) -> Bool
    ) -> (function: FunctionDeclaration?, isMember: Bool) {
        guard let target else { return (function(name), false) }
        if let namespace = Self.qualifiedName(target, isLocal: isLocal), let function = function(namespace + "." + name)
        {
            return (function, false)
        }
        return (environment.function(name, isMember: true), true)
    }
}
