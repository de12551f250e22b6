/// Asks for lines of the journal of access, the newest first.
public struct AccessQuery: JSONRecord {
    public var limit: Int
    /// `next` of an earlier answer.
    public var cursor: String?
    public var action: String?
    /// `done`, `failed` or `refused`.
    public var outcome: String?
    /// The id of a credential, or the beginning of it.
    public var credential: String?
    /// Not before this time.
    public var since: String?

    public init(
        limit: Int = 50, cursor: String? = nil, action: String? = nil, outcome: String? = nil,
        credential: String? = nil, since: String? = nil
    ) {
        self.limit = limit
        self.cursor = cursor
        self.action = action
        self.outcome = outcome
        self.credential = credential
        self.since = since
    }

    /// Throws `invalid_input` for what cannot be asked.
    public func checkLimits() throws {
        guard MemoryLimits.page.contains(limit) else {
            throw HiveError(.invalidInput, "`limit` must lie between 1 and 1000, not at \(limit)")
        }
        guard let outcome, AccessEvent.Outcome(rawValue: outcome) == nil else { return }
        throw HiveError(.invalidInput, "`\(outcome)` is no outcome", hint: "use done, failed or refused")
    }
}

extension AccessQuery {
    public init(reading fields: inout FieldReader) throws {
        limit = try fields.value("limit", default: 50)
        cursor = try fields.optional("cursor")
        action = try fields.optional("action")
        outcome = try fields.optional("outcome")
        credential = try fields.optional("credential")
        since = try fields.optional("since")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("limit", limit)
        fields.putIfPresent("cursor", cursor)
        fields.putIfPresent("action", action)
        fields.putIfPresent("outcome", outcome)
        fields.putIfPresent("credential", credential)
        fields.putIfPresent("since", since)
    }
}
