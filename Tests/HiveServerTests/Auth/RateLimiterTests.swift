import HiveAPI
import HiveCore
import Synchronization
import Testing

@testable import HiveServer

@Suite struct RateLimiterTests {
    @Test("However many addresses come, tokens are counted each for itself, and guesses apart from requests")
    func crowd() {
        var limits = AccessLimits()
        (limits.requests, limits.burst, limits.failures) = (1, 1, 1)
        let limiter = RateLimiter(limits) { Interface.now }
        for number in 0..<RateLimiter.most {
            #expect(limiter.request(from: RemoteAddress(text: "host-\(number)")) == nil)
        }
        #expect(limiter.request(from: RemoteAddress(text: "one more")) == nil)
        #expect(limiter.request(from: RemoteAddress(text: "and another")) == 1)
        #expect(limiter.failure(from: RemoteAddress(text: "guesser")) == nil)
        #expect(limiter.failure(from: RemoteAddress(text: "another guesser")) != nil)
        #expect(limiter.request(token: "one") == nil && limiter.request(token: "two") == nil)
    }

    @Test("A clock that is set back does not keep everybody in the crowd until it comes round again")
    func clock() {
        var limits = AccessLimits()
        (limits.requests, limits.burst) = (1, 1)
        let seconds = Mutex<Int64>(0)
        let limiter = RateLimiter(limits) { Interface.now.advanced(bySeconds: seconds.withLock { $0 }) }
        let crowd = (0..<RateLimiter.most).map { RemoteAddress(text: "host-\($0)") }
        for address in crowd { #expect(limiter.request(from: address) == nil) }
        #expect(limiter.request(from: RemoteAddress(text: "one more")) == nil)
        seconds.withLock { $0 = -3600 }
        for address in crowd { _ = limiter.request(from: address) }
        seconds.withLock { $0 = -3590 }
        #expect(limiter.request(from: RemoteAddress(text: "one")) == nil)
        #expect(limiter.request(from: RemoteAddress(text: "another")) == nil)
    }
}
