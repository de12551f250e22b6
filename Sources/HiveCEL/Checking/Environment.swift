/// What expressions may mention: variables with their types, objects with their fields, functions.
public struct Environment: Sendable {
    var variables: [String: CELType] = [:]
    var objects: [String: [String: CELType]] = [:]
    var functions: [FunctionKey: FunctionDeclaration] = [:]

    struct FunctionKey: Hashable {
        let name: String
        let isMember: Bool
    }

    /// The standard library, without variables.
    public static let standard: Environment = {
        var environment = Environment()
        for function in StandardLibrary.functions { environment = environment.declaring(function: function) }
        return environment
    }()

    public func declaring(variable name: String, as type: CELType) -> Environment {
        var copy = self
        copy.variables[name] = type
        return copy
    }

    /// An object whose fields are all known: selecting any other one is an error when an expression is compiled.
    public func declaring(object name: String, fields: [String: CELType]) -> Environment {
        var copy = self
        copy.objects[name] = fields
        return copy
    }

    public func declaring(function: FunctionDeclaration) -> Environment {
        var copy = self
        copy.functions[FunctionKey(name: function.name, isMember: function.isMember)] = function
        return copy
    }

    func function(_ name: String, isMember: Bool) -> FunctionDeclaration? {
        functions[FunctionKey(name: name, isMember: isMember)]
    }
}
