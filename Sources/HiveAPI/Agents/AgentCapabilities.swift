/// What an agent declares that it can do, and what it needs for it. The names are those of the declaration that platforms of
/// agents use, so that one file serves both.
public struct AgentCapabilities: JSONRecord {
    /// What it can do, one word each: `planning`, `code_generation`.
    public var cognitive: [String]
    /// How much depends on it, as `critical`.
    public var performanceTier: String?
    /// What it needs: `ollama_priority`, `max_context_size`, `timeout`, and whatever else it names.
    public var resourceRequirements: [String: JSONValue]

    public init(
        cognitive: [String] = [], performanceTier: String? = nil, resourceRequirements: [String: JSONValue] = [:]
    ) {
        self.cognitive = cognitive
        self.performanceTier = performanceTier
        self.resourceRequirements = resourceRequirements
    }
}

extension AgentCapabilities {
    public init(reading fields: inout FieldReader) throws {
        cognitive = try fields.value("cognitive", default: [])
        performanceTier = try fields.optional("performance_tier")
        resourceRequirements = try fields.value("resource_requirements", default: [:])
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("cognitive", cognitive)
        fields.putIfPresent("performance_tier", performanceTier)
        fields.put("resource_requirements", resourceRequirements)
    }
}
