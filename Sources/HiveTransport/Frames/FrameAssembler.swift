import HiveSync

/// Puts frames together into messages, and refuses what is no frame before it takes up memory.
///
/// The first fault is final: whatever comes after it is refused with the same error.
struct FrameAssembler {
    /// Bytes of one message.
    let maximumMessage: Int
    /// Bytes of the first message: whoever sends it has not been admitted yet.
    let maximumFirstMessage: Int
    private var buffer: [UInt8] = []
    private var start = 0
    private var partial: [[UInt8]] = Array(repeating: [], count: Lane.allCases.count)
    private var isFirst = true
    private var fault: TransportError?

    init(maximumMessage: Int, maximumFirstMessage: Int? = nil) {
        self.maximumMessage = maximumMessage
        self.maximumFirstMessage = min(maximumFirstMessage ?? maximumMessage, maximumMessage)
    }

    /// Whether no message or frame is unfinished.
    var isBetweenMessages: Bool { buffer.isEmpty && partial.allSatisfy(\.isEmpty) }

    /// Takes bytes as they come; returns the messages that are complete with them, and why no more will follow.
    mutating func take(_ bytes: some Collection<UInt8>) -> (messages: [LaneMessage], fault: TransportError?) {
        guard fault == nil else { return ([], fault) }
        buffer.append(contentsOf: bytes)
        var messages: [LaneMessage] = []
        do throws(TransportError) {
            while let frame = try nextFrame() {
                if let message = try assemble(flags: frame.flags, payload: frame.payload) { messages.append(message) }
            }
        } catch {
            refuse(error)
        }
        if start > 0 {
            buffer.removeFirst(start)
            start = 0
        }
        return (messages, fault)
    }

    private mutating func refuse(_ error: TransportError) {
        fault = error
        buffer = []
        start = 0
        partial = Array(repeating: [], count: Lane.allCases.count)
    }

    private mutating func nextFrame() throws(TransportError) -> (flags: UInt8, payload: ArraySlice<UInt8>)? {
        guard buffer.count - start >= 4 else { return nil }
        let length = buffer[start..<(start + 4)].reduce(0) { $0 << 8 | Int($1) }
        guard length >= 1 else { throw TransportError(.malformedFrame, "the peer sent a frame without flags") }
        guard length <= PeerFrame.maximumPayload + 1 else {
            throw TransportError(
                .oversizedFrame, "the peer sent a frame of \(length) bytes, more than \(PeerFrame.maximumPayload + 1)")
        }
        guard buffer.count - start >= 4 + length else { return nil }
        defer { start += 4 + length }
        return (buffer[start + 4], buffer[(start + 5)..<(start + 4 + length)])
    }

    private mutating func assemble(
        flags: UInt8, payload: ArraySlice<UInt8>
    ) throws(TransportError) -> LaneMessage? {
        guard flags & ~(PeerFrame.laneMask | PeerFrame.lastFrame) == 0,
            let lane = Lane(rawValue: flags & PeerFrame.laneMask)
        else { throw TransportError(.malformedFrame, "the peer sent a frame with unknown flags") }
        let isLast = flags & PeerFrame.lastFrame != 0
        guard isLast || !payload.isEmpty else {
            throw TransportError(.malformedFrame, "the peer sent an empty frame inside a message")
        }
        let index = Int(lane.rawValue)
        let limit = isFirst ? maximumFirstMessage : maximumMessage
        guard partial[index].count + payload.count <= limit else {
            throw TransportError(.oversizedFrame, "the peer sent a message of more than \(limit) bytes")
        }
        partial[index].append(contentsOf: payload)
        guard isLast else { return nil }
        isFirst = false
        defer { partial[index] = [] }
        return LaneMessage(lane: lane, bytes: partial[index])
    }
}
