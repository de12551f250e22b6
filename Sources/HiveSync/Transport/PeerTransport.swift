public import HiveCore

/// How nodes reach each other: authenticated, encrypted, ordered messages. Owned by sync; what travels is opaque here.
public protocol PeerTransport: Sendable {
    /// Accepts connections until the surrounding task is cancelled. `opened` hears the address that was bound
    /// (port 0 picks a free one), then `accept` runs for each connection, in a task of its own.
    func listen(
        on address: PeerAddress, opened: @Sendable @escaping (PeerAddress) -> Void,
        accept: @Sendable @escaping (any PeerConnection) async -> Void
    ) async throws

    /// Connects and proves both sides' keys. Throws `wrong-peer` where the key that answers is not the expected node's.
    func connect(to address: PeerAddress, expecting node: NodeID) async throws -> any PeerConnection
}

/// One authenticated connection. A connection ends when its messages end, or with `close`.
public protocol PeerConnection: AnyObject, Sendable {
    /// The key that the other side proved to hold.
    var peerKey: PublicKey { get }
    /// Where the other side is, for people and logs.
    var remoteAddress: String { get }
    /// Whole messages in order; iterate once. Ends when the other side closes, throws `TransportError` otherwise.
    var messages: AsyncThrowingStream<[UInt8], any Error> { get }
    /// Sends one message on a lane; returns once the transport has taken it, which waits while the lane is full.
    func send(_ message: [UInt8], lane: Lane) async throws
    /// Closes after what was sent has gone out. Repeated calls do nothing.
    func close() async
}

/// Which messages may overtake which: a lower value goes first.
public enum Lane: UInt8, Sendable, Hashable, Comparable, CaseIterable {
    case emergency = 0
    case control = 1
    case live = 2
    case bulk = 3

    public static func < (left: Lane, right: Lane) -> Bool { left.rawValue < right.rawValue }
}

/// A host name or IP address with a port.
public struct PeerAddress: Sendable, Hashable, CustomStringConvertible {
    public let host: String
    public let port: Int

    public init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    /// Parses `HOST:PORT`, with IPv6 addresses in brackets; nil for anything else.
    public init?(_ text: String) {
        guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]),
            (0...65535).contains(port)
        else { return nil }
        var host = text[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = host.dropFirst().dropLast()
        } else if host.contains(":") {
            return nil
        }
        guard !host.isEmpty else { return nil }
        self.init(host: String(host), port: port)
    }

    public var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}

/// Why a connection could not be made or went on no longer.
public struct TransportError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What went wrong, as a word that programs may hold on to.
    public struct Code: RawRepresentable, Sendable, Hashable {
        public let rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }

        public static let unreachable = Code(rawValue: "peer_unreachable")
        public static let wrongPeer = Code(rawValue: "wrong_peer")
        public static let addressInUse = Code(rawValue: "address_in_use")
        public static let oversizedFrame = Code(rawValue: "oversized_frame")
        public static let malformedFrame = Code(rawValue: "malformed_frame")
        public static let handshakeFailed = Code(rawValue: "handshake_failed")
        public static let closed = Code(rawValue: "connection_closed")
    }

    public let code: Code
    public let message: String

    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    public var description: String { message }
}
