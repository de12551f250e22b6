public import HiveCEL

/// What a decision is asked about, checked against the schema.
public struct DecisionInput: Sendable {
    public let event: String
    let fields: ValueMap
    let commands: [ShellCommand]

    /// Why an input is refused.
    public struct Failure: Error, Sendable, Hashable, CustomStringConvertible {
        public let message: String
        public var description: String { message }
    }

    public init(_ value: Value) throws(Failure) {
        guard case .map(let map) = value else { throw Failure(message: "an input must be one object") }
        if let problem = InputSchema.problem(in: map) { throw Failure(message: problem) }
        fields = map
        event = Self.text(map["event"]) ?? ""
        commands = Self.text(map["command"]).map(ShellParser.commands(in:)) ?? []
    }

    func text(_ name: String) -> String? { Self.text(fields[name]) }

    func text(_ object: String, _ field: String) -> String? {
        guard case .map(let map)? = fields[object] else { return nil }
        return Self.text(map[field])
    }

    func texts(_ object: String, _ field: String) -> [String] {
        guard case .map(let map)? = fields[object], case .list(let values)? = map[field] else { return [] }
        return values.compactMap(Self.text)
    }

    private static func text(_ value: Value?) -> String? {
        guard case .string(let text)? = value else { return nil }
        return text
    }
}
