public import HiveSync

/// What a transport has seen since it was made.
public struct TransportStatistics: Sendable, Hashable {
    /// Connections from others whose handshake ended well.
    public internal(set) var accepted = 0
    /// Connections to others whose handshake ended well.
    public internal(set) var connected = 0
    /// Connections that failed or were ended from this side, by reason.
    public internal(set) var failures: [TransportError.Code: Int] = [:]

    public init() {}
}
