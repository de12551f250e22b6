import HiveAPI
import Synchronization

/// The messages of a legacy conversation on their way to its bridge, held to what one conversation may have open.
final class MCPInbox: Sendable {
    /// Requests that are answered, or wait for that, at once.
    static let mostRequests = 32
    /// Bytes of them.
    static let mostBytes = 4 << 20
    private static let mostLines = 64
    /// What answers questions or calls requests off is taken while there is no room for more requests.
    private static let alwaysTaken = 4096

    private struct State {
        var lines = 0
        var requests = 0
        var bytes = 0
        var load = MCPBridge.Load()
    }

    let lines: AsyncStream<String>
    private let continuation: AsyncStream<String>.Continuation
    private let state = Mutex(State())

    init() { (lines, continuation) = AsyncStream.makeStream() }

    /// Throws `rate_limited` where too much is under way, `too_large` for a batch for which there is never room.
    func offer(_ line: String) throws {
        let requests = Self.requests(in: line)
        let size = line.utf8.count
        guard requests <= Self.mostRequests else {
            throw HiveError(
                .tooLarge, "the batch has \(requests) requests", hint: "send at most \(Self.mostRequests) at once")
        }
        let isTaken = state.withLock { state in
            let hasRoom =
                state.load.requests + state.requests + requests <= Self.mostRequests
                && state.load.bytes + state.bytes + size <= Self.mostBytes
            guard state.lines < Self.mostLines, hasRoom || (requests == 0 && size <= Self.alwaysTaken) else {
                return false
            }
            state.lines += 1
            state.requests += requests
            state.bytes += size
            return true
        }
        guard isTaken, case .enqueued = continuation.yield(line) else {
            throw HiveError(
                .rateLimited, "too many requests of this conversation are under way",
                hint: "send it again when some are answered", retryAfter: 1)
        }
    }

    /// The bridge has read a line, or finished with something.
    func note(_ line: String?, _ load: MCPBridge.Load) {
        state.withLock { state in
            state.load = load
            guard let line else { return }
            state.lines -= 1
            state.requests -= Self.requests(in: line)
            state.bytes -= line.utf8.count
        }
    }

    func finish() { continuation.finish() }

    /// How many requests a line has: what is no message at all is answered at once.
    private static func requests(in line: String) -> Int {
        guard let json = try? JSONValue(parsing: line) else { return 0 }
        return (json.array ?? [json]).count { $0["method"]?.string != nil && $0["id"] != nil }
    }
}
