import Synchronization

/// Names under which tools are called and that nobody registered. Whoever makes names up fills this, and not the room of
/// agents that registered.
final class Newcomers: Sendable {
    /// How many names are told of at once.
    static let most = 64

    private let heard = Mutex<[String: Int64]>([:])

    /// Whether a name may be told of; it then counts for so many milliseconds.
    func admit(_ name: String, for milliseconds: Int64, uptime: Int64) -> Bool {
        heard.withLock { heard in
            heard = heard.filter { $0.value > uptime }
            guard heard[name] != nil || heard.count < Self.most else { return false }
            heard[name] = uptime + milliseconds
            return true
        }
    }
}
