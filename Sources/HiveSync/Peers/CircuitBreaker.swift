/// Whether a peer that does not answer is called, as a value: after some failures in a row not for a while, then once to
/// see whether it is back. Times are in milliseconds of the node's own clock.
public struct CircuitBreaker: Sendable, Hashable {
    /// As the metric `agent_circuit_breaker_state` has it.
    public enum State: Int, Sendable, Hashable {
        case closed = 0
        case halfOpen = 1
        case open = 2
    }

    /// So many failures in a row open it.
    public let threshold: Int
    private var backoff: Backoff
    private var opensAgain: Int64?

    public init(threshold: Int = 5, backoff: Backoff = Backoff(initial: 1_000, maximum: 60_000)) {
        self.threshold = threshold
        self.backoff = backoff
    }

    public func state(now: Int64) -> State {
        guard backoff.failures >= threshold, let opensAgain else { return .closed }
        return now < opensAgain ? .open : .halfOpen
    }

    /// For how many milliseconds no call is to be made.
    public func wait(now: Int64) -> Int64 { max(0, (opensAgain ?? now) - now) }

    public mutating func succeeded() {
        backoff.succeeded()
        opensAgain = nil
    }

    /// Notes a failed call; the next one may be made after a time that grows and has jitter in it.
    public mutating func failed(now: Int64, using random: inout some RandomNumberGenerator) {
        opensAgain = now + backoff.failed(using: &random)
    }

    /// Calls are made at this time at the earliest, whatever came before: the peer said so.
    public mutating func rest(until time: Int64) { opensAgain = max(opensAgain ?? time, time) }
}
