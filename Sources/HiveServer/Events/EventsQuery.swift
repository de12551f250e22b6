import HiveAPI

/// The parameters of an event stream: `?topics=memory,conflict&after=1795248000000123`.
struct EventsQuery: JSONRecord {
    /// Topics, separated by commas; all where it is missing.
    var topics: String?
    /// The id of the last event that the listener has.
    var after: String?

    init(reading fields: inout FieldReader) throws {
        topics = try fields.optional("topics")
        after = try fields.optional("after")
    }

    func write(to fields: inout FieldWriter) {
        fields.putIfPresent("topics", topics)
        fields.putIfPresent("after", after)
    }

    /// Throws `invalid_input` for a topic that there is not.
    func topicList() throws -> [String] {
        let names = (topics ?? "").split(separator: ",").map { $0.filter { $0 != " " } }
        try EventTopic.check(names)
        return names
    }

    /// Behind which event the listener is, by the parameter or else by the header that browsers send when they connect
    /// again.
    func position(_ call: HTTPCall) throws -> String? {
        guard let id = after ?? call.header("last-event-id"), !id.isEmpty else { return nil }
        guard UInt64(id) != nil else {
            throw HiveError(
                .invalidInput, "`\(id)` is no id of an event", hint: "give the `id` of one that was received")
        }
        return id
    }
}
