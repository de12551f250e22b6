/// What earlier incidents teach about one.
public struct IncidentSuggestions: JSONRecord {
    /// Most similar first.
    public var incidents: [SimilarIncident]
    /// Those that helped similar incidents first.
    public var runbooks: [SuggestedRunbook]

    public init(incidents: [SimilarIncident] = [], runbooks: [SuggestedRunbook] = []) {
        self.incidents = incidents
        self.runbooks = runbooks
    }
}

extension IncidentSuggestions {
    public init(reading fields: inout FieldReader) throws {
        incidents = try fields.value("incidents", default: [])
        runbooks = try fields.value("runbooks", default: [])
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("incidents", incidents)
        fields.put("runbooks", runbooks)
    }
}
