/// What events are about: what listeners choose by.
public enum EventTopic {
    /// Every topic that there is, besides `gap`, which everybody hears.
    public static let all = [
        "agent", "conflict", "fork", "members", "memory", "message", "peer", "rules", "sync", "task",
    ]

    /// Throws `invalid_input` for a topic that nothing is ever told about. `memory`, `memory.*`, `memory.erased` and `*` are
    /// ways to choose.
    public static func check(_ topics: [String]) throws(HiveError) {
        for topic in topics where topic != "*" && !all.contains(name(of: topic)) {
            throw HiveError(
                .invalidInput, "`\(topic)` is no topic of events",
                hint: "the topics are \(all.joined(separator: ", ")), and * for all")
        }
    }

    /// Whether somebody who chose these topics hears of an event. None stand for all.
    static func admits(_ type: String, _ topics: Set<String>) -> Bool {
        if topics.isEmpty || topics.contains("*") || type == HiveEvent.gap { return true }
        let topic = name(of: type)
        return topics.contains(topic) || topics.contains("\(topic).*") || topics.contains(type)
    }

    /// The topics of which somebody who chose these hears something.
    static func chosen(by topics: Set<String>) -> [String] {
        guard !topics.isEmpty, !topics.contains("*") else { return all }
        let names = Set(topics.map(name))
        return all.filter(names.contains)
    }

    private static func name(of type: String) -> String { String(type.prefix { $0 != "." }) }
}
