import Synchronization

/// One listener's place in the events of a node. Nothing is kept for it: it reads what the node remembers for all, so a
/// slow one costs nothing, and is told by a `gap` event when what it had not read yet is remembered no longer.
public final class EventListener: Sendable {
    private let journal: EventBroadcast
    private let topics: Set<String>
    private let admits: @Sendable (HiveEvent) -> Bool
    private let position: Mutex<UInt64>

    init(
        _ journal: EventBroadcast, topics: [String], position: UInt64, admits: @escaping @Sendable (HiveEvent) -> Bool
    ) {
        self.journal = journal
        self.topics = Set(topics)
        self.admits = admits
        self.position = Mutex(position)
        journal.began(self.topics)
    }

    deinit { journal.ended(topics) }

    /// The next event; nil once there will be no more, or where the calling task was cancelled. Nothing is lost by a
    /// cancellation. One call at a time.
    public func next() async -> HiveEvent? {
        while !Task.isCancelled {
            let found = position.withLock { journal.read(after: &$0, topics, admits: admits) }
            switch found {
            case .event(let event): return event
            case .ended: return nil
            case .nothing: await journal.wait(after: position.withLock { $0 })
            }
        }
        return nil
    }

    /// The same as a sequence, for one reader.
    public var stream: AsyncStream<HiveEvent> { AsyncStream { await self.next() } }
}
