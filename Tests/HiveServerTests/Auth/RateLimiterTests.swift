import HiveAPI
import HiveCore
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
}
