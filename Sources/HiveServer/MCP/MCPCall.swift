import HiveAPI
import HiveCore

/// A request that has passed the rules of its era.
struct MCPCall: Sendable {
    let message: MCPMessage
    let caller: Caller
    let now: Timestamp
    let isModern: Bool

    /// Every list fits on one page, so no cursor was ever given out.
    func refuseCursor() throws {
        guard let cursor = message.parameters["cursor"], cursor != .null else { return }
        throw MCPFailure(.invalidParameters, "the cursor \(cursor) was not given out by this server")
    }
}
