import HiveAPI
import Testing

@Suite struct TokenBucketTests {
    @Test("A bucket gives what it holds, then says how long to wait, and fills up with time")
    func filling() {
        var bucket = TokenBucket(capacity: 2, rate: 0.5, at: 1000)
        #expect(bucket.take(at: 1000) == nil)
        #expect(bucket.take(at: 1000) == nil)
        #expect(bucket.take(at: 1000) == 2)
        #expect(bucket.take(at: 2000) == 1)
        #expect(bucket.take(at: 3000) == nil)
        #expect(bucket.take(at: 3000) == 2)
    }

    @Test("It never holds more than its capacity, however long nobody came")
    func capacity() {
        var bucket = TokenBucket(capacity: 3, rate: 100, at: 0)
        #expect(bucket.isFull(at: 0))
        for _ in 0..<3 { #expect(bucket.take(at: 1_000_000) == nil) }
        #expect(bucket.take(at: 1_000_000) != nil)
        #expect(!bucket.isFull(at: 1_000_000))
        #expect(bucket.isFull(at: 1_000_030))
    }

    @Test("A clock that goes back, or to the end of time, neither fills it nor breaks it")
    func clocks() {
        var bucket = TokenBucket(capacity: 1, rate: 1, at: 5000)
        #expect(bucket.take(at: 5000) == nil)
        #expect(bucket.take(at: 1000) == 1)
        #expect(bucket.take(at: .min) == 1)
        #expect(bucket.take(at: .max) == nil)
        var empty = TokenBucket(capacity: 1, rate: 0, at: 0)
        #expect(empty.take(at: 0) == nil)
        #expect(empty.take(at: .max) == .infinity)
    }
}
