import HiveAPI
import Synchronization

/// Asks an embedder's handler, and remembers about which values it was asked.
final class ConflictDesk: Sendable {
    private let handler = Mutex<(any ConflictHandler)?>(nil)
    /// The dots of the values that were dealt with, by conflict.
    private let dealt = Mutex<[String: Set<String>]>([:])

    /// What became of a question.
    enum Answer: Sendable {
        case verdict(ConflictVerdict)
        /// There is no handler, it was late, or it threw: why.
        case failed(String)
    }

    func install(_ handler: (any ConflictHandler)?) {
        self.handler.withLock { $0 = handler }
        dealt.withLock { $0 = [:] }
    }

    /// Whether these values of a conflict are yet to be dealt with; notes that they are now.
    func takesUp(_ conflict: Conflict) -> Bool {
        let dots = Set(conflict.siblings.map(\.dot))
        return dealt.withLock { $0.updateValue(dots, forKey: conflict.id) != dots }
    }

    /// Notes that nothing was done about these values after all.
    func release(_ conflict: Conflict) { dealt.withLock { $0[conflict.id] = nil } }

    /// Forgets what no longer stands.
    func keep(_ ids: Set<String>) { dealt.withLock { $0 = $0.filter { ids.contains($0.key) } } }

    /// Asks the handler. One that is late is told so by cancellation and not waited for, whatever it does then.
    func ask(about conflict: Conflict, within deadline: Duration) async -> Answer {
        guard let handler = handler.withLock({ $0 }) else { return .failed("nobody answers for it here") }
        let first = FirstAnswer()
        return await withCheckedContinuation { continuation in
            first.begin(continuation)
            let thinking = Task {
                do { first.give(.verdict(try await handler.settle(conflict))) } catch {
                    first.give(.failed("the handler failed: \(error)"))
                }
            }
            let clock = Task {
                // Cancelled where the handler was in time.
                guard (try? await Task.sleep(for: deadline)) != nil else { return }
                thinking.cancel()
                first.give(.failed("the handler did not answer within \(deadline)"))
            }
            first.whenGiven { clock.cancel() }
        }
    }

    /// Passes on the first of several answers.
    private final class FirstAnswer: Sendable {
        private struct State {
            var continuation: CheckedContinuation<Answer, Never>?
            var isGiven = false
            var after: (@Sendable () -> Void)?
        }

        private let state = Mutex(State())

        func begin(_ continuation: CheckedContinuation<Answer, Never>) {
            state.withLock { $0.continuation = continuation }
        }

        func whenGiven(_ body: @escaping @Sendable () -> Void) {
            let isGiven = state.withLock { state in
                if !state.isGiven { state.after = body }
                return state.isGiven
            }
            if isGiven { body() }
        }

        func give(_ answer: Answer) {
            let (continuation, after) = state.withLock { state in
                defer { state = State(continuation: nil, isGiven: true, after: nil) }
                return (state.continuation, state.after)
            }
            continuation?.resume(returning: answer)
            after?()
        }
    }
}
