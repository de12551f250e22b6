import Synchronization

/// Whether the other side gave a sign of life since somebody last looked.
final class Pulse: Sendable {
    private let sign = Mutex(true)

    func feel() { sign.withLock { $0 = true } }

    /// Looks, and waits for the next sign from now on.
    func wasFelt() -> Bool {
        sign.withLock { sign in
            defer { sign = false }
            return sign
        }
    }
}
