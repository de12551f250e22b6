import Synchronization

/// The key under which a caller may send a request again. While such a request is answered, `current` says so, and the node
/// keeps the key in the transaction of the first thing that it writes: whatever happens, that is written once.
public final class WriteKey: Sendable {
    @TaskLocal public static var current: WriteKey?

    /// As the caller gave it, and whose it is.
    public let key: String
    public let owner: String
    /// Tells this request from others: everything that the caller said.
    public let request: [UInt8]
    private let state = Mutex(State())

    private struct State {
        var isKept = false
        var document: String?
    }

    public init(_ key: String, request: [UInt8], as caller: Caller) {
        self.key = key
        self.request = request
        owner = caller.owner
    }

    /// Whether this request has kept its key.
    public var isKept: Bool { state.withLock { $0.isKept } }

    /// The document that an earlier request with this key wrote; nil before that was found out, and where it wrote none.
    public var earlierDocument: String? { state.withLock { $0.document } }

    public func keep() { state.withLock { $0.isKept = true } }
    public func foundEarlier(_ document: String?) { state.withLock { $0.document = document } }
}
