import HiveAPI
import HiveCore
import Synchronization

/// Who came how often lately: a bucket for each token and for each address.
final class RateLimiter: Sendable {
    private enum Key: Hashable {
        case token(String)
        case address(String)
        case failures(String)
        /// All addresses that there is no room for, with requests and with failures.
        case otherAddresses
        case otherFailures

        /// Where a newcomer is counted that there is no room for. Tokens are as many as operators make: each has its own.
        var crowd: Key {
            switch self {
            case .token: self
            case .address, .otherAddresses: .otherAddresses
            case .failures, .otherFailures: .otherFailures
            }
        }
    }

    /// So many are told apart at once.
    static let most = 10_000
    /// Milliseconds.
    private static let sweepEvery: Int64 = 1000

    private let limits: AccessLimits
    private let now: @Sendable () -> Timestamp
    private let state = Mutex(State())

    private struct State {
        var buckets: [Key: TokenBucket] = [:]
        /// When full buckets were last thrown away, in milliseconds: looking at all of them takes a while.
        var swept: Int64 = 0
    }

    init(_ limits: AccessLimits, now: @escaping @Sendable () -> Timestamp) {
        self.limits = limits
        self.now = now
    }

    /// Counts a request under a token; nil where it may go on, else in how many seconds to come again.
    func request(token id: String) -> Int? { request(.token(id)) }

    func request(from address: RemoteAddress) -> Int? { request(.address(address.group)) }

    /// Counts a failed authentication.
    func failure(from address: RemoteAddress) -> Int? {
        take(.failures(address.group), capacity: limits.failures, rate: Double(limits.failures) / 60)
    }

    private func request(_ key: Key) -> Int? {
        guard limits.requests > 0 else { return nil }
        return take(key, capacity: limits.burst, rate: Double(limits.requests))
    }

    private func take(_ key: Key, capacity: Int, rate: Double) -> Int? {
        let now = now().milliseconds
        return state.withLock { state in
            let isNew = state.buckets[key] == nil
            // A clock that was set back must not keep the old ones until it comes round again.
            let isDue = now - Self.sweepEvery >= state.swept || now < state.swept
            if isNew, state.buckets.count >= Self.most, isDue {
                state.swept = now
                state.buckets = state.buckets.filter { !$0.value.isFull(at: now) }
            }
            let key = isNew && state.buckets.count >= Self.most ? key.crowd : key
            var bucket = state.buckets[key] ?? TokenBucket(capacity: Double(max(capacity, 1)), rate: rate, at: now)
            let wait = bucket.take(at: now)
            state.buckets[key] = bucket
            return wait.map { Int(min($0.rounded(.up), 3600)) }
        }
    }
}
