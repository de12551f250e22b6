import HiveAPI

/// The parameters of an event stream: `?topics=memory,conflict`.
struct EventsQuery: JSONRecord {
    /// Topics, separated by commas; all where it is missing.
    var topics: String?

    init(reading fields: inout FieldReader) throws { topics = try fields.optional("topics") }
    func write(to fields: inout FieldWriter) { fields.putIfPresent("topics", topics) }

    var topicList: [String] { (topics ?? "").split(separator: ",").map(String.init) }
}
