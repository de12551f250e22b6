/// A decision that this node made lately, with what it was asked about.
public struct RecentDecision: JSONRecord {
    public var id: String
    public var time: String
    /// `tool.pre`, `memory.write`, …
    public var event: String
    /// The tool or operation, where the input names one.
    public var name: String?
    /// The command, path or address that it was about, cut to `longestText`.
    public var subject: String?
    public var agent: String?
    public var machine: String?
    public var project: String?
    public var effect: String
    public var allowed: Bool
    /// The rule that decided; nil where none had a say.
    public var rule: String?
    public var ruleVersion: Int?
    public var message: String
    public var remediation: String?
    /// The rules that applied, the deciding one among them.
    public var matched: [String]
    /// Rules that would have applied, had they not been in shadow.
    public var shadow: [String]
    /// Rules whose condition could not be answered, with the reason.
    public var errors: [String]
    /// The sets that were asked, with their versions.
    public var ruleSet: String
    public var durationNanoseconds: Int

    /// How many characters of a text are kept.
    public static let longestText = 400

    public init(id: String, time: String, event: String, effect: String, allowed: Bool, ruleSet: String) {
        self.id = id
        self.time = time
        self.event = event
        self.effect = effect
        self.allowed = allowed
        self.ruleSet = ruleSet
        message = ""
        matched = []
        shadow = []
        errors = []
        durationNanoseconds = 0
    }
}

extension RecentDecision {
    public init(reading fields: inout FieldReader) throws {
        self.init(
            id: try fields.required("id"), time: try fields.required("time"), event: try fields.required("event"),
            effect: try fields.required("effect"), allowed: try fields.required("allowed"),
            ruleSet: try fields.value("ruleSet", default: ""))
        name = try fields.optional("name")
        subject = try fields.optional("subject")
        agent = try fields.optional("agent")
        machine = try fields.optional("machine")
        project = try fields.optional("project")
        rule = try fields.optional("rule")
        ruleVersion = try fields.optional("ruleVersion")
        message = try fields.value("message", default: "")
        remediation = try fields.optional("remediation")
        matched = try fields.value("matched", default: [])
        shadow = try fields.value("shadow", default: [])
        errors = try fields.value("errors", default: [])
        durationNanoseconds = try fields.value("durationNanoseconds", default: 0)
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("id", id)
        fields.put("time", time)
        fields.put("event", event)
        fields.put("name", name)
        fields.put("subject", subject)
        fields.put("agent", agent)
        fields.put("machine", machine)
        fields.put("project", project)
        fields.put("effect", effect)
        fields.put("allowed", allowed)
        fields.put("rule", rule)
        fields.put("ruleVersion", ruleVersion)
        fields.put("message", message)
        fields.put("remediation", remediation)
        fields.put("matched", matched)
        fields.put("shadow", shadow)
        fields.put("errors", errors)
        fields.put("ruleSet", ruleSet)
        fields.put("durationNanoseconds", durationNanoseconds)
    }
}
