import HiveCore
import Synchronization

/// Holds up the first writes after an open until a peer was asked how far this node's logs are, since an old copy of them
/// cannot be told from the newest one here. It opens once a peer was heard, once none can be reached, or after two seconds:
/// whoever is offline writes as ever, and what goes wrong then ends in proof and a new life.
final class FirstWriteGate: Sendable {
    /// Set around what must not wait: the conversation that the gate waits for.
    @TaskLocal static var isPassed = false

    private struct State {
        /// Peers that were not heard or found to be out of reach yet; nil once the gate is open.
        var awaited: Set<NodeID>?
        var polls = 0
    }

    private static let interval = Duration.milliseconds(20)
    /// Two seconds of them.
    private static let maximumPolls = 100

    private let state = Mutex(State())

    /// Closes the gate where there is somebody to ask.
    func close(awaiting peers: Set<NodeID>) { state.withLock { $0.awaited = peers.isEmpty ? nil : peers } }

    /// A peer holds the same as this node, or what it had more of is here.
    func open() { state.withLock { $0.awaited = nil } }

    /// A peer cannot be asked.
    func missed(_ peer: NodeID) {
        state.withLock { state in
            state.awaited?.remove(peer)
            if state.awaited?.isEmpty == true { state.awaited = nil }
        }
    }

    var isOpen: Bool { state.withLock { $0.awaited == nil } }

    func pass() async throws {
        guard !Self.isPassed else { return }
        while !isOpen {
            let isOver = state.withLock { state in
                state.polls += 1
                return state.polls > Self.maximumPolls
            }
            if isOver { return open() }
            try await Task.sleep(for: Self.interval)
        }
    }
}
