import HiveAPI
import HiveCore
import Synchronization

/// Who came how often lately: a bucket for each token and for each address.
final class RateLimiter: Sendable {
    private enum Key: Hashable {
        case token(String)
        case address(String)
        case failures(String)
        /// All that there is no room for.
        case others
    }

    /// So many are told apart at once.
    private static let most = 10_000

    private let limits: AccessLimits
    private let now: @Sendable () -> Timestamp
    private let buckets = Mutex<[Key: TokenBucket]>([:])

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
        return buckets.withLock { buckets in
            if buckets[key] == nil, buckets.count >= Self.most {
                buckets = buckets.filter { !$0.value.isFull(at: now) }
            }
            let key = buckets[key] == nil && buckets.count >= Self.most ? .others : key
            var bucket = buckets[key] ?? TokenBucket(capacity: Double(max(capacity, 1)), rate: rate, at: now)
            let wait = bucket.take(at: now)
            buckets[key] = bucket
            return wait.map { Int(min($0.rounded(.up), 3600)) }
        }
    }
}
