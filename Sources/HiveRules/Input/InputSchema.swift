public import HiveCEL

/// What an input may hold: one object with `event`, the event's own fields, and the context. Events and fields may be
/// added to the standard ones.
public struct InputSchema: Sendable {
    /// The fields of each event with their types, without the context.
    public private(set) var events: [String: [String: CELType]]
    /// The environment that conditions and messages are checked against.
    public private(set) var environment: Environment
    private var fields: [String: CELType] = [:]

    /// Fields that every event may have.
    private static let context: [String: CELType] = [
        "event": .string, "project": .string, "session": .string, "user": .string, "agent": .object("agent"),
        "machine": .object("machine"), "git": .object("git"),
    ]

    private static let objects: [String: [String: CELType]] = [
        "agent": ["name": .string, "roles": .list(.string), "capabilities": .list(.string)],
        "machine": ["name": .string, "labels": .map(.string, .string)],
        "git": ["repo": .string, "branch": .string],
    ]

    /// The fields that a `transform` may replace.
    static let transformable = ["command", "path", "content", "url"]

    /// The events that agents and gates report.
    public static let standard = InputSchema(events: StandardEvents.all)

    private init(events: [String: [String: CELType]]) {
        self.events = events
        environment = Environment.standard
        rebuild()
    }

    /// Events with their fields in addition. Throws where a field has another type already, or is of no type.
    public func adding(_ documents: [EventSchemaDocument]) throws(RuleError) -> InputSchema {
        guard !documents.isEmpty else { return self }
        var copy = self
        for document in documents {
            for (event, added) in document.events.sorted(by: { $0.key < $1.key }) {
                for (name, type) in added.sorted(by: { $0.key < $1.key }) {
                    if let known = copy.fields[name], known != type {
                        throw RuleError(
                            "the field `\(name)` is \(known) already, not \(type)", at: document.location,
                            hint: "choose another name")
                    }
                    copy.fields[name] = type
                    copy.events[event, default: StandardEvents.action][name] = type
                }
                if added.isEmpty { copy.events[event] = copy.events[event] ?? StandardEvents.action }
            }
        }
        copy.rebuild()
        return copy
    }

    private mutating func rebuild() {
        fields = Self.context
        for event in events.values { fields.merge(event) { first, _ in first } }
        var environment = Environment.standard
        for (name, members) in Self.objects { environment = environment.declaring(object: name, fields: members) }
        for (name, type) in fields { environment = environment.declaring(variable: name, as: type) }
        self.environment = SecretLibrary.declare(in: ShellLibrary.declare(in: environment))
            .declaring(variable: "params", as: .map(.string, .dyn))
            .declaring(variable: "input", as: .map(.string, .dyn))
    }

    /// The type of a field; nil for a name that is none.
    func type(of name: String) -> CELType? { fields[name] }

    /// The type of a field of an object of the context.
    func type(of object: String, _ name: String) -> CELType? {
        guard case .object(let type)? = fields[object] else { return nil }
        return Self.objects[type]?[name]
    }

    /// Whether a name is that of an object of the context; inputs without it have an empty one.
    func isObject(_ name: String) -> Bool {
        if case .object? = fields[name] { return true }
        return false
    }

    var eventNames: [String] { events.keys.sorted() }
}

/// Checks inputs.
extension InputSchema {
    /// Why an input is not one, or nil.
    func problem(in map: ValueMap) -> String? {
        guard case .string(let event)? = map["event"] else { return "`event` is missing" }
        guard let own = events[event] else {
            return "there is no event `\(event)`; "
                + (Suggestion.nearest(to: event, among: eventNames)
                    ?? "known are \(eventNames.joined(separator: ", "))")
        }
        for entry in map.entries {
            guard case .string(let name) = entry.key else { return "names must be texts" }
            guard let type = own[name] ?? Self.context[name] else {
                let known = (Array(own.keys) + Array(Self.context.keys)).sorted()
                return "unknown field `\(name)`; "
                    + (Suggestion.nearest(to: name, among: known) ?? "known are \(known.joined(separator: ", "))")
            }
            if let problem = Self.problem(name, entry.value, type) { return problem }
        }
        return nil
    }

    /// The same input with whole numbers as fractions where the schema has fractions: JSON does not tell them apart.
    func widened(_ map: ValueMap) -> ValueMap {
        guard fields.values.contains(.double) else { return map }
        var result = ValueMap()
        for entry in map.entries {
            var value = entry.value
            if case .string(let name) = entry.key, fields[name] == .double, case .int(let whole) = value {
                value = .double(Double(whole))
            }
            _ = result.insert(value, for: entry.key)
        }
        return result
    }

    private static func problem(_ name: String, _ value: Value, _ type: CELType) -> String? {
        if case .object(let object) = type { return problem(inObject: name, value, objects[object] ?? [:]) }
        guard fits(value, type) else { return "`\(name)` must be \(EventSchemaDocument.text(of: type))" }
        return nil
    }

    private static func problem(inObject name: String, _ value: Value, _ fields: [String: CELType]) -> String? {
        guard case .map(let map) = value else { return "`\(name)` must be an object" }
        for entry in map.entries {
            guard case .string(let field) = entry.key, let type = fields[field] else {
                return "unknown field `\(name).\(JSONText.render(entry.key))`; known are "
                    + fields.keys.sorted().joined(separator: ", ")
            }
            if let problem = problem("\(name).\(field)", entry.value, type) { return problem }
        }
        return nil
    }

    private static func fits(_ value: Value, _ type: CELType) -> Bool {
        switch (type, value) {
        case (.dyn, _), (.string, .string), (.int, .int), (.bool, .bool), (.double, .double), (.double, .int): true
        case (.list(let element), .list(let values)): values.allSatisfy { fits($0, element) }
        case (.map(_, let element), .map(let map)): map.entries.allSatisfy { fits($0.value, element) }
        default: false
        }
    }
}
