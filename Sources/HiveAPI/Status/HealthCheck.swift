/// One thing that was looked at: how it is, and what to do about it.
public struct HealthCheck: JSONRecord {
    /// What was looked at: `disk`, `law`, `peers`, …
    public var id: String
    public var state: State
    /// What was found, in one sentence.
    public var message: String
    /// What to do; nil where all is well.
    public var advice: String?

    public init(id: String, state: State, message: String, advice: String? = nil) {
        self.id = id
        self.state = state
        self.message = message
        self.advice = advice
    }

    public static func ok(_ id: String, _ message: String) -> HealthCheck {
        HealthCheck(id: id, state: .ok, message: message)
    }

    public static func warning(_ id: String, _ message: String, advice: String) -> HealthCheck {
        HealthCheck(id: id, state: .warning, message: message, advice: advice)
    }

    public static func failing(_ id: String, _ message: String, advice: String) -> HealthCheck {
        HealthCheck(id: id, state: .failing, message: message, advice: advice)
    }
}

extension HealthCheck {
    public init(reading fields: inout FieldReader) throws {
        id = try fields.required("id")
        state = try fields.required("state")
        message = try fields.required("message")
        advice = try fields.optional("advice")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("id", id)
        fields.put("state", state)
        fields.put("message", message)
        fields.put("advice", advice)
    }
}

extension HealthCheck {
    /// How a thing is.
    public enum State: String, Sendable, Hashable, CaseIterable, JSONRepresentable {
        case ok
        /// Works, but somebody should look.
        case warning
        /// Does not work.
        case failing
        /// Could not be looked at.
        case skipped

        public init(json source: JSONSource) throws { self = try source.word(Self.self) }

        public var json: JSONValue { .string(rawValue) }
        public static var shape: JSONShape { .word(allCases.map(\.rawValue)) }
    }
}
