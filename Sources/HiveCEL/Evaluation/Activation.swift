/// Gives variables their values, when an expression asks for them.
public protocol Activation {
    /// Nil for a variable without a value.
    func value(named name: String) -> Value?
}

/// Variables from a dictionary.
public struct DictionaryActivation: Activation, Sendable {
    public var values: [String: Value]

    public init(_ values: [String: Value] = [:]) { self.values = values }

    public func value(named name: String) -> Value? { values[name] }
}
