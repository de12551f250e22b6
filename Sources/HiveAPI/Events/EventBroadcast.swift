import Synchronization

/// The last events of a node, numbered, for everybody who listens. Publishing never waits for anybody.
public final class EventBroadcast: EventService {
    enum Reading {
        case event(HiveEvent)
        /// Nothing new for this listener.
        case nothing
        /// Nothing will come any more.
        case ended
    }

    fileprivate struct State {
        /// The number of the first event that is remembered.
        var first: UInt64
        /// A ring: the event with a number lies at that number modulo the capacity.
        var ring: [HiveEvent?]
        var count = 0
        var isFinished = false
        var waiting: [Int: CheckedContinuation<Void, Never>] = [:]
        var nextWaiter = 0
        let began: String
        /// How many listen to each topic.
        var listeners: [String: Int] = [:]
        /// The newest event when somebody last stopped listening to a topic: they may come back for what they missed.
        var departed: [String: UInt64] = [:]

        /// The number of the newest event.
        var last: UInt64 { first + UInt64(count) - 1 }

        subscript(number: UInt64) -> HiveEvent? {
            get { ring[Int(number % UInt64(ring.count))] }
            set { ring[Int(number % UInt64(ring.count))] = newValue }
        }
    }

    private let state: Mutex<State>

    /// - Parameters:
    ///   - capacity: how many events are remembered.
    ///   - start: the number of the first one. Above every number that was ever given out, so that events of a former
    ///     run are not mistaken for those of this one.
    ///   - began: the time of that, for listeners that come from a former run.
    public init(capacity: Int = 4096, startingAt start: UInt64 = 1, began: String = "") {
        let ring = [HiveEvent?](repeating: nil, count: max(capacity, 1))
        state = Mutex(State(first: max(start, 1), ring: ring, began: began))
    }

    /// The number of the newest event; one below the first where there was none.
    public var newest: UInt64 { state.withLock { $0.last } }

    public func listen(topics: [String], after: String?) -> EventListener {
        listen(topics: topics, after: after) { _ in true }
    }

    /// - Parameter admits: whether the listener may hear of an event.
    public func listen(
        topics: [String], after: String?, admits: @escaping @Sendable (HiveEvent) -> Bool
    ) -> EventListener {
        let position = after.flatMap { UInt64($0) } ?? newest
        return EventListener(self, topics: topics, position: position, admits: admits)
    }

    /// Whether anybody listens to a topic, or did so lately: everything that was told since is still remembered.
    public func isListened(to topic: String) -> Bool {
        state.withLock { state in
            (state.listeners[topic] ?? 0) > 0 || state.departed[topic].map { $0 >= state.first - 1 } ?? false
        }
    }

    /// Notes that somebody listens, and to what.
    func began(_ topics: Set<String>) {
        state.withLock { state in
            for topic in EventTopic.chosen(by: topics) { state.listeners[topic, default: 0] += 1 }
        }
    }

    func ended(_ topics: Set<String>) {
        state.withLock { state in
            for topic in EventTopic.chosen(by: topics) {
                state.listeners[topic, default: 1] -= 1
                state.departed[topic] = state.last
            }
        }
    }

    /// Numbers an event, whatever its id, and tells it to everybody.
    public func publish(_ event: HiveEvent) { publish(event.type, at: event.time, event.data) }

    /// Numbers an event and tells it to everybody.
    public func publish(_ type: String, at time: String, _ data: JSONValue = .null) {
        let waiting = state.withLock { state in
            if state.count == state.ring.count {
                state.first += 1
            } else {
                state.count += 1
            }
            let number = state.last
            state[number] = HiveEvent(id: String(number), type: type, time: time, data: data)
            return state.takeWaiting()
        }
        for waiter in waiting { waiter.resume() }
    }

    /// Ends every listener's events: for the end of the node.
    public func finish() {
        let waiting = state.withLock { state in
            state.isFinished = true
            return state.takeWaiting()
        }
        for waiter in waiting { waiter.resume() }
    }

    /// The first event behind a position that the topics admit, and moves the position there.
    func read(
        after position: inout UInt64, _ topics: Set<String>, admits: (HiveEvent) -> Bool = { _ in true }
    ) -> Reading {
        state.withLock { state in
            if let gap = state.gap(at: &position) { return .event(gap) }
            while position < state.last {
                position += 1
                if let event = state[position], EventTopic.admits(event.type, topics), admits(event) {
                    return .event(event)
                }
            }
            return state.isFinished ? .ended : .nothing
        }
    }

    /// Returns when there is something behind a position, no more will come, or the task is cancelled.
    func wait(after position: UInt64) async {
        let number = state.withLock { state in
            state.nextWaiter += 1
            return state.nextWaiter
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let waits = state.withLock { state in
                    guard state.last == position, !state.isFinished, !Task.isCancelled else { return false }
                    state.waiting[number] = continuation
                    return true
                }
                if !waits { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.waiting.removeValue(forKey: number) }?.resume()
        }
    }
}

extension EventBroadcast.State {
    fileprivate mutating func takeWaiting() -> [CheckedContinuation<Void, Never>] {
        defer { waiting = [:] }
        return Array(waiting.values)
    }

    /// The event that says what a position has missed, and moves the position behind that; nil where it has missed
    /// nothing. Positions of a former run, or of no run, have missed what nobody can count.
    fileprivate func gap(at position: inout UInt64) -> HiveEvent? {
        guard position > last || position + 1 < first else { return nil }
        let missed = position
        position = position > last ? last : first - 1
        return HiveEvent(
            id: String(position), type: HiveEvent.gap, time: (count > 0 ? self[first]?.time : nil) ?? began,
            data: ["after": .string(String(missed))])
    }
}
