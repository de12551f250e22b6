/// What waits to be sent to one peer, as a value: bounded, so that a slow or dead peer costs a known amount of memory and
/// nobody's time. What does not fit is dropped where it is found again anyway: pushes and announcements by the next hello,
/// answers by being asked for again.
public struct SendQueue: Sendable {
    /// One message and its lane.
    public struct Item: Sendable, Hashable {
        public let bytes: [UInt8]
        public let lane: Lane
    }

    /// What became of a message.
    public enum Verdict: Sendable, Hashable {
        case queued
        /// There was no room, and it can be done without.
        case dropped
        /// There was no room for what cannot be done without: the peer does not read.
        case overflow
    }

    /// Bytes of each lane.
    public struct Limits: Sendable, Hashable {
        public var emergency = 1 << 20
        public var control = 4 << 20
        public var live = 4 << 20
        public var bulk = 8 << 20

        public init() {}

        subscript(lane: Lane) -> Int {
            switch lane {
            case .emergency: emergency
            case .control: control
            case .live: live
            case .bulk: bulk
            }
        }
    }

    private let limits: Limits
    private var lanes: [[Item]] = Array(repeating: [], count: Lane.allCases.count)
    private var heads = [Int](repeating: 0, count: Lane.allCases.count)
    private var bytes = [Int](repeating: 0, count: Lane.allCases.count)
    /// How many messages were dropped.
    public private(set) var dropped: UInt64 = 0

    public init(limits: Limits = Limits()) { self.limits = limits }

    /// Bytes that wait on a lane.
    public func bytes(on lane: Lane) -> Int { bytes[Int(lane.rawValue)] }

    /// Whether a lane takes nothing more right now.
    public func isFull(_ lane: Lane) -> Bool { bytes(on: lane) >= limits[lane] }

    /// A single message may be longer than its lane: it is taken where nothing else waits.
    public mutating func offer(_ message: [UInt8], on lane: Lane) -> Verdict {
        guard !isFull(lane) else {
            dropped += 1
            return lane == .control ? .overflow : .dropped
        }
        lanes[Int(lane.rawValue)].append(Item(bytes: message, lane: lane))
        bytes[Int(lane.rawValue)] += message.count
        return .queued
    }

    /// The next message of some lanes, the most urgent first.
    public mutating func next(of wanted: Set<Lane>) -> Item? {
        for lane in Lane.allCases where wanted.contains(lane) {
            let index = Int(lane.rawValue)
            guard heads[index] < lanes[index].count else { continue }
            let item = lanes[index][heads[index]]
            heads[index] += 1
            bytes[index] -= item.bytes.count
            if heads[index] == lanes[index].count {
                lanes[index] = []
                heads[index] = 0
            }
            return item
        }
        return nil
    }
}
