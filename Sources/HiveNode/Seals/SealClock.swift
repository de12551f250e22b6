import Synchronization

/// Tells when the next acknowledgement is due: rarely, so that finality costs next to nothing.
final class SealClock: Sendable {
    private let last = Mutex<(time: Int64, operations: UInt64)?>(nil)

    /// True where so much time has passed, or so much was written, since the answer was true, or since the first question.
    func isDue(now uptime: Int64, operations: UInt64, _ policy: SealPolicy) -> Bool {
        last.withLock { last in
            guard let before = last else {
                last = (uptime, operations)
                return false
            }
            let isLate = uptime - before.time >= policy.acknowledgeEvery * 1000
            guard isLate || operations >= before.operations + policy.acknowledgeAfter else { return false }
            last = (uptime, operations)
            return true
        }
    }
}
