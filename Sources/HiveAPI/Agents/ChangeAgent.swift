/// A decision about an agent.
public struct ChangeAgent: JSONRecord {
    public var reason: String?
    /// The version that was read.
    public var version: String?
    /// Whether a version that is not the newest is refused.
    public var requireCurrent: Bool

    public init(reason: String? = nil, version: String? = nil, requireCurrent: Bool = false) {
        self.reason = reason
        self.version = version
        self.requireCurrent = requireCurrent
    }
}

extension ChangeAgent {
    public init(reading fields: inout FieldReader) throws {
        reason = try fields.optional("reason")
        version = try fields.optional("version")
        requireCurrent = try fields.value("requireCurrent", default: false)
    }

    public func write(to fields: inout FieldWriter) {
        fields.putIfPresent("reason", reason)
        fields.putIfPresent("version", version)
        fields.put("requireCurrent", requireCurrent)
    }
}
