import HiveAPI
import Synchronization

/// Whether the node takes requests now: not before all listeners are open, and not while it drains.
final class Readiness: Sendable {
    private enum Phase {
        case starting
        case serving
        case draining
    }

    private let phase: Mutex<Phase>

    init(isServing: Bool = true) { phase = Mutex(isServing ? .serving : .starting) }

    /// Once the node drains it never serves again.
    func serve() { phase.withLock { if $0 == .starting { $0 = .serving } } }
    func drain() { phase.withLock { $0 = .draining } }

    /// Why it takes none; nil where it does.
    private var reason: String? {
        switch phase.withLock({ $0 }) {
        case .starting: "the node is starting"
        case .serving: nil
        case .draining: "the node is stopping and takes no new work"
        }
    }

    /// A node's health with what is known here.
    func applied(to health: Health) -> Health {
        guard let reason else { return health }
        var health = health
        health.ready = false
        health.reasons.append(reason)
        return health
    }
}
