import HiveCore
import Synchronization

/// A server that models run on: makes calls with a deadline, again where that may help, and none while it is down.
final class RemoteModelServer: Sendable {
    /// What a call is for. Each has a circuit of its own: a question that was not answered in time says little about texts
    /// that may take long.
    enum Purpose: String, CaseIterable, Sendable {
        case texts, questions, summaries
    }

    /// One call and how it is made.
    struct Call: Sendable {
        let purpose: Purpose
        let path: String
        let body: [UInt8]
        let timeout: Duration
        var schedule = RetrySchedule()
        /// After which failures it is made again.
        var repeats: Set<RemoteModelError.Code> = [.unreachable, .timedOut, .overloaded, .failed]
        /// Whether status 500 opens the circuit; not while a text is looked for that makes a model stumble.
        var blamesServer = true
    }

    let settings: RemoteModelSettings
    private let purposes: [Purpose]
    private let surroundings: CallSurroundings
    private let state: Mutex<State>

    private struct State {
        var breakers: [Purpose: CircuitBreaker] = [:]
        var requests: UInt64 = 0
        var failures: UInt64 = 0
        var refused: UInt64 = 0
        var problems: [Purpose: Problem] = [:]
    }

    private struct Problem {
        let text: String
        let time: Int64
    }

    /// Milliseconds for which a problem is told when nothing was asked since.
    private static let problemLasts: Int64 = 60_000

    init(settings: RemoteModelSettings, purposes: [Purpose], surroundings: CallSurroundings) {
        self.settings = settings
        self.purposes = purposes
        self.surroundings = surroundings
        state = Mutex(State())
    }

    var report: ModelServerReport {
        state.withLock { state in
            let now = surroundings.now()
            var report = ModelServerReport(provider: settings.provider.rawValue, url: settings.url.description)
            for purpose in purposes {
                let breaker = state.breakers[purpose] ?? CircuitBreaker()
                report.circuits[purpose.rawValue] = breaker.state(at: now)
                let pause = breaker.pause(at: now)
                if pause > 0 { report.pause = min(pause, report.pause ?? pause) }
            }
            (report.requests, report.failures, report.refused) = (state.requests, state.failures, state.refused)
            report.problem =
                purposes.compactMap { state.problems[$0] }
                .first { now - $0.time < Self.problemLasts }?.text
            return report
        }
    }

    func countRefused() { state.withLock { $0.refused += 1 } }

    /// What a call answers, as `read` understands it. Throws a `RemoteModelError`, or `CancellationError`.
    func answer<Result>(_ call: Call, read: ([UInt8]) throws -> Result) async throws -> Result {
        var schedule = call.schedule
        while true {
            do { return try await once(call, read: read) } catch let error as RemoteModelError {
                let pause = schedule.pause(jitter: surroundings.jitter(), asked: error.retryAfter)
                guard call.repeats.contains(error.code), let pause else { throw error }
                try await surroundings.sleep(pause)
            }
        }
    }

    private func once<Result>(_ call: Call, read: ([UInt8]) throws -> Result) async throws -> Result {
        let pass = try admit(call)
        do {
            let operation = settings.url.operation(call.path, below: settings.provider.root)
            let post = HTTPPost(
                url: operation, key: settings.key, body: call.body, timeout: call.timeout,
                largestAnswer: settings.largestAnswer)
            let result = try read(try AnswerCheck(settings: settings).body(of: try await post.run()))
            settle(call, pass, nil)
            return result
        } catch {
            if error is CancellationError || Task.isCancelled {
                state.withLock { $0.breakers[call.purpose]?.abandon(pass) }
                throw CancellationError()
            }
            let failure = AnswerCheck(settings: settings).explained(error, timeout: call.timeout)
            settle(call, pass, failure)
            throw failure
        }
    }

    private func admit(_ call: Call) throws -> CircuitBreaker.Pass {
        try state.withLock { state in
            var breaker = state.breakers[call.purpose] ?? CircuitBreaker()
            defer { state.breakers[call.purpose] = breaker }
            do throws(CircuitBreaker.Refusal) {
                let pass = try breaker.admit(at: surroundings.now())
                state.requests += 1
                return pass
            } catch {
                throw RemoteModelError(
                    .circuitOpen,
                    state.problems[call.purpose]?.text ?? "the model server at \(settings.url) has failed",
                    hint: "it is asked again in \((error.wait + 999) / 1000) s", retryAfter: error.wait)
            }
        }
    }

    private func settle(_ call: Call, _ pass: CircuitBreaker.Pass, _ error: RemoteModelError?) {
        let (now, jitter) = (surroundings.now(), surroundings.jitter())
        state.withLock { state in
            guard let error else {
                state.problems[call.purpose] = nil
                state.breakers[call.purpose]?.succeed(pass)
                return
            }
            state.failures += 1
            if error.showsLife || (!call.blamesServer && error.mayBeAboutText) {
                state.breakers[call.purpose]?.succeed(pass)
            } else {
                state.problems[call.purpose] = Problem(text: error.description, time: now)
                let asked = error.retryAfter.flatMap { $0 > call.schedule.longestPause ? $0 : nil }
                state.breakers[call.purpose]?.fail(pass, at: now, jitter: jitter, asked: asked)
            }
        }
    }

    /// Remembers what keeps texts from being embedded though the server is there.
    func note(_ error: RemoteModelError, for purpose: Purpose) {
        let now = surroundings.now()
        state.withLock { $0.problems[purpose] = Problem(text: error.description, time: now) }
    }
}
