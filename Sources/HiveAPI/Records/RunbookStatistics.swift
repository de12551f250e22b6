/// How often a runbook was followed, and how it went.
public struct RunbookStatistics: JSONRecord {
    public var runs: Int
    public var successes: Int
    public var partial: Int
    public var failures: Int
    public var lastRunAt: String?
    /// Of the runs whose length is known.
    public var medianSeconds: Int?
    /// The incidents that it was followed for, last first.
    public var incidents: [String]

    public init(
        runs: Int, successes: Int, partial: Int, failures: Int, lastRunAt: String? = nil, medianSeconds: Int? = nil,
        incidents: [String] = []
    ) {
        self.runs = runs
        self.successes = successes
        self.partial = partial
        self.failures = failures
        self.lastRunAt = lastRunAt
        self.medianSeconds = medianSeconds
        self.incidents = incidents
    }
}

extension RunbookStatistics {
    public init(reading fields: inout FieldReader) throws {
        runs = try fields.required("runs")
        successes = try fields.required("successes")
        partial = try fields.required("partial")
        failures = try fields.required("failures")
        lastRunAt = try fields.optional("lastRunAt")
        medianSeconds = try fields.optional("medianSeconds")
        incidents = try fields.value("incidents", default: [])
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("runs", runs)
        fields.put("successes", successes)
        fields.put("partial", partial)
        fields.put("failures", failures)
        fields.put("lastRunAt", lastRunAt)
        fields.put("medianSeconds", medianSeconds)
        fields.put("incidents", incidents)
    }
}
