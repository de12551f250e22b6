/// Taking a memory away.
public struct RemoveMemory: JSONRecord {
    public var mode: Mode
    /// With `erase`: purge before answering, here and on every connected holder, instead of after the hold.
    public var now: Bool
    public var agent: String?
    /// What the caller saw.
    public var version: String?
    /// Whether a `version` that is no longer current is refused.
    public var requireCurrent: Bool

    public init(
        mode: Mode = .forget, now: Bool = false, agent: String? = nil, version: String? = nil,
        requireCurrent: Bool = false
    ) {
        self.mode = mode
        self.now = now
        self.agent = agent
        self.version = version
        self.requireCurrent = requireCurrent
    }
}

extension RemoveMemory {
    public init(reading fields: inout FieldReader) throws {
        mode = try fields.value("mode", default: .forget)
        now = try fields.value("now", default: false)
        agent = try fields.optional("agent")
        version = try fields.optional("version")
        requireCurrent = try fields.value("requireCurrent", default: false)
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("mode", mode)
        fields.put("now", now)
        fields.putIfPresent("agent", agent)
        fields.putIfPresent("version", version)
        fields.put("requireCurrent", requireCurrent)
    }
}

extension RemoveMemory {
    /// How far a removal goes.
    public enum Mode: String, Sendable, Hashable, CaseIterable, JSONRepresentable {
        /// Hides; a later write brings it back.
        case forget
        /// Ends the memory everywhere; its bytes go.
        case erase

        public init(json source: JSONSource) throws { self = try source.word(Self.self) }

        public var json: JSONValue { .string(rawValue) }
        public static var shape: JSONShape { .word(allCases.map(\.rawValue)) }
    }
}
