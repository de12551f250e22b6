public import HiveAPI

extension Node: EventService {
    public func listen(topics: [String], after: String?) -> EventListener {
        announcer.events.listen(topics: topics, after: after)
    }

    /// Tells listeners of something that no document shows. The type is a topic and what happened, joined by a dot.
    func announce(_ type: String, _ data: JSONValue = .null) { announcer.announce(type, data) }
}
