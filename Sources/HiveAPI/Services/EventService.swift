/// Hearing what happens on a node.
public protocol EventService: Sendable {
    /// Begins to listen to events of these topics, all of them where the list is empty: behind the event `after`, or
    /// from now on.
    func listen(topics: [String], after: String?) -> EventListener
}

extension EventService {
    /// Events of these topics from now on. One that does not keep up is told by a `gap` event that it missed some.
    public func events(topics: [String]) -> AsyncStream<HiveEvent> {
        listen(topics: topics, after: nil).stream
    }
}
