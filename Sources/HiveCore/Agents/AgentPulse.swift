/// What an agent's heartbeat says. Soft state under the key `agent/NAME` of the node that it acts through.
public struct AgentPulse: Sendable, Hashable {
    /// How busy it is, from 0 to 1.
    public var load: Double?
    /// What it is doing, in a few words.
    public var status: String?
    /// The task that it is at.
    public var task: String?
    /// How many tasks it has begun.
    public var running: Int?

    /// Bytes of each text.
    public static let maximumText = 512
    public static let prefix = "agent/"

    public init(load: Double? = nil, status: String? = nil, task: String? = nil, running: Int? = nil) {
        self.load = load
        self.status = status
        self.task = task
        self.running = running
    }

    public static func key(for agent: String) -> String { prefix + agent }

    /// CBOR `[load, status, task, running]`, null for what is not said.
    public func encoded() -> [UInt8] {
        CBORValue.array([
            load.map(CBORValue.double) ?? .null, status.map(CBORValue.text) ?? .null,
            task.map(CBORValue.text) ?? .null, running.map { .integer(Int64($0)) } ?? .null,
        ]).encoded()
    }

    /// Nil for bytes that are no heartbeat. What a later version adds at the end is passed over.
    public init?(decoding bytes: [UInt8]) {
        guard let value = try? CBORValue(decoding: bytes), let parts = value.array, parts.count >= 4 else { return nil }
        switch parts[0] {
        case .double(let number) where (0...1).contains(number): load = number
        case .unsigned(let number) where number <= 1: load = Double(number)
        default: load = nil
        }
        status = parts[1].text
        task = parts[2].text
        running = parts[3].integer.flatMap { Int(exactly: $0) }.flatMap { $0 < 0 ? nil : $0 }
    }
}
