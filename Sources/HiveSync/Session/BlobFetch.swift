import HiveCore

/// Asks one peer for the blobs that are missing here: walks through them a few at a time, and begins anew whenever
/// more may be missing or the peer may have more.
struct BlobFetch: Sendable {
    private let window: Int
    private let timeout: Int64
    /// What was asked for and has not come, with when.
    private var inFlight: [SyncMessage.BlobAddress: Int64] = [:]
    /// The last one of the walk that was looked at; nil at its begin.
    private var cursor: Digest?
    private var isWalking = false
    private var beginsAnew = false
    private var awaitsPage = false

    init(window: Int, timeout: Int64) {
        self.window = window
        self.timeout = timeout
    }

    /// There may be something to ask for: begins a walk, or has the present one followed by another.
    mutating func begin() -> [SyncDirective] {
        if isWalking { beginsAnew = true }
        isWalking = true
        return seek()
    }

    /// A page of what is missing; `next` is where the walk goes on, nil at its end.
    mutating func take(_ page: [SyncMessage.BlobAddress], next: Digest?, now: Int64) -> [SyncDirective] {
        awaitsPage = false
        cursor = next
        if next == nil {
            isWalking = beginsAnew
            beginsAnew = false
        }
        var directives: [SyncDirective] = []
        for address in page where inFlight[address] == nil {
            inFlight[address] = now
            directives.append(.send(.blobRequest(address)))
        }
        return directives + seek()
    }

    /// Whether a blob that arrived was asked for.
    mutating func accept(_ address: SyncMessage.BlobAddress) -> Bool { inFlight.removeValue(forKey: address) != nil }

    /// Goes on after a blob was stored, or after some were given up.
    mutating func proceed(now: Int64) -> [SyncDirective] {
        inFlight = inFlight.filter { now - $0.value <= timeout }
        return seek()
    }

    private mutating func seek() -> [SyncDirective] {
        guard isWalking, !awaitsPage, inFlight.count < window else { return [] }
        awaitsPage = true
        return [.seekBlobs(after: cursor, limit: window - inFlight.count)]
    }
}
