/// What happened, in time: an episodic memory with its events and its outcome.
public struct Episode: Sendable, Hashable {
    public let started: Timestamp
    /// When it ended; nil while it goes on.
    public let ended: Timestamp?
    /// One of `Outcome`, or a word of a later version; nil while it goes on.
    public let outcome: String?
    /// How much it matters, from 0 to 1.
    public let significance: Double?
    /// In the order in which they happened, each once.
    public let events: [Event]

    /// How an episode can end.
    public enum Outcome: String, Sendable, Hashable, CaseIterable {
        case success
        case failure
        case partial
        case abandoned
    }

    public var isOpen: Bool { outcome == nil }

    /// From the first to the last that is known of it. While it goes on, it reaches to its last event.
    public var span: (first: Timestamp, last: Timestamp) {
        let times = events.map(\.at) + [started] + (ended.map { [$0] } ?? [])
        return (times.min() ?? started, times.max() ?? started)
    }

    /// Nil for memories that are no episodes.
    public init?(_ engram: Engram) {
        guard engram.kind == .episodic else { return nil }
        let state = engram.state
        started =
            state.shown(EngramField.started)?.inline?.integer.map(Timestamp.init(milliseconds:)) ?? engram.created
        let shown = state.shown(EngramField.outcome)
        let outcome = shown?.inline?.text
        self.outcome = outcome
        ended = outcome.flatMap { outcome in
            Self.endings(of: state).last { $0.outcome == outcome }?.at
                ?? shown.map { Timestamp(milliseconds: Int64($0.stamp.milliseconds)) }
        }
        significance = state.shown(EngramField.significance)?.inline?.number
        events = Event.all(in: state)
    }

    /// Every end that was put to the episode, in the order of writing; a reopened episode has several.
    private static func endings(of state: DocumentState) -> [(outcome: String, at: Timestamp)] {
        (state[EngramField.endings]?.entries ?? []).compactMap { value in
            guard let parts = value.array, parts.count >= 2, let outcome = parts[0].text, let at = parts[1].integer
            else { return nil }
            return (outcome, Timestamp(milliseconds: at))
        }
    }

    /// How an end is kept in the list of them.
    public static func ending(_ outcome: Outcome, at time: Timestamp) -> CBORValue {
        .array([.text(outcome.rawValue), .integer(time.milliseconds)])
    }
}

extension CBORValue {
    /// The value of any number.
    var number: Double? {
        if case .double(let value) = self { return value }
        return integer.map(Double.init)
    }
}
