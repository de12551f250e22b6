/// One line of the journal of access.
public struct AccessEntry: JSONRecord {
    /// Ascending without gaps.
    public var number: Int
    public var time: String
    public var action: String
    /// `done`, `failed` or `refused`.
    public var outcome: String
    /// The id of the credential that was shown; nil where it is not known.
    public var credential: String?
    /// What the credential is called.
    public var name: String?
    /// The agent that the caller says it is.
    public var agent: String?
    public var address: String?
    public var subject: String?
    public var code: String?
    /// How many refusals before this one were not written down, since there were too many.
    public var unwritten: Int?
    /// The hash of the entry before.
    public var previous: String
    /// Over everything else.
    public var hash: String

    public init(
        number: Int, time: String, event: AccessEvent, by access: Access, unwritten: Int?, previous: String
    ) {
        self.number = number
        self.time = time
        action = event.action
        outcome = event.outcome.rawValue
        credential = access.credential
        name = access.name
        agent = access.agent
        address = access.address
        subject = event.subject
        code = event.code
        self.unwritten = unwritten
        self.previous = previous
        hash = ""
    }
}

extension AccessEntry {
    public init(reading fields: inout FieldReader) throws {
        number = try fields.required("number")
        time = try fields.required("time")
        action = try fields.required("action")
        outcome = try fields.required("outcome")
        credential = try fields.optional("credential")
        name = try fields.optional("name")
        agent = try fields.optional("agent")
        address = try fields.optional("address")
        subject = try fields.optional("subject")
        code = try fields.optional("code")
        unwritten = try fields.optional("unwritten")
        previous = try fields.required("previous")
        hash = try fields.required("hash")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("number", number)
        fields.put("time", time)
        fields.put("action", action)
        fields.put("outcome", outcome)
        fields.putIfPresent("credential", credential)
        fields.putIfPresent("name", name)
        fields.putIfPresent("agent", agent)
        fields.putIfPresent("address", address)
        fields.putIfPresent("subject", subject)
        fields.putIfPresent("code", code)
        fields.putIfPresent("unwritten", unwritten)
        fields.put("previous", previous)
        fields.put("hash", hash)
    }
}
