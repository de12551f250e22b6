/// Numbers the fields that the rules of a set look at, so that a decision reads each of them once.
struct FieldTable: Sendable {
    private(set) var fields: [InputField] = []
    private var numbers: [InputField: Int] = [:]

    /// The number of a field, given when it is first asked for.
    mutating func number(of field: InputField) -> Int {
        if let number = numbers[field] { return number }
        let number = fields.count
        numbers[field] = number
        fields.append(field)
        return number
    }
}
