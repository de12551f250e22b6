/// Variables by their places, for evaluating many programs of one environment: nothing is looked up by name.
public struct PlacedActivation: Activation, Sendable {
    private let places: VariablePlaces
    private var values: [Value?]

    /// Values for variables that the environment declares; others are ignored.
    public init(_ values: [String: Value] = [:], in environment: Environment) {
        places = environment.places
        self.values = places.names.map { values[$0] }
    }

    /// Nil for a variable without a value, and for one that the environment does not declare.
    public subscript(name: String) -> Value? {
        get { places.place(of: name).flatMap { values[$0] } }
        set { if let place = places.place(of: name) { values[place] = newValue } }
    }

    public func value(named name: String) -> Value? { self[name] }

    public func value(of variable: VariableReference) -> Value? {
        // A program of another environment has other places.
        variable.places === places ? values[variable.index] : self[variable.name]
    }
}
