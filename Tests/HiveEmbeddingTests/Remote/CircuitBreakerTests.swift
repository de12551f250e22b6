import HiveCore
import HiveTesting
import Testing

@testable import HiveEmbedding

/// The circuit does what it promises, whatever happens in whatever order.
@Suite struct CircuitBreakerTests {
    @Test("It opens after failures in a row, lets one call through, and closes when that succeeds")
    func story() throws {
        var breaker = CircuitBreaker(tolerance: 2, firstPause: 100, longestPause: 400)
        let (first, second) = (try breaker.admit(at: 0), try breaker.admit(at: 0))
        breaker.fail(first, at: 1, jitter: 1)
        #expect(breaker.state(at: 1) == .closed)
        breaker.fail(second, at: 2, jitter: 1)
        #expect(breaker.state(at: 101) == .open && breaker.pause(at: 2) == 100)
        #expect(throws: CircuitBreaker.Refusal(wait: 1)) { try breaker.admit(at: 101) }
        let probe = try breaker.admit(at: 102)
        #expect(breaker.state(at: 102) == .halfOpen)
        #expect(throws: CircuitBreaker.Refusal.self) { try breaker.admit(at: 102) }
        breaker.fail(probe, at: 110, jitter: 0)
        #expect(breaker.pause(at: 110) == 100, "half of the doubled pause")
        let next = try breaker.admit(at: 210)
        breaker.succeed(next)
        #expect(breaker.state(at: 210) == .closed)
    }

    @Test("A success in between begins the count anew")
    func successes() throws {
        var breaker = CircuitBreaker(tolerance: 2)
        for _ in 0..<20 {
            breaker.fail(try breaker.admit(at: 0), at: 0, jitter: 1)
            breaker.succeed(try breaker.admit(at: 0))
        }
        #expect(breaker.state(at: 0) == .closed)
    }

    @Test("A call that began before the circuit opened changes nothing afterwards")
    func lateOutcomes() throws {
        var breaker = CircuitBreaker(tolerance: 1, firstPause: 100)
        let (late, first) = (try breaker.admit(at: 0), try breaker.admit(at: 0))
        breaker.fail(first, at: 0, jitter: 1)
        breaker.succeed(late)
        #expect(breaker.state(at: 50) == .open)
        breaker.fail(late, at: 99, jitter: 1)
        #expect(breaker.pause(at: 99) == 1)
    }

    @Test("Pauses grow up to a limit, and no farther")
    func limit() throws {
        var breaker = CircuitBreaker(tolerance: 1, firstPause: 100, longestPause: 700)
        var now: Int64 = 0
        var pauses: [Int64] = []
        for _ in 0..<70 {
            breaker.fail(try breaker.admit(at: now), at: now, jitter: 1)
            pauses.append(breaker.pause(at: now))
            now += breaker.pause(at: now)
        }
        #expect(Array(pauses.prefix(5)) == [100, 200, 400, 700, 700] && pauses.allSatisfy { $0 <= 700 })
    }

    /// What is on its way, and what is told of it.
    private enum Step: CaseIterable { case admit, succeed, fail, abandon, wait }

    @Test("No order of calls, outcomes and times breaks a promise", arguments: 0..<200 as Range<UInt64>)
    func anyOrder(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        var breaker = CircuitBreaker(tolerance: 3, firstPause: 100, longestPause: 800)
        var now: Int64 = 0
        var passes: [CircuitBreaker.Pass] = []
        var probing: CircuitBreaker.Pass?
        for _ in 0..<400 {
            let before = breaker.state(at: now)
            switch Step.allCases.randomElement(using: &random) ?? .wait {
            case .wait: now += Int64.random(in: 0...150, using: &random)
            case .admit:
                guard let pass = try? breaker.admit(at: now) else {
                    #expect(before == .open || probing != nil, "a call was refused for nothing")
                    continue
                }
                #expect(before != .open, "a call went through an open circuit")
                if before == .halfOpen {
                    #expect(probing == nil, "two calls went through a half-open circuit")
                    probing = pass
                }
                passes.append(pass)
            case let outcome:
                guard !passes.isEmpty else { continue }
                let pass = passes.remove(at: Int.random(in: 0..<passes.count, using: &random))
                let wasProbe = pass == probing
                switch outcome {
                case .succeed: breaker.succeed(pass)
                case .fail: breaker.fail(pass, at: now, jitter: Double.random(in: 0...1, using: &random))
                default: breaker.abandon(pass)
                }
                if wasProbe {
                    probing = nil
                    let expected: ModelServerReport.Circuit =
                        switch outcome {
                        case .succeed: .closed
                        case .fail: .open
                        default: .halfOpen
                        }
                    #expect(breaker.state(at: now) == expected)
                } else if before != .closed {
                    #expect(breaker.state(at: now) == before, "an old outcome changed the circuit")
                }
            }
            #expect(breaker.pause(at: now) <= 800)
        }
    }
}

/// Calls are made again, but not for ever and not at once.
@Suite struct RetryScheduleTests {
    @Test("Pauses double, and the last failure has none")
    func pauses() {
        var schedule = RetrySchedule(attempts: 5, firstPause: 100, longestPause: 300)
        let pauses = (0..<6).map { _ in schedule.pause(jitter: 1) }
        #expect(pauses == [100, 200, 300, 300, nil, nil])
    }

    @Test("Jitter takes any share, and what the server asks for is kept unless it is too long")
    func asked() {
        var schedule = RetrySchedule(attempts: 9, firstPause: 100, longestPause: 3000)
        #expect(schedule.pause(jitter: 0) == 0)
        #expect(schedule.pause(jitter: 0.5, asked: 1000) == 1000)
        #expect(schedule.pause(jitter: 7) == 400)
        #expect(schedule.pause(jitter: 0, asked: 3001) == nil)
    }
}
