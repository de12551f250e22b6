/// A runbook that may help.
public struct SuggestedRunbook: JSONRecord {
    public var id: String
    public var title: String
    public var runs: Int
    public var successes: Int
    /// The similar incidents that it helped or was tied to.
    public var helped: [String]
    /// 0 to 1.
    public var score: Double

    public init(id: String, title: String, runs: Int, successes: Int, helped: [String] = [], score: Double) {
        self.id = id
        self.title = title
        self.runs = runs
        self.successes = successes
        self.helped = helped
        self.score = score
    }
}

extension SuggestedRunbook {
    public init(reading fields: inout FieldReader) throws {
        id = try fields.required("id")
        title = try fields.required("title")
        runs = try fields.required("runs")
        successes = try fields.required("successes")
        helped = try fields.value("helped", default: [])
        score = try fields.required("score")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("id", id)
        fields.put("title", title)
        fields.put("runs", runs)
        fields.put("successes", successes)
        fields.put("helped", helped)
        fields.put("score", score)
    }
}
