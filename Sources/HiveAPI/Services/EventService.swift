/// Hearing what happens on a node.
public protocol EventService: Sendable {
    /// Events of these topics from now on; all topics where the list is empty. A listener that falls behind loses the
    /// oldest events, never the newest; ids tell that some are missing.
    func events(topics: [String]) -> AsyncStream<HiveEvent>
}
