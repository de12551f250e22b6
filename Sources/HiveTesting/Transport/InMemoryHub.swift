import HiveCore
public import HiveSync
import Synchronization

/// The network that in-memory transports share: who listens where.
public final class InMemoryHub: Sendable {
    private struct State {
        var listeners: [PeerAddress: InMemoryListener] = [:]
        var lastPort = 49_151
    }

    private let state = Mutex(State())

    public init() {}

    /// Addresses that are listened on, in order.
    public var addresses: [PeerAddress] {
        state.withLock { Array($0.listeners.keys) }.sorted { ($0.host, $0.port) < ($1.host, $1.port) }
    }

    /// Takes an address; port 0 stands for one that nobody had before.
    func open(_ listener: InMemoryListener, on address: PeerAddress) throws -> PeerAddress {
        try state.withLock { state in
            var bound = address
            if address.port == 0 {
                state.lastPort += 1
                bound = PeerAddress(host: address.host, port: state.lastPort)
            }
            guard state.listeners[bound] == nil else {
                throw TransportError(
                    .addressInUse,
                    "cannot listen for peers on `\(bound)`: another node does; stop it or choose another address")
            }
            state.listeners[bound] = listener
            return bound
        }
    }

    func close(_ address: PeerAddress) { state.withLock { $0.listeners[address] = nil } }

    func listener(on address: PeerAddress) -> InMemoryListener? { state.withLock { $0.listeners[address] } }
}
