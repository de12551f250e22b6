/// A rule in one line.
public struct RuleSummary: JSONRecord {
    public var name: String
    public var version: Int
    public var type: String?
    public var scope: String?
    public var priority: Int
    public var effect: String
    /// `disabled`, `shadow`, `warn` or `enforce`.
    public var enforcement: String
    public var enabled: Bool
    public var set: String?

    public init(
        name: String, version: Int, type: String? = nil, scope: String? = nil, priority: Int, effect: String,
        enforcement: String, enabled: Bool, set: String? = nil
    ) {
        self.name = name
        self.version = version
        self.type = type
        self.scope = scope
        self.priority = priority
        self.effect = effect
        self.enforcement = enforcement
        self.enabled = enabled
        self.set = set
    }
}

extension RuleSummary {
    public init(reading fields: inout FieldReader) throws {
        name = try fields.required("name")
        version = try fields.required("version")
        type = try fields.optional("type")
        scope = try fields.optional("scope")
        priority = try fields.required("priority")
        effect = try fields.required("effect")
        enforcement = try fields.required("enforcement")
        enabled = try fields.required("enabled")
        set = try fields.optional("set")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("name", name)
        fields.put("version", version)
        fields.put("type", type)
        fields.put("scope", scope)
        fields.put("priority", priority)
        fields.put("effect", effect)
        fields.put("enforcement", enforcement)
        fields.put("enabled", enabled)
        fields.put("set", set)
    }
}
