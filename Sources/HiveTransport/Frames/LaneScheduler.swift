import HiveSync

/// Cuts messages into frames and says which goes next: always the first of the most urgent lane that has one.
struct LaneScheduler {
    struct Frame: Equatable {
        let lane: Lane
        let payload: ArraySlice<UInt8>
        let isLast: Bool
        /// Names the message that the last frame completes.
        let message: UInt64

        var flags: UInt8 { lane.rawValue | (isLast ? PeerFrame.lastFrame : 0) }
    }

    private struct Pending {
        let number: UInt64
        var rest: ArraySlice<UInt8>
    }

    private var lanes: [[Pending]] = Array(repeating: [], count: Lane.allCases.count)
    private var count: UInt64 = 0

    var isEmpty: Bool { lanes.allSatisfy(\.isEmpty) }

    /// Queues a message and returns the number that its last frame will carry.
    mutating func enqueue(_ message: [UInt8], on lane: Lane) -> UInt64 {
        count += 1
        lanes[Int(lane.rawValue)].append(Pending(number: count, rest: message[...]))
        return count
    }

    mutating func next() -> Frame? {
        guard let lane = Lane.allCases.first(where: { !lanes[Int($0.rawValue)].isEmpty }) else { return nil }
        let index = Int(lane.rawValue)
        let number = lanes[index][0].number
        let payload = lanes[index][0].rest.prefix(PeerFrame.maximumPayload)
        lanes[index][0].rest = lanes[index][0].rest.dropFirst(payload.count)
        let isLast = lanes[index][0].rest.isEmpty
        if isLast { lanes[index].removeFirst() }
        return Frame(lane: lane, payload: payload, isLast: isLast, message: number)
    }
}
