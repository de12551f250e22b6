/// What successful episodes suggest.
public struct SkillProposals: JSONRecord {
    public var items: [SkillProposal]
    /// How many successful episodes were looked at.
    public var considered: Int
    /// Groups of similar episodes that a skill was made from before, or would be but for a skill that was forgotten.
    public var known: Int
    /// Groups of similar episodes that share no step.
    public var withoutSteps: Int

    public init(items: [SkillProposal], considered: Int, known: Int = 0, withoutSteps: Int = 0) {
        self.items = items
        self.considered = considered
        self.known = known
        self.withoutSteps = withoutSteps
    }
}

extension SkillProposals {
    public init(reading fields: inout FieldReader) throws {
        items = try fields.required("items")
        considered = try fields.value("considered", default: 0)
        known = try fields.value("known", default: 0)
        withoutSteps = try fields.value("withoutSteps", default: 0)
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("items", items)
        fields.put("considered", considered)
        fields.put("known", known)
        fields.put("withoutSteps", withoutSteps)
    }
}
