/// Whether the node can do its work, and why not.
public struct Health: JSONRecord {
    public var status: Status
    public var reasons: [String]
    /// Whether it takes requests now.
    public var ready: Bool
    /// All that was looked at, with advice.
    public var checks: [HealthCheck]

    public init(status: Status, reasons: [String] = [], ready: Bool = true, checks: [HealthCheck] = []) {
        self.status = status
        self.reasons = reasons
        self.ready = ready
        self.checks = checks
    }

    /// What follows from single checks: the worst of them is the status, and those that are not well are the reasons.
    public init(checks: [HealthCheck], ready: Bool = true) {
        let states = Set(checks.map(\.state))
        self.init(
            status: states.contains(.failing) ? .failing : states.contains(.warning) ? .degraded : .ok,
            reasons: checks.filter { $0.state == .failing || $0.state == .warning }.map(\.message), ready: ready,
            checks: checks)
    }
}

extension Health {
    public init(reading fields: inout FieldReader) throws {
        status = try fields.required("status")
        reasons = try fields.value("reasons", default: [])
        ready = try fields.value("ready", default: true)
        checks = try fields.value("checks", default: [])
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("status", status)
        fields.put("reasons", reasons)
        fields.put("ready", ready)
        fields.put("checks", checks)
    }
}

extension Health {
    /// How well a node is.
    public enum Status: String, Sendable, Hashable, CaseIterable, JSONRepresentable {
        case ok
        /// Works, but somebody should look.
        case degraded
        /// Cannot do its work.
        case failing

        public init(json source: JSONSource) throws { self = try source.word(Self.self) }

        public var json: JSONValue { .string(rawValue) }
        public static var shape: JSONShape { .word(allCases.map(\.rawValue)) }
    }
}
