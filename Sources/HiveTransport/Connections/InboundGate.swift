import HiveSync
import NIOCore
import Synchronization

/// Counts who is inside: how many connections are open and how many of them are still shaking hands.
final class InboundGate: Sendable {
    private struct State {
        var channels: [ObjectIdentifier: any Channel] = [:]
        var strangers: Set<ObjectIdentifier> = []
        var isClosed = false
    }

    private let maximumConnections: Int
    private let maximumHandshakes: Int
    private let state = Mutex(State())

    init(maximumConnections: Int, maximumHandshakes: Int) {
        self.maximumConnections = maximumConnections
        self.maximumHandshakes = maximumHandshakes
    }

    /// Lets a channel in until it closes. Throws `TransportError` where there is no room.
    func admit(_ channel: any Channel) throws(TransportError) {
        let id = ObjectIdentifier(channel)
        try state.withLock { state throws(TransportError) in
            guard !state.isClosed, state.channels.count < maximumConnections,
                state.strangers.count < maximumHandshakes
            else { throw TransportError(.refused, "too many connections at the same time") }
            state.channels[id] = channel
            state.strangers.insert(id)
        }
        channel.closeFuture.whenComplete { [self] _ in
            state.withLock { state in
                state.channels[id] = nil
                state.strangers.remove(id)
            }
        }
    }

    /// A handshake has ended well.
    func welcome(_ channel: any Channel) { _ = state.withLock { $0.strangers.remove(ObjectIdentifier(channel)) } }

    /// Lets nobody in any more and shows everybody out.
    func close() {
        let channels = state.withLock { state in
            state.isClosed = true
            return Array(state.channels.values)
        }
        for channel in channels { channel.close(promise: nil) }
    }
}
