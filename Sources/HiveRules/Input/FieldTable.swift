import HiveCEL

/// Numbers the fields that the rules of a set look at, so that a decision reads each of them once.
struct FieldTable: Sendable {
    private(set) var fields: [InputField] = []
    /// The places of variables that every rule may ask for.
    let places: VariablePlaces
    private var numbers: [InputField: Int] = [:]

    init(for schema: InputSchema = .standard) { places = schema.environment.places }

    /// The number of a field, given when it is first asked for.
    mutating func number(of field: InputField) -> Int {
        if let number = numbers[field] { return number }
        let number = fields.count
        numbers[field] = number
        fields.append(field)
        return number
    }
}
