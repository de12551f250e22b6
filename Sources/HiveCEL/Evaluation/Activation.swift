/// Gives variables their values, when an expression asks for them.
public protocol Activation {
    /// Nil for a variable without a value.
    func value(named name: String) -> Value?
    /// The same by place: hosts on hot paths answer from an array instead of by name.
    func value(of variable: VariableReference) -> Value?
    /// What parts that programs share have given for these values; nil evaluates each for itself.
    var sharedResults: SharedResults? { get }
}

extension Activation {
    public func value(of variable: VariableReference) -> Value? { value(named: variable.name) }
    public var sharedResults: SharedResults? { nil }
}

/// A variable that a program asks for.
public struct VariableReference: Sendable, Hashable {
    public let name: String
    /// Its place among the sorted names of all variables of the environment in which the program was compiled.
    public let index: Int
    /// The places that the index counts in: the same object as the environment's, unless variables came in later.
    public let places: VariablePlaces

    public static func == (left: VariableReference, right: VariableReference) -> Bool {
        left.index == right.index && left.name == right.name
    }

    public func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

/// Variables from a dictionary.
public struct DictionaryActivation: Activation, Sendable {
    public var values: [String: Value]

    public init(_ values: [String: Value] = [:]) { self.values = values }

    public func value(named name: String) -> Value? { values[name] }
}
