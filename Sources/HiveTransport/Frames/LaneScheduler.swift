import HiveSync

/// Cuts messages into frames and says which goes next: always the first of the most urgent lane that has one.
struct LaneScheduler: Sendable {
    struct Frame: Equatable {
        let lane: Lane
        let payload: ArraySlice<UInt8>
        let isLast: Bool

        var flags: UInt8 { lane.rawValue | (isLast ? PeerFrame.lastFrame : 0) }
        /// Bytes on the wire.
        var length: Int { PeerFrame.headerLength + payload.count }
    }

    private struct Queue: Sendable {
        var messages = MessageFIFO()
        /// How much of the first message is gone.
        var offset = 0
        var bytes = 0
    }

    private var lanes: [Queue] = Array(repeating: Queue(), count: Lane.allCases.count)

    var isEmpty: Bool { lanes.allSatisfy(\.messages.isEmpty) }

    /// Bytes of messages that a lane still has to send.
    func bytes(on lane: Lane) -> Int { lanes[Int(lane.rawValue)].bytes }

    mutating func enqueue(_ message: [UInt8], on lane: Lane) {
        lanes[Int(lane.rawValue)].messages.append(message)
        lanes[Int(lane.rawValue)].bytes += message.count
    }

    /// The next frame; nil if there is none or it is longer than `room`.
    mutating func next(fitting room: Int = PeerFrame.maximumLength) -> Frame? {
        guard let lane = Lane.allCases.first(where: { !lanes[Int($0.rawValue)].messages.isEmpty }) else { return nil }
        let index = Int(lane.rawValue)
        let offset = lanes[index].offset
        guard let message = lanes[index].messages.first else { return nil }
        let payload = message[offset...].prefix(PeerFrame.maximumPayload)
        let frame = Frame(lane: lane, payload: payload, isLast: payload.endIndex == message.count)
        guard frame.length <= room else { return nil }
        lanes[index].bytes -= payload.count
        lanes[index].offset = frame.isLast ? 0 : payload.endIndex
        if frame.isLast { lanes[index].messages.removeFirst() }
        return frame
    }
}
