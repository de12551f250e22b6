import HiveSync

/// Puts frames together into messages, and refuses what is no frame before it takes up memory.
struct FrameAssembler {
    let maximumMessage: Int
    private var buffer: [UInt8] = []
    private var start = 0
    private var partial: [[UInt8]] = Array(repeating: [], count: Lane.allCases.count)

    init(maximumMessage: Int) { self.maximumMessage = maximumMessage }

    /// Takes bytes as they come; returns the messages that are complete with them.
    mutating func take(_ bytes: some Collection<UInt8>) throws(TransportError) -> [[UInt8]] {
        buffer.append(contentsOf: bytes)
        var messages: [[UInt8]] = []
        while let frame = try nextFrame() {
            if let message = try assemble(flags: frame.flags, payload: frame.payload) { messages.append(message) }
        }
        if start > 0 {
            buffer.removeFirst(start)
            start = 0
        }
        return messages
    }

    private mutating func nextFrame() throws(TransportError) -> (flags: UInt8, payload: ArraySlice<UInt8>)? {
        guard buffer.count - start >= 4 else { return nil }
        let length = buffer[start..<(start + 4)].reduce(0) { $0 << 8 | Int($1) }
        guard length >= 1 else { throw TransportError(.malformedFrame, "the peer sent a frame without flags") }
        guard length <= PeerFrame.maximumPayload + 1 else {
            throw TransportError(.oversizedFrame, "the peer sent a frame of \(length) bytes")
        }
        guard buffer.count - start >= 4 + length else { return nil }
        defer { start += 4 + length }
        return (buffer[start + 4], buffer[(start + 5)..<(start + 4 + length)])
    }

    private mutating func assemble(
        flags: UInt8, payload: ArraySlice<UInt8>
    ) throws(TransportError) -> [UInt8]? {
        guard flags & ~(PeerFrame.laneMask | PeerFrame.lastFrame) == 0 else {
            throw TransportError(.malformedFrame, "the peer sent a frame with unknown flags")
        }
        let lane = Int(flags & PeerFrame.laneMask)
        guard partial[lane].count + payload.count <= maximumMessage else {
            throw TransportError(.oversizedFrame, "the peer sent a message of more than \(maximumMessage) bytes")
        }
        partial[lane].append(contentsOf: payload)
        guard flags & PeerFrame.lastFrame != 0 else { return nil }
        defer { partial[lane] = [] }
        return partial[lane]
    }
}
