/// What a procedural memory has beside what every memory has.
public struct SkillDetail: JSONRecord {
    /// When it is of use.
    public var trigger: String?
    /// In order.
    public var steps: [String]
    /// In the order of writing.
    public var refinements: [SkillRefinement]
    /// What was said about single uses.
    public var notes: [SkillNote]
    public var uses: Int
    public var successes: Int
    /// The share of uses that succeeded; nil before the first. Passed over in requests.
    public var rate: Double?
    /// What the share is at least, with 95 % confidence (Wilson's lower bound). Passed over in requests.
    public var rateAtLeast: Double?

    public init(
        trigger: String? = nil, steps: [String] = [], refinements: [SkillRefinement] = [], notes: [SkillNote] = [],
        uses: Int = 0, successes: Int = 0, rate: Double? = nil, rateAtLeast: Double? = nil
    ) {
        self.trigger = trigger
        self.steps = steps
        self.refinements = refinements
        self.notes = notes
        self.uses = uses
        self.successes = successes
        self.rate = rate
        self.rateAtLeast = rateAtLeast
    }
}

extension SkillDetail {
    public init(reading fields: inout FieldReader) throws {
        trigger = try fields.optional("trigger")
        steps = try fields.value("steps", default: [])
        refinements = try fields.value("refinements", default: [])
        notes = try fields.value("notes", default: [])
        uses = try fields.value("uses", default: 0)
        successes = try fields.value("successes", default: 0)
        rate = try fields.optional("rate")
        rateAtLeast = try fields.optional("rateAtLeast")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("trigger", trigger)
        fields.put("steps", steps)
        fields.put("refinements", refinements)
        fields.put("notes", notes)
        fields.put("uses", uses)
        fields.put("successes", successes)
        fields.put("rate", rate)
        fields.put("rateAtLeast", rateAtLeast)
    }
}
