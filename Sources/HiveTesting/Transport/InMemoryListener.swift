import HiveCore

/// A node that takes connections.
struct InMemoryListener: Sendable {
    let key: PublicKey
    /// Hands over the listening side of a connection; false once the listener is closed.
    let arrive: @Sendable (InMemoryConnection) -> Bool
}
