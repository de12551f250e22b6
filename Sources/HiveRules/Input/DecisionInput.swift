public import HiveCEL

/// What a decision is asked about, checked against the schema.
public struct DecisionInput: Sendable {
    public let event: String
    let fields: ValueMap

    /// Why an input is refused.
    public struct Failure: Error, Sendable, Hashable, CustomStringConvertible {
        public let message: String
        public var description: String { message }
    }

    /// Throws for what is no object, names an unknown event or has fields that the event has not.
    public init(_ value: Value, schema: InputSchema = .standard) throws(Failure) {
        guard case .map(let map) = value else { throw Failure(message: "an input must be one object") }
        if let problem = schema.problem(in: map) { throw Failure(message: problem) }
        fields = schema.widened(map)
        event = Self.text(map["event"]) ?? ""
    }

    private init(event: String, fields: ValueMap) {
        self.event = event
        self.fields = fields
    }

    /// The input as an object.
    public var value: Value { .map(fields) }

    func text(_ name: String) -> String? { Self.text(fields[name]) }

    /// How long the texts are that conditions look through.
    var textBytes: Int { ["command", "content"].reduce(0) { $0 + (text($1)?.utf8.count ?? 0) } }

    func text(_ object: String, _ field: String) -> String? {
        guard case .map(let map)? = fields[object] else { return nil }
        return Self.text(map[field])
    }

    /// The same input with other values for some fields.
    func replacing(_ values: [String: Value]) -> DecisionInput {
        var replaced = ValueMap()
        for entry in fields.entries {
            guard case .string(let name) = entry.key else { continue }
            _ = replaced.insert(values[name] ?? entry.value, for: entry.key)
        }
        for (name, value) in values.sorted(by: { $0.key < $1.key }) { _ = replaced.insert(value, for: .string(name)) }
        return DecisionInput(event: event, fields: replaced)
    }

    private static func text(_ value: Value?) -> String? {
        guard case .string(let text)? = value else { return nil }
        return text
    }
}
