/// What expressions may mention: variables with their types, objects with their fields, functions. A value; each
/// `declaring` answers with a changed copy.
public struct Environment: Sendable {
    /// The namespace in which names are looked up first, as in `com.example`; may be empty.
    public var container = ""
    private(set) var variables: [String: CELType] = [:]
    /// The places of its variables.
    public private(set) var places = VariablePlaces([])
    private(set) var objects: [String: [String: CELType]] = [:]
    private(set) var functions: [FunctionKey: FunctionDeclaration] = [:]
    /// Names that denote types.
    private(set) var types: [String: CELType] = [
        "bool": .bool, "int": .int, "uint": .uint, "double": .double, "string": .string, "bytes": .bytes,
        "list": .list(.dyn), "map": .map(.dyn, .dyn), "null_type": .null, "type": .type,
        Timestamp.typeName: .timestamp, Duration64.typeName: .duration, OptionalValue.typeName: .optional(.dyn),
        IPAddress.typeName: .object(IPAddress.typeName), AddressRange.typeName: .object(AddressRange.typeName),
    ]

    struct FunctionKey: Hashable {
        let name: String
        let isMember: Bool
    }

    /// The standard library and all extensions, without variables. Time zones are UTC and fixed offsets.
    public static let standard: Environment = {
        var environment = Environment()
        let functions =
            StandardLibrary.functions + StringLibrary.functions + MathLibrary.functions + ListLibrary.functions
            + OptionalLibrary.functions + EncoderLibrary.functions + NetworkLibrary.functions + RegexLibrary.functions
            + TimeLibrary.functions(zones: nil)
        for function in functions { environment.insert(function) }
        return environment
    }()

    public func declaring(variable name: String, as type: CELType) -> Environment {
        var copy = self
        copy.variables[name] = type
        if variables[name] == nil { copy.places = VariablePlaces(copy.variables.keys) }
        return copy
    }

    /// An object whose fields are all known: selecting any other one is an error when an expression is compiled.
    public func declaring(object name: String, fields: [String: CELType]) -> Environment {
        var copy = self
        copy.objects[name] = fields
        copy.types[name] = .object(name)
        return copy
    }

    /// A variable by its place, for hosts that look at values themselves; nil where none is declared.
    public func reference(to name: String) -> VariableReference? {
        places.place(of: name).map { VariableReference(name: name, index: $0, places: places) }
    }

    /// A function in addition to the others; it replaces one with the same name of the same kind.
    public func declaring(function: FunctionDeclaration) -> Environment {
        var copy = self
        copy.insert(function)
        return copy
    }

    public func inside(container: String) -> Environment {
        var copy = self
        copy.container = container
        return copy
    }

    /// Makes named time zones known to the functions on timestamps.
    public func using(timeZones: any TimeZoneProvider) -> Environment {
        var copy = self
        for function in TimeLibrary.functions(zones: timeZones) { copy.insert(function) }
        return copy
    }

    private mutating func insert(_ function: FunctionDeclaration) {
        functions[FunctionKey(name: function.name, isMember: function.isMember)] = function
    }

    func function(_ name: String, isMember: Bool) -> FunctionDeclaration? {
        functions[FunctionKey(name: name, isMember: isMember)]
    }
}
