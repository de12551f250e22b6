/// What an update does to one field.
public enum FieldUpdate<Value: Sendable & Hashable>: Sendable, Hashable {
    /// Leaves it as it is: the field is missing in JSON.
    case keep
    /// Empties it: null in JSON.
    case clear
    case set(Value)

    /// The new value where there is one.
    public var value: Value? {
        guard case .set(let value) = self else { return nil }
        return value
    }
}
