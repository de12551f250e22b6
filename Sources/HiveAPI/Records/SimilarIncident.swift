/// An earlier incident that reads alike.
public struct SimilarIncident: JSONRecord {
    public var id: String
    public var title: String
    public var severity: String
    public var status: String
    public var resolution: String?
    /// 0 to 1.
    public var score: Double

    public init(id: String, title: String, severity: String, status: String, resolution: String? = nil, score: Double) {
        self.id = id
        self.title = title
        self.severity = severity
        self.status = status
        self.resolution = resolution
        self.score = score
    }
}

extension SimilarIncident {
    public init(reading fields: inout FieldReader) throws {
        id = try fields.required("id")
        title = try fields.required("title")
        severity = try fields.required("severity")
        status = try fields.required("status")
        resolution = try fields.optional("resolution")
        score = try fields.required("score")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("id", id)
        fields.put("title", title)
        fields.put("severity", severity)
        fields.put("status", status)
        fields.put("resolution", resolution)
        fields.put("score", score)
    }
}
