/// Rules to be put in force as one set: whole or not at all.
public struct PushRules: JSONRecord {
    public var sources: [RuleSource]
    /// The set's name where the sources do not give one.
    public var set: String?
    /// Decide and record, but enforce nothing.
    public var shadow: Bool
    /// In force everywhere at once, until `ttl` ends.
    public var emergency: Bool
    /// Seconds; emergencies only.
    public var ttl: Int?

    public init(
        sources: [RuleSource], set: String? = nil, shadow: Bool = false, emergency: Bool = false, ttl: Int? = nil
    ) {
        self.sources = sources
        self.set = set
        self.shadow = shadow
        self.emergency = emergency
        self.ttl = ttl
    }
}

extension PushRules {
    public init(reading fields: inout FieldReader) throws {
        sources = try fields.required("sources")
        set = try fields.optional("set")
        shadow = try fields.value("shadow", default: false)
        emergency = try fields.value("emergency", default: false)
        ttl = try fields.optional("ttl")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("sources", sources)
        fields.putIfPresent("set", set)
        fields.put("shadow", shadow)
        fields.put("emergency", emergency)
        fields.putIfPresent("ttl", ttl)
    }
}
