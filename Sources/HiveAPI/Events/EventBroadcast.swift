import Synchronization

/// Hands every event to every listener of its topic. A listener that falls behind loses its oldest events.
public final class EventBroadcast: EventService {
    private struct Listener {
        let topics: Set<String>
        let continuation: AsyncStream<HiveEvent>.Continuation
    }

    private struct State {
        var listeners: [Int: Listener] = [:]
        var nextListener = 0
    }

    private let state = Mutex(State())
    /// How many events a slow listener may have waiting.
    private let capacity: Int

    public init(capacity: Int = 1024) { self.capacity = capacity }

    public func events(topics: [String]) -> AsyncStream<HiveEvent> {
        let (stream, continuation) = AsyncStream.makeStream(
            of: HiveEvent.self, bufferingPolicy: .bufferingNewest(capacity))
        let number = state.withLock { state in
            defer { state.nextListener += 1 }
            state.listeners[state.nextListener] = Listener(topics: Set(topics), continuation: continuation)
            return state.nextListener
        }
        continuation.onTermination = { [weak self] _ in
            self?.state.withLock { state in _ = state.listeners.removeValue(forKey: number) }
        }
        return stream
    }

    /// Never waits.
    public func publish(_ event: HiveEvent) {
        let listeners = state.withLock { Array($0.listeners.values) }
        for listener in listeners where listener.topics.isEmpty || listener.topics.contains(event.topic) {
            listener.continuation.yield(event)
        }
    }

    /// Ends every listener's stream: for the end of the node.
    public func finish() {
        let listeners = state.withLock { Array($0.listeners.values) }
        for listener in listeners { listener.continuation.finish() }
    }
}
