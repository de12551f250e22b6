/// Whether the node can do its work, and why not.
public struct Health: JSONRecord {
    public var status: Status
    public var reasons: [String]
    /// Whether it takes requests now.
    public var ready: Bool

    public init(status: Status, reasons: [String] = [], ready: Bool = true) {
        self.status = status
        self.reasons = reasons
        self.ready = ready
    }
}

extension Health {
    public init(reading fields: inout FieldReader) throws {
        status = try fields.required("status")
        reasons = try fields.value("reasons", default: [])
        ready = try fields.value("ready", default: true)
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("status", status)
        fields.put("reasons", reasons)
        fields.put("ready", ready)
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
